import { describe, expect, test } from '@jest/globals';
import {
  formErrorOf,
  isTaken,
  signInErrors,
  signUpErrors,
} from '../../../../../hosting/src/views/account/form-error.ts';

const GOOD = { email: 'name@example.com', password: 'Correct-Horse-9' };
const thrown = (code: string): Error => Object.assign(new Error('Firebase: secret-address@example.com'), { code });

describe('before anything is sent', () => {
  test('a good address and password have no error', () => {
    expect(signUpErrors(GOOD)).toEqual([]);
    expect(signInErrors(GOOD)).toEqual([]);
  });

  test.each(['', 'name', 'name@', 'name@example', 'two words@example.com', 'a@b@c.com'])(
    '%j is no address',
    (email) => {
      expect(signUpErrors({ ...GOOD, email }).map(({ field }) => field)).toEqual(['email']);
    },
  );

  test('errors come in the order of the fields, so that the keyboard goes to the first', () => {
    expect(signUpErrors({ email: '', password: '' }).map(({ field }) => field)).toEqual(['email', 'password']);
    expect(signInErrors({ email: '', password: '' }).map(({ field }) => field)).toEqual(['email', 'password']);
  });

  test('signing up names what the password still needs; signing in does not judge it', () => {
    const password = 'Correct-Horse';
    expect(signUpErrors({ ...GOOD, password })[0]?.text).toContain('a digit');
    expect(signInErrors({ ...GOOD, password })).toEqual([]);
  });
});

describe('what the sign-in service refuses', () => {
  test.each([
    ['auth/email-already-in-use', 'email'],
    ['auth/weak-password', 'password'],
    ['auth/invalid-credential', 'form'],
    ['auth/too-many-requests', 'form'],
    ['auth/network-request-failed', 'form'],
  ])('%s is told at the %s, in our own words', (code, field) => {
    const told = formErrorOf(thrown(code));
    expect(told.field).toBe(field);
    expect(told.text).not.toMatch(/firebase|auth\//i);
    expect(told).not.toEqual(formErrorOf(thrown('auth/never-heard-of')));
  });

  test('a wrong password and an unknown address are told alike, so that nobody learns who has an account', () => {
    const told = ['auth/wrong-password', 'auth/user-not-found', 'auth/invalid-credential'].map((code) =>
      formErrorOf(thrown(code)),
    );
    expect(new Set(told.map(({ text }) => text)).size).toBe(1);
  });

  test.each([thrown('auth/never-heard-of'), new TypeError('boom'), null, 'text'])(
    'whatever else is thrown shows nothing of itself',
    (value) => {
      expect(formErrorOf(value)).toEqual({ field: 'form', text: expect.stringContaining('nothing was changed') });
    },
  );

  test('signing in is offered for an address that has an account, and only then', () => {
    expect(isTaken(formErrorOf(thrown('auth/email-already-in-use')))).toBe(true);
    expect(isTaken(formErrorOf(thrown('auth/invalid-email')))).toBe(false);
  });
});
