/** A visitor who signs up keeps everything, and whoever has an account finds it again from any browser. */
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { eventually, lastingFaults, settled } from '../support/eventually.ts';
import { type Credentials, fillForm, signedInAs, signIn, signInForm, signUpForm } from '../support/page-account.ts';
import { expectFocus } from '../support/page-keys.ts';
import { describeWithPage, PAGE_TEST_TIMEOUT_MS, type PageLab, startPageLab } from '../support/page-lab.ts';
import { matrixRow, openMatrix, rowCount, uploadThrough } from '../support/page-steps.ts';
import { accessibilityFaults, type Visit } from '../support/page-visit.ts';
import { smallSolicitation } from '../support/small-solicitation.ts';

jest.setTimeout(PAGE_TEST_TIMEOUT_MS);

const MEMBER: Credentials = { email: 'member@keeps-work.example', password: 'Vergissmeinnicht-8' };
const FILE_NAME = 'own-solicitation.pdf';
const OTHER_FILE_NAME = 'of-another-visit.pdf';
const MOST_TABS = 40;

const uploadOwn = async (page: Page, url: string, name: string, thing: string): Promise<void> => {
  await page.goto(url);
  await uploadThrough(page, [smallSolicitation(name, thing)]);
  await openMatrix(page);
};

/** Of a matrix that is loaded and laid out. */
const rowTexts = async (page: Page): Promise<string[]> => {
  const rows = await rowCount(page);
  await matrixRow(page)
    .nth(rows - 1)
    .waitFor();
  return settled(() => matrixRow(page).allInnerTexts());
};

/** @throws Error when the keyboard does not get there. */
const tabTo = async (page: Page, target: Locator): Promise<void> => {
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not reach ${target}.`);
};

const type = async (page: Page, form: Locator, { email, password }: Credentials): Promise<void> => {
  await tabTo(page, form.getByLabel('E-mail'));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(email);
  await tabTo(page, form.getByLabel('Password', { exact: true }));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
};

const expectNoFaults = async (page: Page): Promise<void> =>
  expect(await lastingFaults(() => accessibilityFaults(page))).toEqual([]);

/** What the service behind it calls things is nothing for people. */
const expectOwnWords = async (page: Page): Promise<void> =>
  expect(await page.locator('body').textContent()).not.toMatch(/firebase|auth\/|_/i);

const namesOf = async (page: Page, url: string): Promise<string[]> => {
  const { client } = await signedInAs(page, url);
  return (await client.listConversions({})).conversions.map(({ fileName }) => fileName);
};

const accountOf = async (page: Page, url: string) => {
  const { uid, client } = await signedInAs(page, url);
  const { orgId, role } = (await client.getAccount({})).account;
  return { uid, orgId, role };
};

/** Once its storage tells who is signed in by now. */
const expectAccount = (page: Page, url: string, account: Awaited<ReturnType<typeof accountOf>>): Promise<void> =>
  eventually(async () => expect(await accountOf(page, url)).toEqual(account));

describeWithPage('a visitor with work', () => {
  let lab: PageLab;
  let visit: Visit;
  let page: Page;
  let matrix: string;
  let rows: string[];
  let before: Awaited<ReturnType<typeof accountOf>>;
  const visits: Visit[] = [];
  const another = async (): Promise<Visit> => {
    const opened = await lab.visit();
    visits.push(opened);
    return opened;
  };

  beforeAll(async () => {
    lab = await startPageLab();
    visit = await another();
    page = visit.page;
    await uploadOwn(page, lab.url, FILE_NAME, 'lighthouse lamp');
    matrix = page.url();
    rows = await rowTexts(page);
    before = await accountOf(page, lab.url);
  });
  afterEach(() => expect(visits.flatMap(({ faults }) => faults)).toEqual([]));
  afterAll(() => lab?.close());

  test('is told what a new password still needs, in words of ours and without losing the keyboard', async () => {
    expect(rows.join()).toContain('lighthouse lamp');
    await page.getByRole('link', { name: 'Keep my work' }).press('Enter');
    const form = signUpForm(page);
    await form.waitFor();
    await page.getByText('each document is erased 30 days after its upload').waitFor();
    await signInForm(page).getByText('What you uploaded as a visitor cannot be moved').waitFor();
    await type(page, form, { ...MEMBER, password: 'lighthouse' });
    const password = form.getByLabel('Password', { exact: true });
    await form.getByText('The password still needs: at least 12 characters').waitFor();
    await expectFocus(password);
    await password.and(page.locator('[aria-invalid=true]')).waitFor();
    await expectOwnWords(page);
    await expectNoFaults(page);
  });

  test('signs up by the keyboard alone', async () => {
    await page.reload();
    await signUpForm(page).waitFor();
    await type(page, signUpForm(page), MEMBER);
    const told = page.getByText('You are signed up, and everything is where it was.');
    await told.waitFor();
    await page.locator(':focus').filter({ has: told }).waitFor();
    await page.getByText(MEMBER.email, { exact: true }).waitFor();
    await page.getByText('30 days after the upload, then erased by itself').waitFor();
    expect(await page.getByRole('main').textContent()).not.toContain(before.orgId);
    await expectNoFaults(page);
  });

  test('stays the same user in the same organisation', async () => {
    await expectAccount(page, lab.url, before);
  });

  test.each(['at once', 'after a reload'])('has documents, analysis and matrix as before %s', async (when) => {
    if (when === 'after a reload') await page.reload();
    const navigation = page.getByRole('navigation', { name: 'Main' });
    await navigation.getByRole('link', { name: 'Documents' }).click();
    await page.getByRole('link', { name: FILE_NAME }).first().waitFor();
    await navigation.getByRole('link', { name: 'Analyses' }).click();
    await page.getByRole('link', { name: FILE_NAME }).first().waitFor();
    await page.goto(matrix);
    await eventually(async () => expect(await rowTexts(page)).toEqual(rows));
  });

  test('finds everything again from another browser with address and password', async () => {
    const elsewhere = await another();
    await signIn(elsewhere.page, lab.url, MEMBER);
    await elsewhere.page.getByText('You are signed in.').waitFor();
    await elsewhere.page.getByRole('link', { name: 'To your documents' }).click();
    await elsewhere.page.getByRole('link', { name: FILE_NAME }).first().waitFor();
    await elsewhere.page.goto(matrix);
    await eventually(async () => expect(await rowTexts(elsewhere.page)).toEqual(rows));
    await expectAccount(elsewhere.page, lab.url, before);
    await elsewhere.close();
  });

  test('is told that address and password do not match, the same for an unknown address', async () => {
    const stranger = await another();
    for (const wrong of [
      { ...MEMBER, password: 'Not-the-password-1' },
      { ...MEMBER, email: 'nobody@keeps-work.example' },
    ]) {
      await stranger.page.goto(`${lab.url}/account`);
      await signInForm(stranger.page).waitFor();
      await type(stranger.page, signInForm(stranger.page), wrong);
      await stranger.page.getByText('E-mail and password do not match.').waitFor();
      await expectOwnWords(stranger.page);
    }
    await expectNoFaults(stranger.page);
    await stranger.close();
  });

  test('is sent from a taken address to signing in with it', async () => {
    const stranger = await another();
    await stranger.page.goto(`${lab.url}/account`);
    const form = signUpForm(stranger.page);
    await fillForm(form, { ...MEMBER, password: 'Another-Password-2' });
    await form.getByRole('button', { name: 'Sign up' }).click();
    await form.getByText('There is an account for this address already.').waitFor();
    await expectOwnWords(stranger.page);
    await form.getByRole('button', { name: 'Sign in' }).click();
    await expectFocus(signInForm(stranger.page).getByLabel('Password', { exact: true }));
    expect(await signInForm(stranger.page).getByLabel('E-mail').inputValue()).toBe(MEMBER.email);
    await stranger.page.keyboard.type(MEMBER.password);
    await stranger.page.keyboard.press('Enter');
    await stranger.page.getByText('You are signed in.').waitFor();
    await stranger.close();
  });

  test('is warned before signing in to another account, and loses nothing by staying', async () => {
    const other = await another();
    await uploadOwn(other.page, lab.url, OTHER_FILE_NAME, 'harbour crane');
    const visitor = await accountOf(other.page, lab.url);
    // As a visitor the refusal of a taken address is another answer of the service than for somebody without work.
    await other.page.goto(`${lab.url}/account`);
    await type(other.page, signUpForm(other.page), { ...MEMBER, password: 'Another-Password-2' });
    await other.page.getByText('There is an account for this address already.').waitFor();
    await expectOwnWords(other.page);
    await signUpForm(other.page).getByRole('button', { name: 'Sign in' }).press('Enter');
    await expectFocus(signInForm(other.page).getByLabel('Password', { exact: true }));
    await other.page.keyboard.type(MEMBER.password);
    await other.page.keyboard.press('Enter');
    const warning = other.page.getByRole('dialog', { name: 'Your visitor’s work will not come along' });
    await warning.waitFor();
    await expectNoFaults(other.page);
    await warning.getByRole('button', { name: 'Stay' }).click();
    await warning.waitFor({ state: 'detached' });
    await expectAccount(other.page, lab.url, visitor);
    expect(await namesOf(other.page, lab.url)).toEqual([OTHER_FILE_NAME]);

    await signInForm(other.page).getByRole('button', { name: 'Sign in', exact: true }).click();
    await warning.getByRole('button', { name: 'Sign in without it' }).click();
    await other.page.waitForURL(`${lab.url}/documents`);
    await other.page.getByRole('link', { name: FILE_NAME }).first().waitFor();
    expect(await other.page.locator('body').textContent()).not.toContain(OTHER_FILE_NAME);
    await expectAccount(other.page, lab.url, before);
    await other.close();
  });
});
