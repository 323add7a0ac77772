/** Without a mouse: from the upload to the exported file, with nothing but keys, and with a sign at every step of where they are. */
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { settled } from '../support/eventually.ts';
import { expectFocus, expectFocusToBeSeen, tabTo } from '../support/page-keys.ts';
import { describeWithPage, PAGE_TEST_TIMEOUT_MS, type PageLab, startPageLab } from '../support/page-lab.ts';
import { matrixRow, WORK_MS } from '../support/page-steps.ts';
import type { Visit } from '../support/page-visit.ts';

jest.setTimeout(PAGE_TEST_TIMEOUT_MS);

const SOLICITATION = 'test/fixtures/solicitation/pdf/01-solicitation.pdf';
const FILE_NAME = '01-solicitation.pdf';

describeWithPage('with the keyboard alone', () => {
  let lab: PageLab;
  let visit: Visit;
  let page: Page;
  const rowLink = (id: string): Locator => page.getByRole('link', { name: `${id}: show its source` });
  const press = (key: string): Promise<void> => page.keyboard.press(key);

  beforeAll(async () => {
    lab = await startPageLab();
    visit = await lab.visit();
    page = visit.page;
    await page.goto(lab.url);
    await page.getByRole('button', { name: 'Try it with a sample solicitation' }).waitFor();
  });
  afterEach(() => expect(visit.faults).toEqual([]));
  afterAll(() => lab?.close());

  test('the first key leads past the navigation', async () => {
    await press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the content' });
    await expectFocus(skip);
    await expectFocusToBeSeen(page);
    await press('Enter');
    await expectFocus(page.getByRole('main'));
    const files = page.locator('input[type=file]');
    await press('Tab');
    await expectFocus(files);
    await expectFocusToBeSeen(page);
  });

  test('a file is uploaded, and its matrix opened', async () => {
    await page.locator('input[type=file]:focus').setInputFiles(SOLICITATION);
    const matrix = page.getByRole('link', { name: 'Open the matrix' });
    await matrix.waitFor({ timeout: WORK_MS });
    await tabTo(page, matrix);
    await press('Enter');
    await matrixRow(page).first().waitFor({ timeout: WORK_MS });
  });

  test('rows are searched and filtered', async () => {
    await tabTo(page, matrixRow(page).first().getByRole('link'));
    await press('/');
    await expectFocus(page.getByRole('searchbox'));
    await page.keyboard.type('proposal');
    await page.waitForURL(/search=proposal/);
    await tabTo(page, page.getByRole('button', { name: 'Obligation' }));
    await press('Enter');
    await tabTo(page, page.getByRole('checkbox', { name: /Mandatory/ }));
    await press('Space');
    await page.waitForURL(/obligation=mandatory/);
    await press('Escape');
    await expectFocus(page.getByRole('button', { name: 'Obligation, 1 chosen' }));
  });

  test('the arrows go from row to row, Enter shows the source, and Escape leads back to the row', async () => {
    const ids = await settled(() => matrixRow(page).getByRole('link').allTextContents());
    const [first = '', second = '', third = ''] = ids;
    await tabTo(page, rowLink(first));
    await press('ArrowDown');
    await rowLink(second).and(page.locator(':focus')).waitFor();
    await expectFocusToBeSeen(page);
    await press('Enter');
    const source = page.getByRole('complementary');
    await source.locator('mark').first().waitFor();
    await press('j');
    await source.getByRole('heading', { name: third }).waitFor();
    await press('Escape');
    await source.waitFor({ state: 'detached' });
    await rowLink(third).and(page.locator(':focus')).waitFor();
  });

  test('the matrix is exported', async () => {
    const excel = page.getByRole('button', { name: 'Excel', exact: true });
    await tabTo(page, excel, 'backwards');
    const [download] = await Promise.all([page.waitForEvent('download', { timeout: WORK_MS }), press('Enter')]);
    expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
  });

  test('the bars of the ledger are gone through and opened', async () => {
    await page.goto(page.url().replace(/\/matrix.*/, ''));
    const bars = page.getByRole('option');
    await bars.first().waitFor();
    await tabTo(page, bars.first());
    await press('ArrowRight');
    await press('ArrowRight');
    await expectFocus(bars.nth(2));
    await expectFocusToBeSeen(page);
    await press('Enter');
    const title = page.getByRole('heading', { name: `Page 3 of ${FILE_NAME}` });
    await title.and(page.locator(':focus')).waitFor();
    await tabTo(page, page.getByRole('button', { name: 'Back to the whole package' }));
    await press('Enter');
    await bars.nth(2).and(page.locator(':focus')).waitFor();
  });

  test('the arrows go from block to block of a document, and Enter shows the block in the original', async () => {
    await tabTo(page, page.getByRole('link', { name: 'Open the document' }), 'backwards');
    await press('Enter');
    await page.locator('canvas[data-drawn]').first().waitFor();
    await tabTo(page, page.getByRole('group', { name: 'Text as Markdown' }));
    await press('ArrowDown');
    const block = page.locator('[data-block]:focus');
    await block.waitFor();
    const before = await block.getAttribute('data-block');
    await press('ArrowDown');
    await page.locator(`[data-block]:focus:not([data-block="${before}"])`).waitFor();
    await expectFocusToBeSeen(page);
    const chosen = await block.getAttribute('data-block');
    await press('Enter');
    await page.waitForURL((url) => url.searchParams.get('block') === chosen);
  });

  test('the question before something is deleted keeps the keys, and gives them back', async () => {
    await tabTo(page, page.getByRole('link', { name: 'Documents', exact: true }).last(), 'backwards');
    await press('Enter');
    const bin = page.getByRole('button', { name: `Delete ${FILE_NAME}` });
    await bin.waitFor();
    await tabTo(page, bin);
    await press('Enter');
    const dialog = page.getByRole('dialog');
    const keep = dialog.getByRole('button', { name: 'Keep' });
    await keep.and(page.locator(':focus')).waitFor();
    const places = [];
    for (let step = 0; step < 4; step += 1) {
      await press('Tab');
      places.push(
        await page.evaluate(() =>
          document.activeElement?.closest('main') === null
            ? 'frame'
            : document.activeElement?.closest('dialog')
              ? 'dialog'
              : 'behind',
        ),
      );
    }
    expect(places).toContain('dialog');
    expect(places).not.toContain('behind');
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await bin.and(page.locator(':focus')).waitFor();
  });
});
