import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import styles from './notice.module.css';

export type NoticeTone = 'info' | 'good' | 'warn' | 'bad';

const ICON_OF: Readonly<Record<NoticeTone, IconName>> = {
  info: 'clock',
  good: 'check',
  warn: 'warning',
  bad: 'warning',
};

/** A sentence or two in the flow of a view. What is wrong is announced at once, everything else when there is a pause. */
export const Notice = ({ tone = 'info', children }: { tone?: NoticeTone; children: ReactNode }) => (
  <div className={`${styles.notice} ${styles[tone]}`} role={tone === 'bad' ? 'alert' : 'status'}>
    <Icon name={ICON_OF[tone]} />
    <div className={styles.body}>{children}</div>
  </div>
);
