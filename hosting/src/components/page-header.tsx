import type { ReactNode } from 'react';
import styles from './page-header.module.css';

/** The head of a view: its one h1, a line below it, and what can be done. */
export const PageHeader = ({
  title,
  above,
  below,
  actions,
}: {
  title: ReactNode;
  /** Where it belongs: a link one level up. */
  above?: ReactNode;
  below?: ReactNode;
  actions?: ReactNode;
}) => (
  <header className={styles.header}>
    <div className={styles.words}>
      {above && <div className={styles.above}>{above}</div>}
      <h1>{title}</h1>
      {below && <div className={styles.below}>{below}</div>}
    </div>
    {actions && <div className={styles.actions}>{actions}</div>}
  </header>
);
