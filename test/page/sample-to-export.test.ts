/** What a stranger does first: the sample, its matrix, the source of a row, an export. Nobody signs up for it. */
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import readXlsxFile from 'read-excel-file/node';
import { eventually, lastingFaults } from '../support/eventually.ts';
import { makePdf, textLines } from '../support/make-pdf.ts';
import { describeWithPage, PAGE_TEST_TIMEOUT_MS, type PageLab, startPageLab } from '../support/page-lab.ts';
import {
  expectRowCount,
  exportAs,
  matrixRow,
  openMatrix,
  rowCount,
  runIdOf,
  searchRows,
  takeSample,
  uploadThrough,
} from '../support/page-steps.ts';
import { NARROW, type Visit, WIDE } from '../support/page-visit.ts';

jest.setTimeout(PAGE_TEST_TIMEOUT_MS);

const ROW = 'L-011';
const QUOTE = 'Text must be in Times New Roman or Arial, 12 points or larger, with single line spacing.';
const PAGE_OF_QUOTE = 11;

const LONG_NAME = `${'Attachment'.repeat(12).slice(0, 116)}.pdf`;
const HALL = 'The Contractor shall sweep the long hall daily.';

/** Runs in the page: what is wider than its place, or begins or ends outside of the window. */
const tooWide = (panel: Element): string[] =>
  [document.documentElement, panel, ...panel.querySelectorAll('header, section, h2, a, button, select, [role=group]')]
    .filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      const isBox = element === panel || element === document.documentElement;
      return left < -1 || right > innerWidth + 1 || (isBox && element.scrollWidth > element.clientWidth);
    })
    .map(({ tagName, textContent }) => `${tagName} ${textContent.slice(0, 40)}`);

describeWithPage('a visitor with the sample', () => {
  let lab: PageLab;
  let visit: Visit;
  let rows: number;

  beforeAll(async () => {
    lab = await startPageLab();
    visit = await lab.visit();
    await takeSample(visit.page, lab.url);
    await openMatrix(visit.page);
    rows = await rowCount(visit.page);
  });
  afterEach(() => expect(visit.faults).toEqual([]));
  afterAll(() => lab?.close());

  test('gets a matrix with a row for each requirement, without an account', () => {
    expect(rows).toBeGreaterThan(100);
  });

  test('goes by single letters only with the keyboard in the table or in the open row', async () => {
    const { page } = visit;
    const elsewhere = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Documents' });
    const search = page.getByRole('searchbox');
    await elsewhere.press('/');
    expect(await search.evaluate((element) => element === document.activeElement)).toBe(false);
    const links = matrixRow(page).getByRole('link', { name: /show its source$/ });
    await links.first().press('/');
    await search.and(page.locator(':focus')).waitFor();
    expect(await search.inputValue()).toBe('');

    await links.first().click();
    const panel = page.getByRole('complementary');
    await panel.getByText(/^1 of /).waitFor();
    await elsewhere.press('j');
    await panel.getByRole('button', { name: 'Close' }).press('j');
    await panel.getByText(/^[23] of /).waitFor();
    expect(await panel.getByText(/^2 of /).count()).toBe(1);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
  });

  test('reads in a row that needs review why it does', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: 'Verification' }).click();
    await page.getByRole('checkbox', { name: /^Needs review/ }).check();
    await page.keyboard.press('Escape');
    await eventually(async () => expect(await rowCount(page)).toBeLessThan(rows));
    await matrixRow(page).first().getByRole('link').click();
    const panel = page.getByRole('complementary');
    await panel.getByText('Needs review. A rule found it, but').waitFor();
    await panel.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Clear all' }).click();
    await page.getByRole('status').getByText(`${rows} rows`, { exact: true }).waitFor();
  });

  test('sees the page at the quote, highlighted, after a click on a row', async () => {
    const { page } = visit;
    await searchRows(page, ROW);
    await page.getByRole('link', { name: `${ROW}: show its source` }).click();
    const source = page.getByRole('complementary');
    await source.getByRole('img', { name: `Page ${PAGE_OF_QUOTE}` }).waitFor();
    await eventually(async () =>
      expect((await source.locator('mark').allTextContents()).join('').replace(/\s+/g, ' ')).toBe(QUOTE),
    );
    expect(new URL(page.url()).searchParams.has('row')).toBe(true);
  });

  test('comes back to the matrix as it was with the back button', async () => {
    const { page } = visit;
    await page.goBack();
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('search')).toBe(ROW);
    await eventually(async () => expect(await page.getByRole('searchbox').inputValue()).toBe(ROW));
  });

  test('is led to the sentences that were left out when a search finds no row', async () => {
    const { page } = visit;
    await searchRows(page, 'zeppelin');
    const link = page.getByRole('link', { name: 'Look in the ledger' });
    await link.waitFor();
    await page.getByText(/^\d+ sentences were left out of the matrix/).waitFor();
    await eventually(async () => expect(await link.getAttribute('href')).toMatch(/^\/runs\/[\w-]+\?show=excluded$/));
    await searchRows(page, ROW);
    await matrixRow(page).first().waitFor();
  });

  test('without a network is told that there is no file, and no more once there is one again', async () => {
    const { page, context } = visit;
    await context.setOffline(true);
    await page.getByRole('group', { name: 'Export' }).getByRole('button', { name: 'CSV' }).click();
    const failed = page.getByText(/^No CSV file/);
    await failed.waitFor();
    await context.setOffline(false);
    await failed.waitFor({ state: 'detached' });
  });

  test('opens the exported Excel file and finds every row of the matrix in it', async () => {
    const download = await exportAs(visit.page, 'Excel');
    expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
    const [first] = await readXlsxFile(await readFile(await download.path()));
    const table = first?.data ?? [];
    expect(table).toHaveLength(rows + 1);
    await visit.page.getByText(new RegExp(`goes to your downloads, with all ${rows} rows\\.$`)).waitFor();
    expect(JSON.stringify(table.find((cells) => cells.includes(ROW)))).toContain(QUOTE);
  });

  test.each([
    ['CSV', '.csv'],
    ['JSON', '.json'],
    ['Markdown', '.md'],
  ])('gets the %s export as a file with the same rows', async (format, ending) => {
    const download = await exportAs(visit.page, format);
    expect(download.suggestedFilename().endsWith(ending)).toBe(true);
    const text = await readFile(await download.path(), 'utf8');
    expect(text).toContain(QUOTE);
    expect(text).toContain(ROW);
    expect(runIdOf(visit.page)).not.toBe('');
  });

  test('with a package of two files reads one of them alone, and its long name takes no room from its source', async () => {
    const { page, faults, close } = await lab.visit();
    await page.goto(lab.url);
    await uploadThrough(page, [
      {
        name: LONG_NAME,
        mimeType: 'application/pdf',
        buffer: Buffer.from(makePdf([{ texts: textLines([HALL], 72, 72) }])),
      },
      {
        name: 'second.md',
        mimeType: 'text/markdown',
        buffer: Buffer.from('The Contractor shall lock the gate. The Contractor shall not smoke.'),
      },
    ]);
    await openMatrix(page);
    await expectRowCount(page, 3);
    await page.getByRole('button', { name: 'Document' }).click();
    await page.getByRole('checkbox', { name: 'second.md 2' }).waitFor();
    await page.getByRole('checkbox', { name: `${LONG_NAME} 1` }).check();
    await page.getByRole('button', { name: `Remove the filter ${LONG_NAME}` }).waitFor();
    await expectRowCount(page, 1);
    expect(new URL(page.url()).searchParams.get('document')).toBeTruthy();
    await eventually(async () => {
      const headers = await page.getByRole('columnheader').allTextContents();
      expect(headers).toContain('Document');
      expect(headers).not.toContain('Status');
    });

    await matrixRow(page).getByRole('link').click();
    const beside = page.getByRole('complementary');
    await beside.locator('mark').first().waitFor();
    await beside.locator('canvas[data-drawn]').first().waitFor();
    expect(page.viewportSize()).toEqual(WIDE);
    expect(await lastingFaults(() => beside.evaluate(tooWide))).toEqual([]);
    await eventually(async () => {
      const [bar, panel] = await Promise.all([page.getByRole('search').boundingBox(), beside.boundingBox()]);
      expect((bar?.x ?? Number.NaN) + (bar?.width ?? 0)).toBeLessThanOrEqual(panel?.x ?? 0);
    });
    await page.setViewportSize(NARROW);
    const over = page.getByRole('dialog');
    await over.locator('mark').first().waitFor();
    await over.locator('canvas[data-drawn]').first().waitFor();
    expect(await lastingFaults(() => over.evaluate(tooWide))).toEqual([]);
    await page.keyboard.press('Escape');
    await over.waitFor({ state: 'detached' });
    expect(await lastingFaults(() => page.getByRole('search').evaluate(tooWide))).toEqual([]);
    expect(faults).toEqual([]);
    await close();
  });
});
