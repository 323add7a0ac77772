import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { SignedOutByAge } from '../../components/nobody-panel.tsx';
import { Notice } from '../../components/notice.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import type { Session } from '../../data/session.ts';
import { useAccount, useSession } from '../../hooks/use-session.ts';
import { useTitle } from '../../hooks/use-title.ts';
import { linkTo } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';
import styles from './account.module.css';
import { LeavePanel } from './leave-panel.tsx';
import { MemberPanel } from './member-panel.tsx';
import { SignInForm, type SignInHandle } from './sign-in-form.tsx';
import { SignUpForm } from './sign-up-form.tsx';

const { account } = TEXTS;

type Done = 'signedUp' | 'keptWork' | 'signedIn';

/** The form is gone with its success, so the keyboard goes to what is said of it. */
const DoneNotice = ({ what, email }: { what: Done; email: string }) => {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} tabIndex={-1} className={styles.done}>
      <Notice tone="good">
        {what === 'signedIn' ? account.done.signedIn : account.done[what](email)}{' '}
        <Link href={linkTo.documents()}>{account.done.toDocuments}</Link>
      </Notice>
    </div>
  );
};

const Forms = ({ isVisitor, done }: { isVisitor: boolean; done: (what: Done) => void }) => {
  const signIn = useRef<SignInHandle>(null);
  return (
    <div className={styles.forms}>
      <SignUpForm
        isVisitor={isVisitor}
        done={() => done(isVisitor ? 'keptWork' : 'signedUp')}
        toSignIn={(email) => signIn.current?.begin(email)}
      />
      <SignInForm ref={signIn} isVisitor={isVisitor} done={() => done('signedIn')} />
    </div>
  );
};

/** Before anybody takes an account for a way around it. */
const Retention = () => {
  const { called } = useAccount();
  return called.state === 'ready' ? <span>{account.eachKept(called.value.retentionDays)}</span> : null;
};

const HEADS: Readonly<Record<Session['state'], { title: string; below?: ReactNode }>> = {
  restoring: { title: account.title },
  unreachable: { title: account.title },
  nobody: { title: account.nobodyTitle, below: account.nobodyText },
  visitor: {
    title: account.visitorTitle,
    below: (
      <>
        <span>{account.visitorText}</span>
        <Retention />
      </>
    ),
  },
  member: { title: account.title },
};

/** Sign up, sign in, and what the account is. */
export const AccountView = () => {
  useTitle(account.title);
  const session = useSession();
  const [done, setDone] = useState<Done | null>(null);
  return (
    <div className={styles.view}>
      <PageHeader {...HEADS[session.state]} />
      {session.state === 'restoring' && <Skeleton lines={6} />}
      <SignedOutByAge />
      {(session.state === 'nobody' || session.state === 'visitor') && (
        <Forms isVisitor={session.state === 'visitor'} done={setDone} />
      )}
      {session.state === 'member' && (
        <>
          {done && <DoneNotice what={done} email={session.email} />}
          <MemberPanel member={session} />
        </>
      )}
      {'uid' in session && <LeavePanel isVisitor={session.state === 'visitor'} />}
    </div>
  );
};
