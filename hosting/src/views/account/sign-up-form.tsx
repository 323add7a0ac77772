import { useId, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { usePageData } from '../../hooks/page-data-context.ts';
import { TEXTS } from '../../texts/index.ts';
import styles from './account.module.css';
import { isTaken, signUpErrors } from './form-error.ts';
import { EmailField, FormProblem, PasswordField } from './form-fields.tsx';
import { openRules, PASSWORD_RULES } from './password-rules.ts';
import { useForm } from './use-form.ts';

const { account } = TEXTS;

/** Told before, and ticked off while it is typed. */
const Rules = ({ id, password }: { id: string; password: string }) => {
  const open = new Set(openRules(password));
  return (
    <div id={id} className={styles.rules}>
      <p>{account.rulesTitle}</p>
      <ul>
        {PASSWORD_RULES.map((rule) => (
          <li key={rule} data-met={!open.has(rule)}>
            <span className={styles.sign}>{open.has(rule) ? null : <Icon name="check" />}</span>
            {account.rules[rule]}
            <span className="visually-hidden">{`: ${open.has(rule) ? account.ruleOpen : account.ruleMet}`}</span>
          </li>
        ))}
      </ul>
    </div>
  );
};

/** A visitor keeps the same user, and so everything. `done` is called after. */
export const SignUpForm = ({
  isVisitor,
  done,
  toSignIn,
}: {
  isVisitor: boolean;
  done: () => void;
  /** To the other form, with the address that has an account already. */
  toSignIn: (email: string) => void;
}) => {
  const { signUp } = usePageData();
  const id = useId();
  const [password, setPassword] = useState('');
  const { form, errors, isBusy, submit, given } = useForm(signUpErrors, async (credentials) => {
    await signUp(credentials.email, credentials.password);
    done();
  });
  const { title, fresh, text, freshText } = account.signUp;
  return (
    <form ref={form} className={styles.card} aria-labelledby={`${id}-title`} noValidate onSubmit={submit}>
      <h2 id={`${id}-title`}>{isVisitor ? title : fresh}</h2>
      <p className={styles.quiet}>{isVisitor ? text : freshText}</p>
      <FormProblem errors={errors} />
      <EmailField errors={errors}>
        {errors.some(isTaken) && (
          <p>
            <Button onClick={() => toSignIn(given().email)}>{account.signIn.submit}</Button>
          </p>
        )}
      </EmailField>
      <PasswordField errors={errors} isNew describedBy={`${id}-rules`} onType={setPassword}>
        <Rules id={`${id}-rules`} password={password} />
      </PasswordField>
      <Button type="submit" look="primary" disabled={isBusy}>
        {isBusy ? account.signUp.busy : account.signUp.submit}
      </Button>
    </form>
  );
};
