/** Whoever signs out leaves nothing in the browser that the next person at the machine could read. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { eventually, settled } from '../support/eventually.ts';
import { type SignedIn, signedInAs, signOut, signUp } from '../support/page-account.ts';
import {
  describeWithPage,
  launchWithProfile,
  PAGE_TEST_TIMEOUT_MS,
  type PageLab,
  startPageLab,
} from '../support/page-lab.ts';
import { exportAs, matrixRow, openMatrix, runIdOf, uploadThrough } from '../support/page-steps.ts';
import { readStorage } from '../support/page-storage.ts';
import { WIDE, watchContext } from '../support/page-visit.ts';
import { searchProfile } from '../support/profile-search.ts';
import { smallSolicitation } from '../support/small-solicitation.ts';
import { temporaryFolder } from '../support/whole-system.ts';

jest.setTimeout(PAGE_TEST_TIMEOUT_MS);

/** Until a browser on a busy machine has thrown away its files. */
const SOON_MS = 30_000;

/** What has the browser forget is held as long as that. */
const HELD_MS = 1000;

const PHRASE = 'Xylotherm7319';
const FILE_NAME = 'Wolkenbruch-4711.pdf';
const MEMBER = { email: 'quendolin@leaves-nothing.example', password: 'Vergissmeinnicht-8' };
/** What the browser offers for fields of forms on any site. It keeps and forgets it as its owner set it to (WCAG 1.3.5 asks for this). */
const OWN_OF_BROWSER = /\/(?:Web Data|Login Data)(?:-journal)?: email$/;

describeWithPage('a member who signs out', () => {
  let lab: PageLab;
  const folder = temporaryFolder();
  const profile = join(folder.path, 'profile');
  let person: BrowserContext;
  let page: Page;
  let faults: readonly string[];
  let member: SignedIn;
  let matrix: string;
  let words: Record<string, string>;

  beforeAll(async () => {
    lab = await startPageLab();
    // What a person's own browser does, and Playwright's usually does not.
    person = await launchWithProfile(profile, { viewport: WIDE, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
    faults = await watchContext(person, lab);
    page = await person.newPage();
    await page.goto(lab.url);
    await uploadThrough(page, [smallSolicitation(FILE_NAME, `${PHRASE} apparatus`)]);
    await openMatrix(page);
    await page.getByRole('searchbox').waitFor();
    const runId = runIdOf(page);
    matrix = page.url();
    await signUp(page, lab.url, MEMBER);
    member = await signedInAs(page, lab.url);
    words = { phrase: PHRASE, fileName: FILE_NAME, ...MEMBER, uid: member.uid, token: member.refreshToken };

    await page.goto(`${lab.url}/documents`);
    await page.getByRole('link', { name: FILE_NAME }).first().click();
    await page.getByRole('img', { name: 'Page 1' }).waitFor();
    await page.goto(`${lab.url}/runs/${runId}`);
    await page.getByRole('heading', { name: FILE_NAME, level: 1 }).waitFor();
    await page.goto(matrix);
    await matrixRow(page).first().getByRole('link').first().click();
    await page.getByRole('complementary').locator('mark').first().waitFor();
    await page.goto(matrix);
    await matrixRow(page).first().waitFor();
    for (const format of ['Excel', 'CSV', 'Markdown', 'JSON']) await (await exportAs(page, format)).delete();
  });
  afterAll(async () => {
    await person?.close();
    await lab?.close();
    folder.remove();
  });

  test('is found by the same search while signed in', async () => {
    await eventually(async () => {
      const stored = await readStorage(page);
      expect(stored).toContain(member.uid);
      expect(stored).toContain(MEMBER.email);
      expect(searchProfile(profile, words).filter((line) => /IndexedDB.*: email$/.test(line))).not.toEqual([]);
    });
  });

  test('has nothing of the work in any file of the browser even while signed in', () => {
    expect(searchProfile(profile, words).filter((line) => /: (?:phrase|fileName|password)$/.test(line))).toEqual([]);
  });

  test('finds nothing of the work or the account in what the page can read', async () => {
    const forgetting = '**/signed-out.txt';
    let isLeftBefore: boolean | undefined;
    await page.route(forgetting, async (route) => {
      const leaving = page.waitForURL(`${lab.url}/`, { waitUntil: 'commit', timeout: HELD_MS });
      isLeftBefore = await leaving.then(
        () => true,
        () => false,
      );
      await route.continue();
    });
    await signOut(page, lab.url);
    await page.unroute(forgetting);
    // A page that is left takes what it asked for with it.
    expect(isLeftBefore).toBe(false);
    const stored = await readStorage(page);
    expect(Object.keys(words).filter((name) => stored.includes(words[name] ?? ''))).toEqual([]);
  });

  test('has nothing in the files of the storage soon after, not only when the browser is closed', async () => {
    const left = (): string[] => searchProfile(profile, words).filter((line) => line.includes('IndexedDB'));
    // The browser throws its files away when it gets to it.
    await eventually(async () => expect(left()).toEqual([]), SOON_MS);
  });

  test('shows nothing of it with the back button', async () => {
    for (let back = 0; back < 3; back += 1) {
      await page.goBack();
      await page.getByText('Nobody is signed in').or(page.getByText('Sign in or sign up')).first().waitFor();
      const shown = await settled(async () => (await page.content()) + (await page.title()));
      expect(Object.keys(words).filter((name) => shown.includes(words[name] ?? ''))).toEqual([]);
    }
  });

  test('leaves nothing of it in any file of the browser', async () => {
    expect(faults).toEqual([]);
    await person.close();
    const found = searchProfile(profile, { ...words, address: new URL(matrix).pathname });
    // Addresses and titles are written down by now.
    expect(found).toContain('Default/History: address');
    expect(found.filter((line) => !OWN_OF_BROWSER.test(line) && !line.endsWith(': address'))).toEqual([]);
  });
});

test('the search of a profile finds a word as plain text, in UTF-16, and in packed answers', () => {
  const folder = temporaryFolder();
  const text = `{"row":"${PHRASE}"}`;
  const entry = Buffer.alloc(24);
  entry.set(Buffer.from('305c72a71b6dfbfc', 'hex'));
  entry.writeUInt32LE(3, 12);
  const files = {
    plain: Buffer.from(text),
    utf16: Buffer.from(text, 'utf16le'),
    gzip: Buffer.concat([Buffer.from('head'), gzipSync(text), Buffer.from('tail')]),
    zlib: Buffer.concat([Buffer.from('head'), deflateSync(text)]),
    brotli: Buffer.concat([entry, Buffer.from('key'), brotliCompressSync(text), Buffer.from('tail')]),
    other: Buffer.from('{"row":"Xylotherm"}'),
  };
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder.path, name), bytes);
  const found = searchProfile(folder.path, { phrase: PHRASE });
  folder.remove();
  expect(found.toSorted()).toEqual(['brotli', 'gzip', 'plain', 'utf16', 'zlib'].map((name) => `${name}: phrase`));
});
