/** A network that is slow, breaks off, is away for a while, or does not reach the service: nothing is lost, and it is said what to do. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { lastingFaults } from '../support/eventually.ts';
import { makePdf, textLines } from '../support/make-pdf.ts';
import { paddedPdf } from '../support/padded-pdf.ts';
import { describeWithPage, PAGE_TEST_TIMEOUT_MS, type PageLab, startPageLab } from '../support/page-lab.ts';
import { expectRowCount, type NamedFile, openMatrix, uploadThrough, WORK_MS } from '../support/page-steps.ts';
import { accessibilityFaults, type Visit } from '../support/page-visit.ts';
import { wordsShown } from '../support/words-shown.ts';

jest.setTimeout(PAGE_TEST_TIMEOUT_MS);

/** Over a slow line the states between may never be seen: what is read by then is told at once. */
const AFTER_UPLOAD = /^(Arrived|Being read|Read, )/;
/** 400 kbit/s up. */
const SLOW = { offline: false, latency: 300, downloadThroughput: 1_000_000, uploadThroughput: 50_000 };
const USUAL = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
/** Six seconds of it. */
const SLOW_BYTES = 300_000;
const RESETS = 2;
const RETRY_AFTER_SECONDS = 3;
const OFFLINE_BANNER = /You are offline/;
const WHAT_TO_DO = 'mdraft does not answer. Check your network; nothing that you uploaded is lost.';

const pdfOf = (name: string, sentence: string): NamedFile => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from(makePdf([{ texts: textLines([sentence], 72, 72) }])),
});

/** Of an upload, from what is said of it. */
const sharesIn = (words: readonly string[]): number[] => [
  ...new Set(words.flatMap((each) => /Uploading .*?, (\d+) %/.exec(each)?.[1] ?? []).map(Number)),
];

/** Runs in the page: whether its parts of these names are there. */
const hasLoaded = (parts: readonly string[]): boolean => {
  const names = performance.getEntriesByType('resource').map(({ name }) => name);
  return parts.every((part) => names.some((name) => name.includes(`/assets/${part}-`) && name.endsWith('.js')));
};

describeWithPage('a broken network', () => {
  let lab: PageLab;
  let visits: Visit[];

  const visit = async (): Promise<Visit> => {
    const opened = await lab.visit();
    visits.push(opened);
    return opened;
  };
  const uploaded = async (page: Page, file: NamedFile): Promise<void> => {
    await page.goto(lab.url);
    await uploadThrough(page, [file]);
    await openMatrix(page);
  };
  const main = (page: Page): Locator => page.getByRole('main');

  beforeAll(async () => {
    lab = await startPageLab();
  });
  beforeEach(() => {
    visits = [];
  });
  afterEach(async () => {
    for (const { faults, close } of visits) {
      expect(faults).toEqual([]);
      await close();
    }
  });
  afterAll(() => lab?.close());

  test('Over a slow line the bar moves through the upload, which ends in the matrix', async () => {
    const { page, context } = await visit();
    const buffer = paddedPdf('The Contractor shall sweep the long hall daily.', SLOW_BYTES);
    const told = await wordsShown(page, 'main p');
    await page.goto(lab.url);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', SLOW);
    await uploadThrough(page, [{ name: 'long.pdf', mimeType: 'application/pdf', buffer }]);
    await page.getByText(AFTER_UPLOAD).first().waitFor({ timeout: WORK_MS });
    await devtools.send('Network.emulateNetworkConditions', USUAL);
    const shares = sharesIn(await told());
    expect(shares.filter((share) => share > 0 && share < 100).length).toBeGreaterThan(2);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    await openMatrix(page);
    await expectRowCount(page, 1);
  });

  test('An upload that is reset twice goes on by itself', async () => {
    const { page, context } = await visit();
    let resets = 0;
    await context.route(`${lab.system.cloud.storage.url}/**`, (route) => {
      if (route.request().method() !== 'PUT' || resets === RESETS) return route.continue();
      resets += 1;
      return route.abort('connectionreset');
    });
    const told = await wordsShown(page, 'main p');
    await page.goto(lab.url);
    await uploadThrough(page, [pdfOf('reset.pdf', 'The Contractor shall sweep the north hall daily.')]);
    await openMatrix(page);
    expect(await told()).toContain('The connection broke off. It goes on by itself as soon as there is one.');
    expect(resets).toBe(RESETS);
    await expectRowCount(page, 1);
  });

  test('Without a network what was seen stays in sight, and every action says what to do', async () => {
    const { page, context } = await visit();
    await uploaded(page, pdfOf('first.pdf', 'The Contractor shall sweep the south hall daily.'));
    await page.waitForFunction(hasLoaded, ['runs-view', 'documents-view']);
    await page.getByRole('link', { name: 'Documents' }).click();
    const row = main(page).getByRole('row', { name: /first\.pdf/ });
    await row.getByText('Ready', { exact: true }).waitFor();
    await page.goBack();
    await expectRowCount(page, 1);

    await context.setOffline(true);
    await page.getByRole('status').filter({ hasText: OFFLINE_BANNER }).waitFor();
    await expectRowCount(page, 1);
    await page.getByRole('group', { name: 'Export' }).getByRole('button', { name: 'CSV' }).click();
    await page
      .getByRole('status')
      .filter({ hasText: `No CSV file: ${WHAT_TO_DO}` })
      .waitFor();
    await page.getByRole('link', { name: 'Analyses' }).click();
    await page.getByRole('heading', { name: 'Analyses', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Documents' }).click();
    await row.getByText('Ready', { exact: true }).waitFor();
    await row.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Analyse', exact: true }).click();
    await page
      .getByRole('alert')
      .filter({ hasText: `The analysis did not start. ${WHAT_TO_DO}` })
      .waitFor();
    await row.getByRole('button', { name: 'Delete first.pdf' }).click();
    await page.getByRole('button', { name: 'Delete document' }).click();
    await row
      .getByRole('alert')
      .filter({ hasText: `Not deleted: ${WHAT_TO_DO}` })
      .waitFor();

    await context.setOffline(false);
    await row.getByRole('button', { name: 'Try again' }).click();
    await row.waitFor({ state: 'detached' });
  });

  test('What is begun without a network goes on when there is one again, without a reload', async () => {
    const { page, context } = await visit();
    await uploaded(page, pdfOf('first.pdf', 'The Contractor shall sweep the east hall daily.'));
    await page.getByRole('link', { name: 'Documents' }).click();
    await main(page)
      .getByRole('row', { name: /first\.pdf/ })
      .waitFor();
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));

    await context.setOffline(true);
    const banner = page.getByRole('status').filter({ hasText: OFFLINE_BANNER });
    await banner.waitFor();
    await uploadThrough(page, [pdfOf('second.pdf', 'The Contractor shall sweep the west hall daily.')]);
    await page.getByRole('article', { name: 'second.pdf' }).waitFor();
    await context.setOffline(false);
    await banner.waitFor({ state: 'detached' });
    const row = main(page).getByRole('row', { name: /second\.pdf/ });
    await row.getByText('Ready', { exact: true }).waitFor({ timeout: WORK_MS });
    await openMatrix(page);
    await expectRowCount(page, 1);
    expect(await page.evaluate(() => 'isSamePage' in globalThis)).toBe(true);
  });

  test('A link opened while the service does not answer says so, and opens after Try again', async () => {
    const { page, context } = await visit();
    await uploaded(page, pdfOf('link.pdf', 'The Contractor shall sweep the attic daily.'));
    const api = '**/api/**';
    await context.route(api, (route) => route.abort('connectionrefused'));
    await page.reload();
    const alert = page.getByRole('alert');
    await alert.getByRole('heading', { name: 'No connection' }).waitFor();
    await alert.filter({ hasText: WHAT_TO_DO }).waitFor();
    await context.unroute(api);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expectRowCount(page, 1);
  });

  test('A service that has too much to do is asked again after the seconds that it names, which are counted down', async () => {
    const { page, context } = await visit();
    await uploaded(page, pdfOf('busy.pdf', 'The Contractor shall sweep the cellar daily.'));
    const account = '**/api/v1/account';
    const message = `Too many requests: 60 per minute are allowed. Try again in ${RETRY_AFTER_SECONDS} s.`;
    await context.route(account, (route) =>
      route.fulfill({
        status: 429,
        headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
        json: {
          success: false,
          error: { code: 'resource-exhausted', reason: 'RATE_LIMITED', message, details: {} },
          timestamp: new Date().toISOString(),
        },
      }),
    );
    const told = await wordsShown(page, '[role=alert] button:disabled');
    await page.goto(`${lab.url}/documents`);
    const alert = page.getByRole('alert').filter({ hasText: message });
    const again = alert.getByRole('button', { name: 'Try again', exact: true });
    await again.waitFor();
    expect((await told()).join()).toMatch(/^Try again in 3 s(,Try again in [12] s)+$/);
    await context.unroute(account);
    await again.click();
    await main(page)
      .getByRole('row', { name: /busy\.pdf/ })
      .waitFor();
  });

  test('Where the site does not tell its settings nobody is taken for a stranger', async () => {
    const { page, context } = await visit();
    await uploaded(page, pdfOf('settings.pdf', 'The Contractor shall sweep the stairs daily.'));
    const settings = '**/__/firebase/init.json';
    await context.route(settings, (route) => route.abort('connectionrefused'));
    await page.goto(`${lab.url}/documents`);
    await page.getByRole('heading', { name: 'No connection', level: 1 }).waitFor();
    expect(await page.getByRole('link', { name: 'Sign in' }).count()).toBe(0);
    expect(await lastingFaults(() => accessibilityFaults(page))).toEqual([]);
    const refusedAgain = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/init.json'));
    await page.getByRole('button', { name: 'Try again' }).click();
    await refusedAgain;
    await page.getByRole('heading', { name: 'No connection', level: 1 }).waitFor();
    await context.unroute(settings);
    await page.getByRole('button', { name: 'Try again' }).click();
    await main(page)
      .getByRole('row', { name: /settings\.pdf/ })
      .waitFor();
  });

  test('A file of a stranger waits for the site, and goes on by itself', async () => {
    const { page, context } = await visit();
    const settings = '**/__/firebase/init.json';
    let refusals = 0;
    await context.route(settings, (route) => {
      refusals += 1;
      return refusals <= 2 ? route.abort('connectionrefused') : route.continue();
    });
    await page.goto(lab.url);
    await uploadThrough(page, [pdfOf('patient.pdf', 'The Contractor shall sweep the porch daily.')]);
    await openMatrix(page);
    expect(refusals).toBeGreaterThan(2);
    await expectRowCount(page, 1);
  });
});
