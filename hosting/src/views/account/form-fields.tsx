import { type ReactNode, useId, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { TEXTS } from '../../texts/index.ts';
import styles from './account.module.css';
import type { FormError } from './form-error.ts';

const { account } = TEXTS;

const errorFor = (errors: readonly FormError[], field: FormError['field']): string | null =>
  errors.find((each) => each.field === field)?.text ?? null;

const idsOf = (...ids: (string | false)[]): string | undefined => ids.filter(Boolean).join(' ') || undefined;

const FieldError = ({ id, text }: { id: string; text: string | null }) => (
  <p id={id} className={styles.error} hidden={text === null}>
    {text}
  </p>
);

export const EmailField = ({ errors, children }: { errors: readonly FormError[]; children?: ReactNode }) => {
  const id = useId();
  const text = errorFor(errors, 'email');
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{account.email}</label>
      <input
        id={id}
        name="email"
        type="email"
        autoComplete="email"
        inputMode="email"
        required
        aria-invalid={text !== null}
        aria-describedby={idsOf(text !== null && `${id}-error`)}
      />
      <FieldError id={`${id}-error`} text={text} />
      {text !== null && children}
    </div>
  );
};

/** `children`: what is told before the password is typed; `describedBy` is its id. */
export const PasswordField = ({
  errors,
  isNew,
  describedBy,
  onType,
  children,
}: {
  errors: readonly FormError[];
  isNew: boolean;
  describedBy?: string;
  onType?: (password: string) => void;
  children?: ReactNode;
}) => {
  const id = useId();
  const [isShown, setShown] = useState(false);
  const text = errorFor(errors, 'password');
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{account.password}</label>
      <div className={styles.withButton}>
        <input
          id={id}
          name="password"
          type={isShown ? 'text' : 'password'}
          autoComplete={isNew ? 'new-password' : 'current-password'}
          autoCapitalize="none"
          spellCheck={false}
          required
          aria-invalid={text !== null}
          aria-describedby={idsOf(text !== null && `${id}-error`, describedBy ?? false)}
          onChange={onType && (({ target }) => onType(target.value))}
        />
        <Button look="quiet" aria-controls={id} onClick={() => setShown(!isShown)}>
          {isShown ? account.hide : account.show} <span className="visually-hidden">{account.thePassword}</span>
        </Button>
      </div>
      <FieldError id={`${id}-error`} text={text} />
      {children}
    </div>
  );
};

/** What no field can mend. */
export const FormProblem = ({ errors }: { errors: readonly FormError[] }) => {
  const text = errorFor(errors, 'form');
  return text === null ? null : (
    <div tabIndex={-1} data-form-error>
      <Notice tone="bad">{text}</Notice>
    </div>
  );
};
