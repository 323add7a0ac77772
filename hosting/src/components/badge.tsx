import type { ReactNode } from 'react';
import styles from './badge.module.css';
import { Icon, type IconName } from './icon.tsx';

export type Tone = 'neutral' | 'busy' | 'good' | 'warn' | 'bad';

const ICON_OF: Readonly<Record<Tone, IconName | null>> = {
  neutral: null,
  busy: 'clock',
  good: 'check',
  warn: 'warning',
  bad: 'cross',
};

/** A state in a word; the icon says it without the colour. */
export const Badge = ({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) => {
  const icon = ICON_OF[tone];
  return (
    <span className={`${styles.badge} ${styles[tone]}`}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
};
