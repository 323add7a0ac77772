/** What is wrong with a form of the account: before it is sent, and by the codes of Firebase Auth after. */
import { TEXTS } from '../../texts/index.ts';
import { openRules } from './password-rules.ts';

const { errors, rules } = TEXTS.account;

export interface FormError {
  /** The field that has to change; `form`: none of them. */
  field: 'email' | 'password' | 'form';
  text: string;
}

export interface Credentials {
  email: string;
  password: string;
}

const list = new Intl.ListFormat('en', { type: 'conjunction' });
/** Only what cannot be an address at all: the mail that is sent proves the rest. */
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export const emailError = (email: string): FormError | null => {
  if (email === '') return { field: 'email', text: errors.emailMissing };
  return ADDRESS.test(email) ? null : { field: 'email', text: errors.emailInvalid };
};

/** In the order of the fields, so that the first is where the keyboard goes. */
export const signInErrors = ({ email, password }: Credentials): FormError[] => {
  const wrong = emailError(email);
  return [
    ...(wrong ? [wrong] : []),
    ...(password === '' ? [{ field: 'password', text: errors.passwordMissing } as const] : []),
  ];
};

export const signUpErrors = ({ email, password }: Credentials): FormError[] => {
  const wrong = emailError(email);
  const open = openRules(password).map((rule) => rules[rule]);
  return [
    ...(wrong ? [wrong] : []),
    ...(open.length > 0 ? [{ field: 'password', text: errors.passwordRules(list.format(open)) } as const] : []),
  ];
};

const OF_CODE: Readonly<Record<string, FormError>> = {
  'auth/invalid-email': { field: 'email', text: errors.emailInvalid },
  'auth/missing-email': { field: 'email', text: errors.emailMissing },
  'auth/email-already-in-use': { field: 'email', text: errors.emailTaken },
  'auth/credential-already-in-use': { field: 'email', text: errors.emailTaken },
  'auth/missing-password': { field: 'password', text: errors.passwordMissing },
  'auth/weak-password': { field: 'password', text: errors.passwordWeak },
  'auth/password-does-not-meet-requirements': { field: 'password', text: errors.passwordWeak },
  // One answer for all three: who asks must not learn which addresses have an account.
  'auth/invalid-credential': { field: 'form', text: errors.credentialWrong },
  'auth/wrong-password': { field: 'form', text: errors.credentialWrong },
  'auth/user-not-found': { field: 'form', text: errors.credentialWrong },
  'auth/user-disabled': { field: 'form', text: errors.disabled },
  'auth/too-many-requests': { field: 'form', text: errors.tooMany },
  'auth/network-request-failed': { field: 'form', text: errors.network },
  'auth/operation-not-allowed': { field: 'form', text: errors.notOffered },
  'auth/user-token-expired': { field: 'form', text: errors.visitorGone },
};

const UNKNOWN: FormError = { field: 'form', text: errors.unknown };

/** Of anything that was thrown; what is not known changes nothing and may be tried again. */
export const formErrorOf = (thrown: unknown): FormError => {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  return (typeof code === 'string' ? OF_CODE[code] : undefined) ?? UNKNOWN;
};

/** Whether signing in is the way out of a refused sign-up. */
export const isTaken = ({ text }: FormError): boolean => text === errors.emailTaken;
