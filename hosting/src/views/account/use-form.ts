import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type Credentials, type FormError, formErrorOf } from './form-error.ts';

/**
 * A form with an address and a password. `check` is asked before anything is sent; what is refused after is told the same way, and the
 * keyboard goes to the first field that has to change.
 */
export const useForm = (
  check: (given: Credentials) => FormError[],
  send: (given: Credentials) => Promise<void>,
): {
  form: RefObject<HTMLFormElement | null>;
  errors: readonly FormError[];
  isBusy: boolean;
  submit: (event: FormEvent) => void;
  /** Runs something else under the same rules: a refusal becomes an error of the form. */
  attempt: (work: () => Promise<void>) => Promise<void>;
  tell: (errors: readonly FormError[]) => void;
  given: () => Credentials;
} => {
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<readonly FormError[]>([]);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    const [first] = errors;
    if (!first) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-form-error]');
    wrong?.focus();
  }, [errors]);
  const given = (): Credentials => {
    const entered = new FormData(form.current ?? undefined);
    return { email: String(entered.get('email') ?? '').trim(), password: String(entered.get('password') ?? '') };
  };
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setErrors([]);
    try {
      await work();
    } catch (thrown) {
      setErrors([formErrorOf(thrown)]);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isBusy) return;
    const credentials = given();
    const found = check(credentials);
    if (found.length > 0) setErrors(found);
    else void attempt(() => send(credentials));
  };
  return { form, errors, isBusy, submit, attempt, tell: setErrors, given };
};
