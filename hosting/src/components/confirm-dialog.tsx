import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import styles from './confirm-dialog.module.css';
import { Dialog } from './dialog.tsx';

/** Asks before something is lost. The keyboard begins at the harmless answer; `close` is called after either. */
export const ConfirmDialog = ({
  title,
  confirmText,
  cancelText,
  confirm,
  close,
  children,
}: {
  title: string;
  confirmText: string;
  cancelText: string;
  confirm: () => void;
  close: () => void;
  children: ReactNode;
}) => (
  <Dialog
    title={title}
    close={close}
    actions={
      <>
        <Button onClick={close}>{cancelText}</Button>
        <Button
          look="danger"
          onClick={() => {
            close();
            confirm();
          }}
        >
          {confirmText}
        </Button>
      </>
    }
  >
    <div className={styles.text}>{children}</div>
  </Dialog>
);
