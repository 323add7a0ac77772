import { useEffect, useState } from 'react';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { ProblemPanel } from '../../components/problem-panel.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import type { Account } from '../../data/account.ts';
import type { Session } from '../../data/session.ts';
import { usePageData } from '../../hooks/page-data-context.ts';
import { useAccount } from '../../hooks/use-session.ts';
import { TEXTS } from '../../texts/index.ts';
import styles from './account.module.css';
import { formErrorOf } from './form-error.ts';

const { account, words } = TEXTS;
const { member: texts } = account;

type Member = Extract<Session, { state: 'member' }>;

/** Whoever follows the link of the mail comes back to this tab: then the address is asked for anew. */
const useConfirmation = ({ emailVerified }: Member): void => {
  const { refresh } = usePageData();
  useEffect(() => {
    if (emailVerified) return;
    const look = (): void => {
      if (document.visibilityState === 'visible') refresh().catch(() => undefined);
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [emailVerified, refresh]);
};

const Address = ({ member }: { member: Member }) => {
  const { sendVerification } = usePageData();
  const [told, setTold] = useState<{ tone: 'good' | 'bad'; text: string } | null>(null);
  useConfirmation(member);
  const send = () =>
    sendVerification().then(
      () => setTold({ tone: 'good', text: texts.sent }),
      (thrown: unknown) => setTold({ tone: 'bad', text: formErrorOf(thrown).text }),
    );
  const { email, emailVerified } = member;
  return (
    <dd>
      <span className={styles.address}>{email}</span>{' '}
      <Badge tone={emailVerified ? 'good' : 'warn'}>{emailVerified ? texts.verified : texts.notVerified}</Badge>
      {!emailVerified && (
        <div className={styles.under}>
          <Button onClick={() => void send()}>{texts.sendAgain}</Button>
          {told && <Notice tone={told.tone}>{told.text}</Notice>}
        </div>
      )}
    </dd>
  );
};

export const Limits = ({ account: { retentionDays, uploadLimits } }: { account: Account }) => {
  const { pdfBytes, officeBytes, textBytes, otherBytes } = uploadLimits;
  return (
    <>
      <div>
        <dt>{texts.retention}</dt>
        <dd>{texts.retentionDays(retentionDays)}</dd>
      </div>
      <div>
        <dt>{texts.limits}</dt>
        <dd>
          <ul className={styles.limits}>
            <li>{texts.pdf(words.size(pdfBytes))}</li>
            <li>{texts.office(words.size(officeBytes))}</li>
            <li>{texts.text(words.size(textBytes))}</li>
            <li>{texts.other(words.size(otherBytes))}</li>
          </ul>
        </dd>
      </div>
    </>
  );
};

export const MemberPanel = ({ member }: { member: Member }) => {
  const { called, again } = useAccount();
  return (
    <section className={styles.card} aria-labelledby="about-account">
      <h2 id="about-account">{texts.about}</h2>
      <dl className={styles.about}>
        <div>
          <dt>{account.email}</dt>
          <Address member={member} />
        </div>
        {called.state === 'ready' && (
          <>
            <div>
              <dt>{texts.role}</dt>
              <dd>{texts.roles[called.value.role]}</dd>
            </div>
            <Limits account={called.value} />
          </>
        )}
      </dl>
      {called.state === 'loading' && <Skeleton lines={3} />}
      {called.state === 'failed' && <ProblemPanel problem={called.problem} again={again} />}
    </section>
  );
};
