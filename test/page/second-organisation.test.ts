/** What belongs to one organisation is to everybody else as if it had never been, whatever address they know. */
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually, settled } from '../support/eventually.ts';
import { signOut, signUp } from '../support/page-account.ts';
import { describeWithPage, PAGE_TEST_TIMEOUT_MS, type PageLab, startPageLab } from '../support/page-lab.ts';
import { matrixRow, openMatrix, runIdOf, uploadThrough } from '../support/page-steps.ts';
import type { Visit } from '../support/page-visit.ts';
import { type Recording, recordAnswers } from '../support/record-answers.ts';
import { smallSolicitation } from '../support/small-solicitation.ts';

jest.setTimeout(PAGE_TEST_TIMEOUT_MS);

const PHRASE = 'Xylotherm7319';
const FILE_NAME = 'Wolkenbruch-4711.pdf';
const OF_OWNER = new RegExp(`${PHRASE}|${FILE_NAME}`);
const OWNER = { email: 'owner@first.example', password: 'Vergissmeinnicht-8' };
const MEMBER = { email: 'member@second.example', password: 'Vergissmeinnicht-9' };
/** Of the right form, and nobody's. */
const NEVER = '00000000000000000000';

interface Ids {
  document: string;
  run: string;
  row: string;
  block: string;
}

const LINKS: [string, (ids: Ids) => string][] = [
  ['document', ({ document }) => `/documents/${document}`],
  ['document at a block', ({ document, block }) => `/documents/${document}?block=${block}`],
  ['analysis', ({ run }) => `/runs/${run}`],
  ['matrix', ({ run }) => `/runs/${run}/matrix`],
  ['matrix at a row', ({ run, row }) => `/runs/${run}/matrix?row=${row}`],
];

/** All that stands in the view, with what only screen readers are told. */
const viewOf = (page: Page): Promise<string> =>
  page.evaluate(() => `${document.title}\n${document.querySelector('main')?.innerHTML}`);

describeWithPage('the work of one organisation', () => {
  let lab: PageLab;
  let owner: Visit;
  let ids: Ids;
  let seenByOwner: Recording;
  const visits: Visit[] = [];
  const strangers = new Map<string, { page: Page; answered: Recording }>();

  const arrive = async (): Promise<Visit> => {
    const visit = await lab.visit();
    visits.push(visit);
    return visit;
  };
  const upload = async ({ page }: Visit, name: string, thing: string): Promise<void> => {
    await page.goto(lab.url);
    await uploadThrough(page, [smallSolicitation(name, thing)]);
    await openMatrix(page);
  };

  beforeAll(async () => {
    lab = await startPageLab();
    owner = await arrive();
    seenByOwner = await recordAnswers(owner.page);
    await upload(owner, FILE_NAME, `${PHRASE} apparatus`);
    const run = runIdOf(owner.page);
    const row = await matrixRow(owner.page).first().getAttribute('data-row');
    await owner.page.goto(`${lab.url}/documents`);
    await owner.page.getByRole('link', { name: FILE_NAME }).first().click();
    await owner.page.getByRole('img', { name: 'Page 1' }).waitFor();
    const document = new URL(owner.page.url()).pathname.split('/').at(-1) ?? '';
    const block = () => /"blockId":"([^"]+)"/.exec(seenByOwner.text())?.[1] ?? '';
    await eventually(async () => expect(block()).not.toBe(''));
    ids = { document, run, row: row ?? '', block: block() };

    const visitor = await arrive();
    await upload(visitor, 'own.pdf', 'harbour crane');
    const member = await arrive();
    await signUp(member.page, lab.url, MEMBER);
    for (const [name, { page }] of [
      ['another visitor', visitor],
      ['a member of another organisation', member],
    ] as const) {
      strangers.set(name, { page, answered: await recordAnswers(page) });
    }
  });
  afterEach(() => expect(visits.flatMap(({ faults }) => faults)).toEqual([]));
  afterAll(() => lab?.close());

  const nothingAt = async (page: Page, path: string): Promise<string> => {
    await page.goto(`${lab.url}${path}`);
    await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
    return settled(() => viewOf(page));
  };
  const strangerOf = (name: string): { page: Page; answered: Recording } => {
    const stranger = strangers.get(name);
    if (!stranger) throw new Error(`Nobody is called ${name}.`);
    return stranger;
  };
  const WHO = ['another visitor', 'a member of another organisation'];

  test('reaches its owner over the network, where the recording finds it', async () => {
    expect(Object.values(ids)).not.toContain('');
    await eventually(async () => {
      expect(seenByOwner.text()).toContain(PHRASE);
      expect(seenByOwner.text()).toMatch(new RegExp(`Listen/channel.*\\n[^]*${FILE_NAME}`));
    });
  });

  test.each(WHO.flatMap((who) => LINKS.map(([what, link]) => ({ who, what, link }))))(
    'is nothing to $who at its $what, the same as what never was',
    async ({ who, link }) => {
      const { page, answered } = strangerOf(who);
      const shown = await nothingAt(page, link(ids));
      expect(`${shown}${answered.text()}`).not.toMatch(OF_OWNER);
      expect(shown).toBe(await nothingAt(page, link({ document: NEVER, run: NEVER, row: NEVER, block: NEVER })));
    },
  );

  test.each(WHO)('is in no list of %s', async (who) => {
    const { page, answered } = strangerOf(who);
    const own = who === 'another visitor' ? ['own.pdf', 'own.pdf'] : ['No documents yet', 'No analyses yet'];
    for (const [index, path] of ['/documents', '/runs'].entries()) {
      await page.goto(`${lab.url}${path}`);
      await page
        .getByText(own[index] ?? '')
        .first()
        .waitFor();
      expect(await viewOf(page)).not.toMatch(OF_OWNER);
    }
    await eventually(async () => {
      for (const there of ['RUN_NOT_FOUND', 'documentDelete', ids.run]) expect(answered.text()).toContain(there);
    });
    expect(answered.text()).not.toMatch(OF_OWNER);
  });

  test('is nothing to anybody who is not signed in, who is told so', async () => {
    const { page } = await arrive();
    const answered = await recordAnswers(page);
    for (const [, link] of LINKS) {
      await page.goto(`${lab.url}${link(ids)}`);
      await page.getByRole('heading', { name: 'Nobody is signed in' }).waitFor();
    }
    for (const path of ['/documents', '/runs']) {
      await page.goto(`${lab.url}${path}`);
      await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    }
    await eventually(async () => expect(answered.text()).toContain('/__/firebase/init.json'));
    expect(answered.text()).not.toMatch(OF_OWNER);
  });

  test('leaves every tab of its owner when one of them signs out', async () => {
    const { context, page } = owner;
    await signUp(page, lab.url, OWNER);
    await page.goto(`${lab.url}/runs/${ids.run}/matrix`);
    await page.getByText(PHRASE).first().waitFor();
    const other = await context.newPage();
    await signOut(other, lab.url);
    await page.waitForURL(`${lab.url}/`);
    await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
    expect(await page.content()).not.toMatch(OF_OWNER);
    await page.goto(`${lab.url}/runs/${ids.run}/matrix`);
    await page.getByRole('heading', { name: 'Nobody is signed in' }).waitFor();
    expect(await page.content()).not.toMatch(OF_OWNER);
  });
});
