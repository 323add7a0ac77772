import { Link, useRoute } from 'wouter';
import { useSession } from '../hooks/use-session.ts';
import { linkTo } from '../routes.ts';
import { TEXTS } from '../texts/index.ts';
import styles from './app-bar.module.css';
import { ButtonLink } from './button.tsx';
import { Wordmark } from './wordmark.tsx';

const { shell } = TEXTS;

const NavigationLink = ({ to, children }: { to: string; children: string }) => {
  const [isHere] = useRoute(`${to}/*?`);
  return (
    <Link href={to} className={styles.link} aria-current={isHere ? 'page' : undefined}>
      {children}
    </Link>
  );
};

const Account = () => {
  const session = useSession();
  if (session.state === 'restoring' || session.state === 'unreachable') return null;
  if (session.state === 'visitor') {
    return (
      <ButtonLink look="primary" to={linkTo.account()}>
        {shell.keepWork}
      </ButtonLink>
    );
  }
  return (
    <ButtonLink look="quiet" icon="person" to={linkTo.account()}>
      {session.state === 'member' ? shell.account : shell.signIn}
    </ButtonLink>
  );
};

export const AppBar = () => (
  <header className={styles.bar}>
    <div className={styles.inner}>
      <Link href={linkTo.start()} className={styles.brand}>
        <Wordmark />
      </Link>
      <nav aria-label={shell.navigation} className={styles.navigation}>
        <NavigationLink to={linkTo.documents()}>{shell.documents}</NavigationLink>
        <NavigationLink to={linkTo.runs()}>{shell.runs}</NavigationLink>
      </nav>
      <Account />
    </div>
  </header>
);
