/** Documents and file names that want to do something: on every view that shows them they are text, and nothing else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { HOSTILE_DUTIES, HOSTILE_FILES, HOSTILE_NAMES } from '../support/hostile-documents.ts';
import { HOSTILE, inertFaults } from '../support/inert-page.ts';
import { describeWithPage, PAGE_TEST_TIMEOUT_MS, type PageLab, startPageLab } from '../support/page-lab.ts';
import { matrixRow, openMatrix, uploadThrough, WORK_MS } from '../support/page-steps.ts';
import type { Visit } from '../support/page-visit.ts';
import { writes } from '../support/storage-moments.ts';

jest.setTimeout(PAGE_TEST_TIMEOUT_MS);

const NAMES = Object.values(HOSTILE_NAMES).map(({ shown }) => shown);
const DUTIES = Object.values(HOSTILE_DUTIES);

const expectNames = (page: Page): Promise<void> =>
  eventually(async () => {
    const shown = await page.getByRole('main').textContent();
    for (const name of NAMES) expect(shown).toContain(name);
  });

describeWithPage('a hostile package', () => {
  /** Holds the analysis before its end, as long as the list of what was found so far is looked at. */
  const held = Promise.withResolvers<undefined>();
  const isLastResult = writes('ledger.json');
  let lab: PageLab;
  let visit: Visit;
  /** Dialogs, windows that opened, and pictures that were asked for. */
  const happened: string[] = [];

  beforeAll(async () => {
    lab = await startPageLab({
      storageFaults: { fault: (request) => (isLastResult(request) ? held.promise : undefined) },
    });
    visit = await lab.visit();
    const { page, context } = visit;
    page.on('dialog', (dialog) => {
      happened.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    context.on('page', (opened) => happened.push(`window ${opened.url()}`));
    context.on('request', (request) => {
      if (request.resourceType() === 'image' && !request.url().endsWith('/favicon.svg')) happened.push(request.url());
    });
    await page.goto(lab.url);
    await uploadThrough(page, HOSTILE_FILES);
  });
  afterEach(async () => {
    expect(await inertFaults(visit.page)).toEqual([]);
    expect(happened).toEqual([]);
    expect(visit.faults).toEqual([]);
  });
  afterAll(async () => {
    held.resolve(undefined);
    await lab?.close();
  });

  test('stands in the list of uploads under its names as they read', async () => {
    const { page } = visit;
    const toRun = page.getByRole('link', { name: 'See the analysis' });
    await toRun.waitFor({ timeout: WORK_MS });
    await expectNames(page);
    await toRun.click();
  });

  test('is text in the list of what was found so far, and in the names of its windows', async () => {
    const { page } = visit;
    const found = page.getByRole('region', { name: 'Found so far' });
    for (const duty of DUTIES) await found.getByText(duty).waitFor({ timeout: WORK_MS });
    await expectNames(page);
    held.resolve(undefined);
  });

  test('is text in the ledger, its panel and its table', async () => {
    const { page } = visit;
    const bars = page.getByRole('listbox', { name: `Pages of ${HOSTILE_NAMES.markdown.shown}` });
    await bars.getByRole('option').first().click({ timeout: WORK_MS });
    const panel = page.getByRole('region', { name: 'What a part of the picture holds' });
    await panel.getByRole('heading', { name: HOSTILE_NAMES.markdown.shown }).waitFor();
    expect(await inertFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show as a table' }).click();
    for (const name of NAMES) await page.getByRole('table', { name }).waitFor();
  });

  test('is text in the rows of the matrix, and beside the source of a row', async () => {
    const { page } = visit;
    await openMatrix(page);
    await eventually(async () => {
      for (const duty of DUTIES) expect(await matrixRow(page).getByText(duty).count()).toBe(1);
    });
    expect(await inertFaults(page)).toEqual([]);
    for (const duty of DUTIES) {
      await matrixRow(page).filter({ hasText: duty }).getByRole('link').click();
      const marks = page.getByRole('complementary').locator('mark');
      await eventually(async () =>
        expect((await marks.allTextContents()).join('').replace(/\s+/g, ' ')).toContain(duty),
      );
      expect(await inertFaults(page)).toEqual([]);
    }
  });

  test('is text in the list of documents and in the dialog that asks before one is deleted', async () => {
    const { page } = visit;
    await page.goto(`${lab.url}/documents`);
    for (const { shown } of Object.values(HOSTILE_NAMES)) {
      await page.getByRole('button', { name: `Delete ${shown}`, exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(shown, { exact: true }).waitFor();
      expect(await inertFaults(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Keep' }).click();
    }
  });

  test.each(Object.keys(HOSTILE_NAMES) as (keyof typeof HOSTILE_NAMES)[])(
    'is text in the view of a document: %s',
    async (format) => {
      const { page } = visit;
      await page.goto(`${lab.url}/documents`);
      await page.getByRole('link', { name: HOSTILE_NAMES[format].shown, exact: true }).click();
      await page.getByRole('heading', { level: 1, name: HOSTILE_NAMES[format].shown }).waitFor();
      const passage = page.getByRole('group', { name: 'Text as Markdown' });
      await passage.evaluate(async (pane) => {
        for (let at = 0; at < pane.scrollHeight; at += pane.clientHeight) {
          pane.scrollTop = at;
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
      });
      await passage.getByText(HOSTILE_DUTIES[format]).waitFor();
      if (format === 'pdf') await page.locator('canvas[data-drawn]').first().waitFor();
    },
  );
});

describeWithPage('the policy of the page', () => {
  let lab: PageLab;
  let visit: Visit;

  beforeAll(async () => {
    lab = await startPageLab();
    visit = await lab.visit();
  });
  afterAll(() => lab?.close());

  test('is the one of firebase.json, with the local services to connect to', async () => {
    const served = (await visit.page.goto(lab.url))?.headers()['content-security-policy'] ?? '';
    const { hosting } = JSON.parse(readFileSync(join(import.meta.dirname, '../../firebase.json'), 'utf8')) as {
      hosting: { headers: { headers: { key: string; value: string }[] }[] };
    };
    const own = hosting.headers.flatMap(({ headers }) => headers).find(({ key }) => key === 'Content-Security-Policy');
    const directives = (policy: string) => policy.split('; ').filter((each) => !each.startsWith('upgrade-insecure'));
    const local = directives(served).map((each) =>
      each.startsWith('connect-src')
        ? lab.allowedOrigins.reduce((text, origin) => text.replace(` ${origin}`, ''), each)
        : each,
    );
    expect(local.map((each) => each.replace(/ ws:\/\/\S+/g, ''))).toEqual(directives(own?.value ?? ''));
  });

  test('lets the page ask nobody else, and run no script that stands in it', async () => {
    const { page } = visit;
    const asked = await page.evaluate(() =>
      fetch('https://attacker.example/').then(
        () => 'answered',
        () => 'refused',
      ),
    );
    expect(asked).toBe('refused');
    await page.evaluate((hostile) => {
      const script = document.createElement('script');
      script.text = `window.${hostile} = 'inline'`;
      document.body.append(script);
    }, HOSTILE);
    expect(await page.evaluate((hostile) => hostile in globalThis, HOSTILE)).toBe(false);
    await eventually(async () =>
      expect(visit.faults).toEqual(
        expect.arrayContaining([expect.stringMatching(/connect-src/), expect.stringMatching(/script-src/)]),
      ),
    );
  });

  test('is watched by tests that would find what a page lets through', async () => {
    const { page } = visit;
    const planted = [
      '<img src="https://attacker.example/x.png" onerror="window.hostile = 1">',
      '<a href="javascript:window.hostile = 1">here</a>',
      '<p title="bid\u202efdp.exe">bid\u202efdp.exe</p>',
      '<div aria-label="Text as Markdown"><a href="/account">here</a></div>',
    ];
    await page.evaluate(
      (html) => document.querySelector('main')?.insertAdjacentHTML('beforeend', html),
      planted.join(''),
    );
    await page.evaluate((hostile) => Object.assign(globalThis, { [hostile]: 'planted' }), HOSTILE);
    const faults = await inertFaults(page);
    for (const found of [
      'Script ran: planted',
      'Script:',
      'Deceiving text',
      'Element: <img',
      'Handler: <img',
      'Address: <img',
    ]) {
      expect(faults).toContainEqual(expect.stringContaining(found));
    }
    for (const found of ['Address: <a href="javascript:', 'Deceiving label: <p', 'Not inert: <a href="/account"']) {
      expect(faults).toContainEqual(expect.stringContaining(found));
    }
  });
});
