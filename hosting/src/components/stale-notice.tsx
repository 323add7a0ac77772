import { useLasting } from '../hooks/use-lasting.ts';
import { useOnline } from '../hooks/use-online.ts';
import { TEXTS } from '../texts/index.ts';
import { Notice } from './notice.tsx';
import styles from './stale-notice.module.css';

/** A listener answers from memory for a moment whenever it begins: that is not worth a word. */
const WORTH_SAYING_MS = 3000;

/** Said above what a listener shows while the database does not answer. Without any network the frame of the page says it. */
export const StaleNotice = ({ isStale }: { isStale: boolean }) => {
  const isOnline = useOnline();
  const hasLasted = useLasting(isStale && isOnline, WORTH_SAYING_MS);
  return hasLasted ? (
    <div className={styles.place}>
      <Notice tone="warn">{TEXTS.shell.stale}</Notice>
    </div>
  ) : null;
};
