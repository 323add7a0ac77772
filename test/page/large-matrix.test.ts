/**
 * A matrix as large as real packages have them, in a real browser: how much of it is in the document, and how long its script holds
 * up the page. A task's time is what it used the processor for (`tdur` of a trace), not what a clock says, so that other programs on
 * the machine change nothing. Only tasks of the page's main thread with script in them count; see test/support/script-tasks.ts.
 */
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { describeWithPage, PAGE_TEST_TIMEOUT_MS, type PageLab, startPageLab } from '../support/page-lab.ts';
import { expectRowCount, matrixRow, openMatrix, rowCount, uploadThrough, WORK_MS } from '../support/page-steps.ts';
import type { Visit } from '../support/page-visit.ts';
import { LONGEST_TASK_MS, recordTrace } from '../support/record-trace.ts';
import { longScriptTasks } from '../support/script-tasks.ts';

jest.setTimeout(PAGE_TEST_TIMEOUT_MS);

const DUTIES = 5200;
const DUTIES_PER_SECTION = 40;
const MOST_ROW_NODES = 150;

const ACTS = ['submit', 'deliver', 'maintain', 'inspect', 'archive', 'document', 'calibrate'];
const THINGS = [
  ...['inventory report', 'staffing plan', 'safety record', 'training log', 'test certificate', 'service ticket'],
  ...['cost summary', 'transition checklist', 'quality audit', 'delivery note', 'parts list'],
];
const PLACES = [
  ...['reading room', 'loading dock', 'north annex', 'data center', 'conference hall', 'repair shop', 'records vault'],
  ...['east wing', 'map library', 'main office', 'print shop', 'storage yard', 'visitor desk'],
];

const tagOf = (number: number): string => `T${String(number).padStart(4, '0')}`;
const isDesired = (number: number): boolean => number % 10 === 0;
const isOfOfferor = (number: number): boolean => number % 4 === 0;

const dutyOf = (number: number): string =>
  [
    isOfOfferor(number) ? 'The offeror' : 'The contractor',
    isDesired(number) ? 'should' : 'shall',
    `${ACTS[number % ACTS.length]} the ${THINGS[number % THINGS.length]} ${tagOf(number)}`,
    `for the ${PLACES[number % PLACES.length]} within ${number} hours.`,
  ].join(' ');

const NUMBERS = Array.from({ length: DUTIES }, (_, index) => index + 1);
const MARKDOWN = [
  '# Statement of Work',
  ...NUMBERS.flatMap((number) => {
    const section = (number - 1) / DUTIES_PER_SECTION + 1;
    return [...(Number.isInteger(section) ? [`## C.${section} Task area ${section}`] : []), dutyOf(number)];
  }),
].join('\n\n');

/** Runs in the page: from now on every frame counts the rows that are in the document. */
const countRowsEachFrame = (): void => {
  const counted = globalThis as unknown as { mostRows: number };
  counted.mostRows = 0;
  const count = (): void => {
    counted.mostRows = Math.max(counted.mostRows, document.querySelectorAll('[role=grid] [data-row]').length);
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
};

/** Runs in the page: as somebody drags the scroll bar down, a frame per step. */
const dragDown = async (scroller: Element): Promise<void> => {
  const steps = 60;
  for (let step = 0; step <= steps; step += 1) {
    scroller.scrollTop = (step / steps) * (scroller.scrollHeight - scroller.clientHeight);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
};

/** Runs in the page: work of far more than the limit, in the middle of an event. */
const blockInEvent = (): void => {
  addEventListener(
    'planted',
    () => {
      let sum = 0;
      for (let count = 0; count < 6e7; count += 1) sum = (sum + count) % 1_000_003;
      document.documentElement.dataset.planted = `${sum}`;
    },
    { once: true },
  );
  dispatchEvent(new Event('planted'));
};

describeWithPage('a matrix of more than 5,000 rows', () => {
  let lab: PageLab;
  let visit: Visit;
  let loading: string[];

  const longTasksWhile = async (work: () => Promise<void>): Promise<string[]> =>
    longScriptTasks(await recordTrace(lab.browser, work), LONGEST_TASK_MS);
  const mostRows = () => visit.page.evaluate(() => (globalThis as unknown as { mostRows: number }).mostRows);
  const rowNumbered = (number: number) => visit.page.locator(`[data-row][aria-rowindex="${number + 1}"]`);
  const toldRows = () => visit.page.getByRole('search').getByRole('status');

  beforeAll(async () => {
    lab = await startPageLab();
    visit = await lab.visit();
    const { page } = visit;
    await page.goto(lab.url);
    const buffer = Buffer.from(MARKDOWN, 'utf8');
    await uploadThrough(page, [{ name: 'duties.md', mimeType: 'text/markdown', buffer }]);
    await page.getByRole('link', { name: 'Open the matrix' }).first().waitFor({ timeout: WORK_MS });
    loading = await longTasksWhile(async () => {
      await openMatrix(page);
      await rowCount(page);
    });
    await page.evaluate(countRowsEachFrame);
  });
  afterEach(() => expect(visit.faults).toEqual([]));
  afterAll(() => lab?.close());

  test('loads without a task of script that holds up the page', async () => {
    await expectRowCount(visit.page, DUTIES);
    expect(loading).toEqual([]);
  });

  test('scrolls from top to bottom by wheel, with few rows in the document and no long task', async () => {
    const { page } = visit;
    const last = rowNumbered(DUTIES);
    await rowNumbered(1).getByText(tagOf(1)).waitFor();
    await matrixRow(page).first().hover();
    const long = await longTasksWhile(async () => {
      while ((await last.count()) === 0) await page.mouse.wheel(0, 6000);
    });
    await last.filter({ hasText: dutyOf(DUTIES) }).waitFor();
    expect(long).toEqual([]);
    expect(await mostRows()).toBeGreaterThan(5);
    expect(await mostRows()).toBeLessThanOrEqual(MOST_ROW_NODES);
  });

  test('goes to its first and last row, and page by page, with the keyboard alone', async () => {
    const { page } = visit;
    const focused = page.locator('[data-row]:focus-within');
    const focusIsOn = (number: number) =>
      page.locator(`[data-row][aria-rowindex="${number + 1}"]:focus-within`).waitFor();
    await page.getByRole('grid').locator('a[tabindex="0"]').focus();
    const long = await longTasksWhile(async () => {
      await page.keyboard.press('End');
      await focusIsOn(DUTIES);
      await page.keyboard.press('Home');
      await focusIsOn(1);
      for (let pressed = 0; pressed < 30; pressed += 1) await page.keyboard.press('PageDown');
    });
    await eventually(async () => expect(Number(await focused.getAttribute('aria-rowindex'))).toBeGreaterThan(100));
    expect(long).toEqual([]);
    expect(await mostRows()).toBeLessThanOrEqual(MOST_ROW_NODES);
  });

  test('follows the dragged scroll bar with few rows in the document and no long task', async () => {
    const { page } = visit;
    const scroller = await page.getByRole('grid').evaluateHandle((grid) => grid.parentElement as Element);
    const long = await longTasksWhile(() => scroller.evaluate(dragDown));
    await rowNumbered(DUTIES).waitFor();
    expect(long).toEqual([]);
    expect(await mostRows()).toBeLessThanOrEqual(MOST_ROW_NODES);
  });

  test('shows exactly the rows that a search means, while it is typed and without a long task', async () => {
    const { page } = visit;
    const [act, place] = ['calibrate', 'print shop'];
    const meant = NUMBERS.filter((number) => dutyOf(number).includes(act) && dutyOf(number).includes(place));
    const long = await longTasksWhile(async () => {
      await page.getByRole('searchbox').pressSequentially(`${place} ${act}`);
      await toldRows().getByText(`${meant.length} of 5,200 rows`).waitFor();
    });
    await expectRowCount(page, meant.length);
    for (const [index, number] of meant.slice(0, 5).entries()) {
      await rowNumbered(index + 1)
        .filter({ hasText: dutyOf(number) })
        .waitFor();
    }
    await page.getByRole('searchbox').fill(tagOf(4321));
    await toldRows().getByText('1 of 5,200 rows').waitFor();
    await eventually(async () =>
      expect(await matrixRow(page).allTextContents()).toEqual([expect.stringContaining(dutyOf(4321))]),
    );
    expect(long).toEqual([]);
  });

  test('counts its filters right, and narrows down without a long task', async () => {
    const { page } = visit;
    const filters = page.getByRole('group', { name: 'Filters' });
    const desired = NUMBERS.filter(isDesired).length;
    const desiredOfOfferor = NUMBERS.filter((number) => isDesired(number) && isOfOfferor(number)).length;
    const long = await longTasksWhile(async () => {
      await page.getByRole('searchbox').fill('');
      await toldRows().getByText('5,200 rows', { exact: true }).waitFor();
      await filters.getByRole('button', { name: 'Obligation' }).click();
      await page.getByRole('checkbox', { name: `Desired ${desired}` }).check();
      await toldRows().getByText(`${desired} of 5,200 rows`).waitFor();
      await filters.getByRole('button', { name: 'Actor' }).click();
      await page.getByRole('checkbox', { name: `Offeror ${desiredOfOfferor}` }).check();
      await toldRows().getByText(`${desiredOfOfferor} of 5,200 rows`).waitFor();
    });
    await expectRowCount(page, desiredOfOfferor);
    expect(long).toEqual([]);
  });

  test('would be found out: script that blocks the page in an event is measured as a long task', async () => {
    const long = await longTasksWhile(() => visit.page.evaluate(blockInEvent));
    expect(long).toHaveLength(1);
  });
});
