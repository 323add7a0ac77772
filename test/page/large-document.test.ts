/**
 * A solicitation of 300 pages in a real browser: what of it is in the document at once, and how long its script holds up the page.
 * Times are processor times, as in large-matrix.test.ts.
 */
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { generateSolicitation } from '../support/generate-solicitation.ts';
import { describeWithPage, PAGE_TEST_TIMEOUT_MS, type PageLab, startPageLab } from '../support/page-lab.ts';
import { uploadThrough, WORK_MS } from '../support/page-steps.ts';
import type { Visit } from '../support/page-visit.ts';
import { LONGEST_TASK_MS, recordTrace } from '../support/record-trace.ts';
import { longScriptTasks } from '../support/script-tasks.ts';

jest.setTimeout(PAGE_TEST_TIMEOUT_MS);

const PAGES = 300;
const FAR_PAGE = 287;
const MOST_CANVASES = 8;
const MOST_ELEMENTS = 1500;

interface Counted {
  most: { canvases: number; elements: number };
}

/** Runs in the page: from now on every frame counts what is in the document. */
const countEachFrame = (): void => {
  const counted = globalThis as unknown as Counted;
  counted.most = { canvases: 0, elements: 0 };
  const count = (): void => {
    const { most } = counted;
    most.canvases = Math.max(most.canvases, document.getElementsByTagName('canvas').length);
    most.elements = Math.max(most.elements, document.getElementsByTagName('*').length);
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
};

/** Runs in the page: as somebody drags the scroll bar down, a few frames per step. */
const dragDown = async (pane: Element, steps: number): Promise<void> => {
  for (let step = 0; step <= steps; step += 1) {
    pane.scrollTop = (step / steps) * (pane.scrollHeight - pane.clientHeight);
    for (let frames = 0; frames < 2; frames += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  }
};

/** Runs in the page: whether the element begins in the part of its pane that is seen. */
const isInSight = (selector: string): boolean => {
  const element = document.querySelector(selector);
  const pane = element?.closest('[role=group]')?.getBoundingClientRect();
  const top = element?.getBoundingClientRect().top;
  return pane !== undefined && top !== undefined && top >= pane.top && top < pane.bottom;
};

/** Runs in the page: downwards by less than is in sight, as fast as the text is drawn, until the element is there. */
const scrollUntil = async (pane: Element, selector: string): Promise<void> => {
  const isBlank = () => [...pane.querySelectorAll('[data-index]')].some(({ textContent }) => textContent === '');
  while (pane.querySelector(selector) === null && pane.scrollTop + pane.clientHeight < pane.scrollHeight - 1) {
    pane.scrollTop += pane.clientHeight * 0.8;
    do await new Promise((resolve) => requestAnimationFrame(resolve));
    while (isBlank());
  }
};

describeWithPage('a document of 300 pages', () => {
  let lab: PageLab;
  let visit: Visit;
  let opening: string[];
  let passage: Locator;
  let original: Locator;

  const longTasksWhile = async (work: () => Promise<void>): Promise<string[]> =>
    longScriptTasks(await recordTrace(lab.browser, work), LONGEST_TASK_MS);
  const drawn = (page: number) => original.locator(`canvas[data-drawn][aria-label="Page ${page}"]`);
  const expectFewInDocument = async () => {
    const { canvases, elements } = await visit.page.evaluate(() => (globalThis as unknown as Counted).most);
    expect(canvases).toBeGreaterThan(0);
    expect(canvases).toBeLessThanOrEqual(MOST_CANVASES);
    expect(elements).toBeLessThanOrEqual(MOST_ELEMENTS);
  };

  beforeAll(async () => {
    const [started, bytes] = await Promise.all([startPageLab(), generateSolicitation({ seed: 1, pages: PAGES }).pdf]);
    lab = started;
    visit = await lab.visit();
    const { page } = visit;
    passage = page.getByRole('group', { name: 'Text as Markdown' });
    original = page.getByRole('group', { name: 'Pages of the original' });
    await page.goto(lab.url);
    await uploadThrough(page, [{ name: 'library.pdf', mimeType: 'application/pdf', buffer: Buffer.from(bytes) }]);
    const toDocument = page.getByRole('link', { name: 'Open document' });
    await toDocument.waitFor({ timeout: WORK_MS });
    opening = await longTasksWhile(async () => {
      await toDocument.click();
      await drawn(1).waitFor({ timeout: WORK_MS });
    });
    await page.evaluate(countEachFrame);
  });
  afterEach(() => expect(visit.faults).toEqual([]));
  afterAll(() => lab?.close());

  test('opens at its first page without a task of script that holds up the page', async () => {
    await drawn(1).waitFor();
    expect(opening).toEqual([]);
  });

  test('scrolls through its pages with few canvases and few elements in the document', async () => {
    await original.evaluate(dragDown, 80);
    await drawn(PAGES).waitFor({ timeout: WORK_MS });
    await expectFewInDocument();
  });

  test('goes to a page whose number is typed, on both sides', async () => {
    const field = visit.page.getByRole('textbox', { name: 'Page' });
    await field.fill(`${FAR_PAGE}`);
    await field.press('Enter');
    await drawn(FAR_PAGE).waitFor({ timeout: WORK_MS });
    await visit.page.waitForFunction(isInSight, `[data-page="Page ${FAR_PAGE}"]`);
    await eventually(async () => expect(await field.inputValue()).toBe(`${FAR_PAGE}`));
  });

  test('scrolls through its Markdown with few elements in the document, no long task, and the original where it was', async () => {
    const long = await longTasksWhile(() => passage.evaluate(dragDown, 60));
    expect(long).toEqual([]);
    await expectFewInDocument();
    await drawn(FAR_PAGE).waitFor();
  });

  test('shows the page of a block of its Markdown that is clicked, near the end', async () => {
    await original.evaluate((pane) => pane.scrollTo({ top: 0 }));
    await drawn(1).waitFor({ timeout: WORK_MS });
    await passage.evaluate((pane) => pane.scrollTo({ top: 0.9 * pane.scrollHeight }));
    const first = `[data-page="Page ${FAR_PAGE}"]`;
    await passage.evaluate(scrollUntil, first);
    await passage.locator(first).click();
    await drawn(FAR_PAGE).waitFor({ timeout: WORK_MS });
    await drawn(1).waitFor({ state: 'detached' });
    await expectFewInDocument();
  });
});
