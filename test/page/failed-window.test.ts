/** A part of a document that cannot be read for a while: its run says so, keeps the rest, and reads that part alone when asked again. */
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Locator } from 'playwright-core';
import type { RunWindow } from '../../functions/src/contracts/run.ts';
import type { RunKey } from '../../functions/src/repositories.ts';
import { eventually, settled } from '../support/eventually.ts';
import { generateSolicitation } from '../support/generate-solicitation.ts';
import { describeWithPage, PAGE_TEST_TIMEOUT_MS, type PageLab, startPageLab } from '../support/page-lab.ts';
import { expectRowCount, openMatrix, runIdOf, uploadThrough, WORK_MS } from '../support/page-steps.ts';
import type { Visit } from '../support/page-visit.ts';
import { writes } from '../support/storage-moments.ts';
import { type Operator, openOperator } from '../support/system-uploads.ts';

jest.setTimeout(PAGE_TEST_TIMEOUT_MS);

const FILE_NAME = 'library.md';
const FAILING = { windowId: 'compliance-matrix-00002', number: 3 };
/** More than there are: none waits behind the one that fails. */
const WINDOWS_IN_FLIGHT = 20;
/** Storage that is full: an answer that the storage's client does not try again by itself. */
const FULL = 507;
const FULL_IN_WORDS = 'File storage does not answer. Try again in a moment.';

/** What becomes of the result of one window. */
const createTrouble = () => {
  const isFailing = writes(`${FAILING.windowId}.json`);
  let answer: number | undefined;
  let held = Promise.withResolvers<void>();
  return {
    fault: (request: Parameters<typeof isFailing>[0]) =>
      isFailing(request) ? held.promise.then(() => answer) : undefined,
    /** Whoever writes it waits from now on. */
    hold() {
      held = Promise.withResolvers();
    },
    /** `status` undefined: all is well again. */
    release(status?: number) {
      answer = status;
      held.resolve();
    },
  };
};

describeWithPage('a window that cannot be read', () => {
  const trouble = createTrouble();
  let lab: PageLab;
  let visit: Visit;
  let operator: Operator;
  let key: RunKey;
  let rowsWithout: number;

  beforeAll(async () => {
    lab = await startPageLab({
      storageFaults: { fault: trouble.fault },
      environment: { WINDOWS_IN_FLIGHT: String(WINDOWS_IN_FLIGHT) },
    });
    operator = openOperator(lab.system.cloud);
    visit = await lab.visit();
  });
  afterEach(() => expect(visit.faults).toEqual([]));
  afterAll(async () => {
    trouble.release();
    await operator?.close();
    await lab?.close();
  });

  const main = (): Locator => visit.page.getByRole('main');
  const badge = (state: string): Locator => main().getByText(state, { exact: true }).first();
  const windows = (): Promise<RunWindow[]> => operator.repositories.runs.listWindows(key);
  const others = async () => (await windows()).filter(({ windowId }) => windowId !== FAILING.windowId);
  const figure = async (name: string): Promise<number> => {
    const value = main().locator('dt', { hasText: name }).locator('xpath=following-sibling::dd');
    return Number((await value.textContent())?.replace(/\D/g, ''));
  };
  const usage = async (): Promise<string[]> => {
    const { docs } = await operator.db
      .collection(`orgs/${key.orgId}/usage`)
      .where('kind', '==', 'windows_analysed')
      .get();
    return docs.map((each) => each.get('subject').windowId).sort();
  };
  /** All windows but one are read, and that one is under way. */
  const allButOne = async (): Promise<void> => {
    const planned = (await windows()).length;
    await main()
      .getByText(`${planned - 1} of ${planned} windows read`, { exact: true })
      .waitFor({ timeout: WORK_MS });
  };

  test('Its run shows what the other windows have found while it is still under way', async () => {
    const { page } = visit;
    await page.goto(lab.url);
    const { markdown } = generateSolicitation({ seed: 5, pages: 50 });
    await uploadThrough(page, [{ name: FILE_NAME, mimeType: 'text/markdown', buffer: Buffer.from(markdown) }]);
    await page.getByRole('link', { name: 'See the analysis' }).click({ timeout: WORK_MS });
    await badge('Being analysed').waitFor({ timeout: WORK_MS });
    const [run] = (await operator.db.collectionGroup('runs').get()).docs;
    key = { orgId: run?.get('orgId'), runId: runIdOf(page) };
    await allButOne();
    expect((await windows()).length).toBeGreaterThan(FAILING.number);
    const found = page.getByRole('region', { name: 'Found so far' }).getByRole('listitem');
    await eventually(async () => expect(await found.count()).toBeGreaterThan(10));
    const bar = page.getByRole('progressbar', { name: 'Windows read' });
    const share = 1 - 1 / (await windows()).length;
    await eventually(async () => expect(Number(await bar.getAttribute('value'))).toBeCloseTo(share));
    await badge('Being analysed').waitFor();
  });

  test('When it is given up the run is ready in part, and names it with its reason', async () => {
    trouble.release(FULL);
    await badge('Ready in part').waitFor({ timeout: WORK_MS });
    const { page } = visit;
    const unread = page.getByRole('region', { name: '1 window was not read' });
    const named = unread.getByRole('listitem').first();
    const words = [FILE_NAME, `Window ${FAILING.number} of ${(await windows()).length}`, FULL_IN_WORDS];
    for (const each of words) await named.filter({ hasText: each }).waitFor();
    await eventually(async () => expect(await figure('Rows in the matrix')).toBeGreaterThan(10));
    rowsWithout = await settled(() => figure('Rows in the matrix'));
  });

  test('Tried again it alone is read: the run goes live, ends whole, and its matrix has the rows that were missing', async () => {
    const { page } = visit;
    const before = { others: await others(), usage: await usage() };
    trouble.hold();
    await page.getByRole('button', { name: 'Try the failed windows again' }).click();
    await badge('Being analysed').waitFor();
    await allButOne();
    trouble.release();
    await badge('Ready').waitFor({ timeout: WORK_MS });
    await eventually(async () => expect(await page.getByText('not read', { exact: false }).count()).toBe(0));
    await eventually(async () => expect(await figure('Rows in the matrix')).toBeGreaterThan(rowsWithout));
    const rows = await settled(() => figure('Rows in the matrix'));
    expect(await others()).toEqual(before.others);
    expect(before.usage).not.toContain(FAILING.windowId);
    await eventually(async () => expect(await usage()).toEqual([...before.usage, FAILING.windowId].sort()));
    await openMatrix(page);
    await expectRowCount(page, rows);
  });
});
