/** What a stranger does first: the sample, its matrix, the source of a row, an export. Nobody signs up for it. */
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import readXlsxFile from 'read-excel-file/node';
import { describeWithPage, PAGE_TEST_TIMEOUT_MS, type PageLab, startPageLab } from '../support/page-lab.ts';
import { exportAs, matrixRow, openMatrix, rowCount, runIdOf, takeSample } from '../support/page-steps.ts';
import type { Visit } from '../support/page-visit.ts';

jest.setTimeout(PAGE_TEST_TIMEOUT_MS);

const ROW = 'L-011';
const QUOTE = 'Text must be in Times New Roman or Arial, 12 points or larger, with single line spacing.';
const PAGE_OF_QUOTE = 11;

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
    expect(await search.evaluate((element) => element === document.activeElement)).toBe(true);
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

  test('sees the page at the quote, highlighted, after a click on a row', async () => {
    const { page } = visit;
    await page.getByRole('searchbox').fill(ROW);
    await page.getByRole('link', { name: `${ROW}: show its source` }).click();
    const source = page.getByRole('complementary');
    await source.getByRole('img', { name: `Page ${PAGE_OF_QUOTE}` }).waitFor();
    await source.locator('mark').first().waitFor();
    expect((await source.locator('mark').allTextContents()).join('').replace(/\s+/g, ' ')).toBe(QUOTE);
    expect(new URL(page.url()).searchParams.has('row')).toBe(true);
  });

  test('comes back to the matrix as it was with the back button', async () => {
    const { page } = visit;
    await page.goBack();
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('search')).toBe(ROW);
    expect(await page.getByRole('searchbox').inputValue()).toBe(ROW);
  });

  test('opens the exported Excel file and finds every row of the matrix in it', async () => {
    const download = await exportAs(visit.page, 'Excel');
    expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
    const [first] = await readXlsxFile(await readFile(await download.path()));
    const table = first?.data ?? [];
    expect(table).toHaveLength(rows + 1);
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
});
