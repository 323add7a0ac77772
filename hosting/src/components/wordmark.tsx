import { TEXTS } from '../texts/index.ts';
import styles from './wordmark.module.css';

export const Wordmark = () => (
  <span className={styles.wordmark}>
    <svg viewBox="0 0 32 32" className={styles.sign} aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" className={styles.ground} />
      <path d="M7 10h18M7 16h12" className={styles.lines} />
      <path d="m15 23 3.5 3 7-7.5" className={styles.tick} />
    </svg>
    {TEXTS.shell.name}
  </span>
);
