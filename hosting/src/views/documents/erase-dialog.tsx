import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { TEXTS } from '../../texts/index.ts';
import styles from './erase-dialog.module.css';

const { confirm: texts } = TEXTS.documents;

const MOST_NAMED = 6;

/** Says what is erased before it is. */
export const EraseDialog = ({
  fileNames,
  confirm,
  close,
}: {
  fileNames: readonly string[];
  confirm: () => void;
  close: () => void;
}) => {
  const number = fileNames.length;
  const more = number - MOST_NAMED;
  return (
    <ConfirmDialog
      title={texts.title(number)}
      confirmText={texts.delete(number)}
      cancelText={texts.cancel}
      confirm={confirm}
      close={close}
    >
      <ul className={styles.names}>
        {fileNames.slice(0, MOST_NAMED).map((fileName, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: Two files may have one name, and the list does not change.
          <li key={at}>{fileName}</li>
        ))}
        {more > 0 && <li>{texts.more(more)}</li>}
      </ul>
      <p>{texts.what(number)}</p>
      <p>{texts.others}</p>
    </ConfirmDialog>
  );
};
