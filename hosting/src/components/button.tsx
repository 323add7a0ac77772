import type { ComponentProps, ReactNode } from 'react';
import { Link } from 'wouter';
import styles from './button.module.css';
import { Icon, type IconName } from './icon.tsx';

interface Looks {
  /** `primary`: the one thing to do here. `quiet`: no frame. `danger`: something is lost. */
  look?: 'primary' | 'plain' | 'quiet' | 'danger';
  icon?: IconName;
  /** Shows the icon alone; the text is still its name. */
  isIconOnly?: boolean;
  children: ReactNode;
}

const classOf = ({ look = 'plain', isIconOnly }: Pick<Looks, 'look' | 'isIconOnly'>, more = ''): string =>
  [styles.button, styles[look], isIconOnly ? styles.iconOnly : '', more].filter(Boolean).join(' ');

const Content = ({ icon, isIconOnly, children }: Pick<Looks, 'icon' | 'isIconOnly' | 'children'>) => (
  <>
    {icon && <Icon name={icon} />}
    <span className={isIconOnly ? 'visually-hidden' : undefined}>{children}</span>
  </>
);

export const Button = ({ look, icon, isIconOnly, children, className, ...rest }: Looks & ComponentProps<'button'>) => (
  <button type="button" {...rest} className={classOf({ look, isIconOnly }, className)}>
    <Content icon={icon} isIconOnly={isIconOnly}>
      {children}
    </Content>
  </button>
);

/** Goes to another address of the page. */
export const ButtonLink = ({ look, icon, isIconOnly, children, to }: Looks & { to: string }) => (
  <Link href={to} className={classOf({ look, isIconOnly })}>
    <Content icon={icon} isIconOnly={isIconOnly}>
      {children}
    </Content>
  </Link>
);
