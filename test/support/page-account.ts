/** An account as a person makes and uses one on the page. */
import type { Locator, Page } from 'playwright-core';
import { type Client, createClient } from '../../functions/src/contracts/client.ts';
import { firstMatch, readStorage } from './page-storage.ts';

export interface Credentials {
  email: string;
  password: string;
}

export const signUpForm = (page: Page): Locator => page.getByRole('form', { name: /sign up by e-mail/i });
export const signInForm = (page: Page): Locator => page.getByRole('form', { name: 'Sign in', exact: true });

export const fillForm = async (form: Locator, { email, password }: Credentials): Promise<void> => {
  await form.getByLabel('E-mail').fill(email);
  await form.getByLabel('Password', { exact: true }).fill(password);
};

export const signUp = async (page: Page, url: string, credentials: Credentials): Promise<void> => {
  await page.goto(`${url}/account`);
  await fillForm(signUpForm(page), credentials);
  await signUpForm(page).getByRole('button', { name: 'Sign up' }).click();
  await page.getByText('You are signed up').waitFor();
};

export const signIn = async (page: Page, url: string, credentials: Credentials): Promise<void> => {
  await page.goto(`${url}/account`);
  await fillForm(signInForm(page), credentials);
  await signInForm(page).getByRole('button', { name: 'Sign in', exact: true }).click();
};

/** Waits for the page that is loaded anew. */
export const signOut = async (page: Page, url: string): Promise<void> => {
  await page.goto(`${url}/account`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${url}/`);
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
};

export interface SignedIn {
  uid: string;
  refreshToken: string;
  client: Client;
}

/** Whoever is signed in in this browser, as its storage tells. */
export const signedInAs = async (page: Page, url: string): Promise<SignedIn> => {
  const stored = await readStorage(page);
  const idToken = firstMatch(stored, /"accessToken":"([^"]+)"/);
  return {
    uid: firstMatch(stored, /"uid":"([^"]+)"/),
    refreshToken: firstMatch(stored, /"refreshToken":"([^"]+)"/),
    client: createClient({ baseUrl: url, fetch, token: async () => idToken }),
  };
};
