import { type Ref, useId, useImperativeHandle, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Notice } from '../../components/notice.tsx';
import { usePageData } from '../../hooks/page-data-context.ts';
import { TEXTS } from '../../texts/index.ts';
import styles from './account.module.css';
import { type Credentials, emailError, signInErrors } from './form-error.ts';
import { EmailField, FormProblem, PasswordField } from './form-fields.tsx';
import { useForm } from './use-form.ts';

const { account } = TEXTS;
const { signIn: texts, otherAccount } = account;

export interface SignInHandle {
  /** Takes over the address and puts the keyboard into the password. */
  begin(email: string): void;
}

/** Whether there is work that a visitor would lose; when nobody can say, the question is asked. */
const useVisitorsWork = (isVisitor: boolean): (() => Promise<boolean>) => {
  const { api } = usePageData();
  return async () =>
    isVisitor &&
    (await api.listConversions({ pageSize: 1 }).then(
      ({ conversions }) => conversions.length > 0,
      () => true,
    ));
};

export const SignInForm = ({
  isVisitor,
  done,
  ref,
}: {
  isVisitor: boolean;
  done: () => void;
  ref?: Ref<SignInHandle>;
}) => {
  const { signIn, sendPasswordReset } = usePageData();
  const id = useId();
  const hasWork = useVisitorsWork(isVisitor);
  const [asked, setAsked] = useState<Credentials | null>(null);
  const [mailed, setMailed] = useState<string | null>(null);
  const enter = async ({ email, password }: Credentials): Promise<void> => {
    await signIn(email, password);
    done();
  };
  const { form, errors, isBusy, submit, attempt, tell, given } = useForm(signInErrors, async (credentials) => {
    setMailed(null);
    if (await hasWork()) setAsked(credentials);
    else await enter(credentials);
  });
  useImperativeHandle(ref, () => ({
    begin(email) {
      const fields = form.current?.elements;
      const address = fields?.namedItem('email');
      const password = fields?.namedItem('password');
      if (address instanceof HTMLInputElement) address.value = email;
      if (password instanceof HTMLInputElement) password.focus();
    },
  }));
  const forgot = (): void => {
    const { email } = given();
    setMailed(null);
    if (emailError(email)) {
      tell([{ field: 'email', text: texts.forgotNeedsEmail }]);
      return;
    }
    void attempt(async () => {
      await sendPasswordReset(email);
      setMailed(email);
    });
  };
  return (
    <>
      <form ref={form} className={styles.card} aria-labelledby={`${id}-title`} noValidate onSubmit={submit}>
        <h2 id={`${id}-title`}>{texts.title}</h2>
        <p className={styles.quiet}>
          {texts.text} {isVisitor && texts.withoutWork}
        </p>
        <FormProblem errors={errors} />
        <EmailField errors={errors} />
        <PasswordField errors={errors} isNew={false} />
        <div className={styles.buttons}>
          <Button type="submit" look={isVisitor ? 'plain' : 'primary'} disabled={isBusy}>
            {isBusy ? texts.busy : texts.submit}
          </Button>
          <Button look="quiet" disabled={isBusy} onClick={forgot}>
            {texts.forgot}
          </Button>
        </div>
        {mailed !== null && <Notice tone="good">{texts.forgotSent(mailed)}</Notice>}
      </form>
      {asked && (
        <ConfirmDialog
          title={otherAccount.title}
          confirmText={otherAccount.signIn}
          cancelText={otherAccount.cancel}
          confirm={() => void attempt(() => enter(asked))}
          close={() => setAsked(null)}
        >
          <p>{otherAccount.text}</p>
          <p>{otherAccount.instead}</p>
        </ConfirmDialog>
      )}
    </>
  );
};
