import { useId, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { usePageData } from '../../hooks/page-data-context.ts';
import { useAccount } from '../../hooks/use-session.ts';
import { TEXTS } from '../../texts/index.ts';
import styles from './account.module.css';

const { signOut: signOutTexts, leave: leaveTexts } = TEXTS.account;

/** A member signs out and may come back; a visitor cannot, and is asked first. */
export const LeavePanel = ({ isVisitor }: { isVisitor: boolean }) => {
  const { signOut } = usePageData();
  const { called } = useAccount();
  const id = useId();
  const [step, setStep] = useState<'none' | 'asked' | 'leaving' | 'failed'>('none');
  const leave = (): void => {
    setStep('leaving');
    signOut().catch(() => setStep('failed'));
  };
  const texts = isVisitor ? leaveTexts : signOutTexts;
  return (
    <section className={styles.leave} aria-labelledby={id}>
      <div>
        <h2 id={id}>{texts.title}</h2>
        <p className={styles.quiet}>{texts.text}</p>
      </div>
      <Button
        look={isVisitor ? 'danger' : 'plain'}
        disabled={step === 'leaving'}
        onClick={isVisitor ? () => setStep('asked') : leave}
      >
        {step === 'leaving' ? signOutTexts.busy : texts.submit}
      </Button>
      {step === 'failed' && <Notice tone="bad">{signOutTexts.failed}</Notice>}
      {step === 'asked' && (
        <ConfirmDialog
          title={leaveTexts.confirmTitle}
          confirmText={leaveTexts.submit}
          cancelText={leaveTexts.cancel}
          confirm={leave}
          close={() => setStep('none')}
        >
          <p>{leaveTexts.confirmText(called.state === 'ready' ? called.value.retentionDays : null)}</p>
          <p>{leaveTexts.confirmErase}</p>
        </ConfirmDialog>
      )}
    </section>
  );
};
