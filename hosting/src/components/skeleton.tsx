import { TEXTS } from '../texts/index.ts';
import styles from './skeleton.module.css';

/** Grey lines in the place of what is being loaded. */
export const Skeleton = ({ lines = 4 }: { lines?: number }) => (
  <div className={styles.skeleton} role="status">
    <span className="visually-hidden">{TEXTS.shell.loading}</span>
    {Array.from({ length: lines }, (_, line) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: The lines are all the same.
      <span key={line} className={styles.line} aria-hidden="true" />
    ))}
  </div>
);
