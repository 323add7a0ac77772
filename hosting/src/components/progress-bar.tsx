import styles from './progress-bar.module.css';

/** `share` from 0 to 1; null: it is not known how far. `label` names it to a screen reader. */
export const ProgressBar = ({ share, label }: { share: number | null; label: string }) => (
  <progress
    className={styles.bar}
    aria-label={label}
    max={1}
    {...(share === null ? {} : { value: Math.min(1, Math.max(0, share)) })}
  />
);
