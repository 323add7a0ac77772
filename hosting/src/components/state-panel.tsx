import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import styles from './state-panel.module.css';

/** What stands in the place of a view that has nothing to show: what it is, and what to do next. */
export const StatePanel = ({
  icon,
  title,
  children,
  actions,
}: {
  icon: IconName;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) => (
  <section className={styles.panel}>
    <span className={styles.icon}>
      <Icon name={icon} />
    </span>
    <h2>{title}</h2>
    {children && <div className={styles.text}>{children}</div>}
    {actions && <div className={styles.actions}>{actions}</div>}
  </section>
);
