/** Every address leads to its view, whoever follows it from a mail; and the back button leads back. */
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { describeWithPage, PAGE_TEST_TIMEOUT_MS, type PageLab, startPageLab } from '../support/page-lab.ts';
import { expectRowCount, matrixRow, openMatrix, searchRows, takeSample } from '../support/page-steps.ts';
import type { Visit } from '../support/page-visit.ts';

jest.setTimeout(PAGE_TEST_TIMEOUT_MS);

const ROW = 'L-011';
const QUOTE = 'Text must be in Times New Roman or Arial, 12 points or larger, with single line spacing.';
const PAGE_OF_QUOTE = 11;
const FILE_NAME = '01-solicitation.pdf';
/** Pixels, of a window 900 high: enough for a quote with what stands around it. */
const LEAST_HEIGHT_OF_PAGES = 320;

const heading = (page: Page, name: string): Locator => page.getByRole('heading', { name, exact: true }).first();
const expectMarked = (page: Page, text: string): Promise<void> =>
  eventually(async () =>
    expect((await page.locator('mark').allTextContents()).join('').replace(/\s+/g, ' ')).toBe(text),
  );

describeWithPage('an address', () => {
  let lab: PageLab;
  let visit: Visit;
  let run: string;
  /** With the row's source. */
  let matrixOfRow: string;
  /** At the quote of the row. */
  let documentAtQuote: URL;

  /** As from a bookmark: nothing of the page is there yet. */
  const openCold = async (path: string): Promise<Page> => {
    const page = await visit.context.newPage();
    await page.goto(`${lab.url}${path}`);
    return page;
  };

  beforeAll(async () => {
    lab = await startPageLab();
    visit = await lab.visit();
    const { page } = visit;
    await takeSample(page, lab.url);
    await openMatrix(page);
    run = new URL(page.url()).pathname.replace('/matrix', '');
    await searchRows(page, ROW);
    await page.getByRole('link', { name: `${ROW}: show its source` }).click();
    await page.waitForURL(({ searchParams }) => searchParams.has('row'));
    await page.getByRole('complementary').getByRole('heading', { name: ROW }).waitFor();
    const whole = page.getByRole('link', { name: 'Open the whole document' });
    documentAtQuote = new URL((await whole.getAttribute('href')) ?? '', lab.url);
    matrixOfRow = page.url().slice(lab.url.length);
  });
  afterEach(() => expect(visit.faults).toEqual([]));
  afterAll(() => lab?.close());

  test.each([
    ['/', 'Your RFP as a compliance matrix, and proof that nothing was left out'],
    ['/documents', 'Documents'],
    ['/runs', 'Analyses'],
    ['/account', 'Keep your work'],
  ])('%s shows its view', async (path, title) => {
    const page = await openCold(path);
    await heading(page, title).waitFor();
    await page.close();
  });

  test('of a document with a place marks what stands there, on both sides', async () => {
    const page = await openCold(documentAtQuote.pathname + documentAtQuote.search);
    await expectMarked(page, QUOTE);
    await page.getByRole('img', { name: `Page ${PAGE_OF_QUOTE}` }).waitFor();
    await page.close();
  });

  test('of a document with a block shows that block', async () => {
    const block = documentAtQuote.searchParams.get('block');
    const page = await openCold(`${documentAtQuote.pathname}?block=${block}`);
    await page.locator(`[data-block="${block}"]`).filter({ hasText: QUOTE }).waitFor();
    await page.getByRole('img', { name: `Page ${PAGE_OF_QUOTE}` }).waitFor();
    await page.close();
  });

  test('of a document with a page shows that page, on both sides', async () => {
    const page = await openCold(`${documentAtQuote.pathname}?page=5`);
    await page.getByRole('img', { name: 'Page 5' }).waitFor();
    await page.locator('input[inputmode=numeric]').and(page.locator('[value="5"]')).waitFor();
    await page.locator('[data-page="Page 5"]').waitFor();
    await page.close();
  });

  test('of a run with a part shows what that part of the ledger holds', async () => {
    const page = await openCold(`${run}?part=2`);
    await heading(page, `Page 3 of ${FILE_NAME}`).waitFor();
    await page.getByRole('option').nth(2).and(page.locator('[aria-selected=true]')).waitFor();
    await page.close();
  });

  test('of a matrix with filters and a row shows these rows and that source, and so it does when it is loaded anew', async () => {
    const page = await openCold(`${matrixOfRow}&obligation=mandatory`);
    await page.setViewportSize({ width: 1440, height: 900 });
    for (const load of [() => Promise.resolve(), () => page.reload()]) {
      await load();
      await page.getByRole('complementary').getByRole('heading', { name: ROW }).waitFor();
      await eventually(async () => expect(await page.getByRole('searchbox').inputValue()).toBe(ROW));
      await page.getByRole('button', { name: 'Remove the filter Mandatory' }).waitFor();
      await expectRowCount(page, 1);
      await page.getByRole('complementary').locator('mark').filter({ hasText: 'Text must be' }).first().waitFor();
      const pages = page.getByRole('group', { name: 'Pages of the original' });
      await eventually(async () => expect((await pages.boundingBox())?.height).toBeGreaterThan(LEAST_HEIGHT_OF_PAGES));
    }
    await page.close();
  });

  test('that the page does not have is answered with 404 and says so', async () => {
    const page = await visit.context.newPage();
    const answer = await page.goto(`${lab.url}/no-such-place`);
    expect(answer?.status()).toBe(404);
    await heading(page, 'Nothing here').waitFor();
    await page.close();
  });

  test.each(['/documents/none', '/runs/none', '/runs/none/matrix', '/documents/a%2Fb', '/runs/%3Cb%3E'])(
    '%s names nothing that is there, and says so',
    async (path) => {
      const page = await openCold(path);
      await heading(page, 'Nothing here').waitFor();
      await page.close();
    },
  );

  test('begins at its top, and comes back with the back and forward buttons', async () => {
    const page = await openCold('/');
    await page.setViewportSize({ width: 1440, height: 500 });
    const link = (name: string) => page.getByRole('main').getByRole('link', { name, exact: true }).first();
    /** Each view of the way: how to know it, how far it is scrolled, and how to leave it. */
    const stations: { isShown: Locator; top: number; next: () => Promise<void> }[] = [
      {
        isShown: heading(page, 'Your matrix is ready'),
        top: 700,
        next: () => page.getByRole('navigation').getByRole('link', { name: 'Documents' }).click(),
      },
      {
        isShown: heading(page, 'Documents'),
        top: 0,
        next: async () => {
          await link(FILE_NAME).click();
        },
      },
      { isShown: heading(page, FILE_NAME), top: 0, next: () => link('Analysis').click() },
      { isShown: heading(page, 'Where every sentence went'), top: 300, next: () => link('189 In the matrix').click() },
      {
        isShown: matrixRow(page).first(),
        top: 0,
        next: () => matrixRow(page).nth(1).getByRole('link').click(),
      },
      {
        isShown: page.getByRole('complementary').locator('mark').first(),
        top: 0,
        next: async () => {
          await page.getByRole('button', { name: 'Obligation' }).click();
          await page.getByRole('checkbox', { name: /Mandatory/ }).check();
        },
      },
      {
        isShown: page.getByRole('button', { name: 'Remove the filter Mandatory' }),
        top: 0,
        next: () => Promise.resolve(),
      },
    ];
    const addresses: string[] = [];
    /** A view that fetches what it shows may be too low for it at first. */
    const scrollTo = (top: number): Promise<void> =>
      eventually(async () => {
        await page.mouse.wheel(0, top - (await page.evaluate(() => scrollY)));
        await page.waitForFunction((wanted) => Math.abs(scrollY - wanted) < 50, top, { timeout: 1000 });
      });
    for (const { isShown, top, next } of stations) {
      await isShown.waitFor();
      await eventually(async () => expect(await page.evaluate(() => scrollY)).toBeLessThan(50));
      await page.waitForURL(({ href }) => href !== addresses.at(-1));
      addresses.push(page.url());
      if (top > 0) await scrollTo(top);
      await next();
    }
    expect(new Set(addresses).size).toBe(stations.length);
    const there = [...stations.entries()];
    for (const [at, { isShown }] of there.slice(0, -1).toReversed()) {
      await page.goBack();
      await page.waitForURL(addresses[at] ?? '');
      await isShown.waitFor();
    }
    for (const [at, { isShown }] of there.slice(1)) {
      await page.goForward();
      await page.waitForURL(addresses[at] ?? '');
      await isShown.waitFor();
    }
    await page.close();
  });
});
