/** Whoever uses a screen reader, large letters, a telephone or a dark room: every view, in each of its main states. */
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually, lastingFaults } from '../support/eventually.ts';
import { signUp, signUpForm } from '../support/page-account.ts';
import { describeWithPage, PAGE_TEST_TIMEOUT_MS, type PageLab, startPageLab } from '../support/page-lab.ts';
import { matrixRow, openMatrix, runIdOf, takeSample, uploadThrough, WORK_MS } from '../support/page-steps.ts';
import { accessibilityFaults, type Visit } from '../support/page-visit.ts';
import { sidewaysFaults, viewFaults } from '../support/view-faults.ts';

jest.setTimeout(PAGE_TEST_TIMEOUT_MS);

/** Colours that are on their way from one to another would be measured on the way. */
const STILL = { reducedMotion: 'reduce' } as const;
const MARKDOWN =
  '# Instructions\n\nThe offeror shall submit one volume.\n\n| Volume | Pages |\n|---|---|\n| I | 30 |\n';

const named = (name: string, mimeType: string, text: string) => ({ name, mimeType, buffer: Buffer.from(text) });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).first();
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first();
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();

describeWithPage('a view', () => {
  let lab: PageLab;
  let visit: Visit;
  let page: Page;
  const open = (path: string) => page.goto(`${lab.url}${path}`);

  beforeAll(async () => {
    lab = await startPageLab();
    visit = await lab.visit(STILL);
    page = visit.page;
  });
  afterEach(() => expect(visit.faults).toEqual([]));
  afterAll(() => lab?.close());

  test('with an element that has no name is found out', async () => {
    await open('/');
    await heading(page, 'Drop your solicitation here').or(heading(page, 'compliance matrix')).first().waitFor();
    await page.evaluate(() => document.querySelector('main')?.append(document.createElement('button')));
    expect((await accessibilityFaults(page)).join()).toContain('button-name');
    await page.evaluate(() => {
      const wide = document.createElement('hr');
      wide.style.width = '3000px';
      document.querySelector('main')?.append(wide);
    });
    expect((await sidewaysFaults(page)).join()).toContain('pixels too wide');
  });

  describe('for nobody', () => {
    test.each([
      ['start', '/', 'Your RFP as a compliance matrix, and proof that nothing was left out', 'four'],
      ['documents', '/documents', 'You are not signed in', 'two'],
      ['document', '/documents/none', 'Nobody is signed in', 'two'],
      ['runs', '/runs', 'You are not signed in', 'two'],
      ['run', '/runs/none', 'Nobody is signed in', 'two'],
      ['matrix', '/runs/none/matrix', 'Nobody is signed in', 'two'],
      ['account', '/account', 'Sign in or sign up', 'two'],
      ['an address that is not there', '/none', 'Nothing here', 'two'],
    ] as const)('%s can be used by everybody', async (_name, path, title, modes) => {
      await open(path);
      await heading(page, title).waitFor();
      expect(await viewFaults(page, modes)).toEqual([]);
    });

    test('offline is told so that everybody learns of it', async () => {
      await open('/');
      await heading(page, 'compliance matrix').waitFor();
      await visit.context.setOffline(true);
      await page.getByText('You are offline.').waitFor();
      expect(await viewFaults(page)).toEqual([]);
      await visit.context.setOffline(false);
    });

    test('account says what is wrong with a form so that everybody can mend it', async () => {
      await open('/account');
      await signUpForm(page).getByRole('button', { name: 'Sign up' }).click();
      await page.getByText('Enter your e-mail address.').waitFor();
      expect(await viewFaults(page)).toEqual([]);
    });
  });

  describe('while a package is at work', () => {
    let other: Page;
    beforeAll(async () => {
      lab.system.cloud.tasks.hold('convert-document');
      await takeSample(page, lab.url);
      other = await visit.context.newPage();
    });
    afterAll(() => other.close());

    test('start can be used by everybody', async () => {
      await page.getByText('Arrived. In the queue').nth(3).waitFor();
      expect(await viewFaults(page, 'four')).toEqual([]);
    });

    test('documents and a document that is not read yet can be used by everybody', async () => {
      await other.goto(`${lab.url}/documents`);
      await link(other, '01-solicitation.pdf').waitFor();
      expect(await viewFaults(other)).toEqual([]);
      await link(other, '01-solicitation.pdf').click();
      await other.getByText('The document opens here by itself').waitFor();
      expect(await viewFaults(other)).toEqual([]);
    });

    test('run, its matrix and the list of runs can be used by everybody', async () => {
      lab.system.cloud.tasks.hold('analyze-window');
      lab.system.cloud.tasks.release('convert-document');
      await link(page, 'See the analysis').waitFor({ timeout: WORK_MS });
      const run = await link(page, 'See the analysis').getAttribute('href');
      await other.goto(`${lab.url}${run}`);
      await heading(other, 'Windows').waitFor({ timeout: WORK_MS });
      expect(await viewFaults(other, 'four')).toEqual([]);
      await other.goto(`${lab.url}${run}/matrix`);
      await heading(other, 'The matrix is being made').waitFor();
      expect(await viewFaults(other)).toEqual([]);
      await other.goto(`${lab.url}/runs`);
      await link(other, '01-solicitation.pdf and 3 more').waitFor();
      expect(await viewFaults(other)).toEqual([]);
      lab.system.cloud.tasks.release('analyze-window');
    });

    test('start with its matrix ready can be used by everybody', async () => {
      await link(page, 'Open the matrix').waitFor({ timeout: WORK_MS });
      expect(await viewFaults(page, 'four')).toEqual([]);
    });
  });

  describe('of a package that is done', () => {
    let run: string;
    beforeAll(async () => {
      await openMatrix(page);
      run = `/runs/${runIdOf(page)}`;
    });

    // A visitor may ask 60 times in a minute; what follows is more than that.
    test('account, for a visitor and for a member, can be used by everybody', async () => {
      await open('/account');
      await heading(page, 'Keep your work').waitFor();
      expect(await viewFaults(page, 'four')).toEqual([]);
      await signUp(page, lab.url, { email: 'reader@example.com', password: 'Correct-horse-9-battery' });
      await heading(page, 'About this account').waitFor();
      expect(await viewFaults(page)).toEqual([]);
    });

    test('matrix, with its menus, without a row that fits, and with a row and its source, can be used by everybody', async () => {
      await open(`${run}/matrix`);
      await matrixRow(page).first().waitFor();
      expect(await viewFaults(page, 'four')).toEqual([]);
      await button(page, 'Obligation').click();
      await page.getByRole('checkbox', { name: /Mandatory/ }).waitFor();
      expect(await viewFaults(page)).toEqual([]);
      await page.getByRole('searchbox').fill('there is no such word');
      await heading(page, 'No row fits').waitFor();
      expect(await viewFaults(page)).toEqual([]);
      await button(page, 'Clear the search and all filters').click();
      await matrixRow(page).nth(1).getByRole('link').click();
      const source = page.getByRole('complementary');
      await source.locator('mark').or(source.getByRole('alert')).first().waitFor();
      await eventually(async () => expect(await source.getByRole('alert').allTextContents()).toEqual([]));
      await source.locator('mark').first().waitFor();
      expect(await viewFaults(page, 'four')).toEqual([]);
    });

    test('run, with a part of its ledger, and as a table, can be used by everybody', async () => {
      await open(run);
      await heading(page, 'Where every sentence went').waitFor();
      expect(await viewFaults(page, 'four')).toEqual([]);
      await page.getByRole('option').nth(2).click();
      await heading(page, 'Page 3 of 01-solicitation.pdf').waitFor();
      expect(await viewFaults(page)).toEqual([]);
      await button(page, 'Show as a table').click();
      await page.getByRole('table').first().waitFor();
      expect(await viewFaults(page)).toEqual([]);
    });

    test('list of runs can be used by everybody', async () => {
      await open('/runs');
      await link(page, '01-solicitation.pdf and 3 more').waitFor();
      expect(await viewFaults(page)).toEqual([]);
    });

    test('documents, with a selection, and with the question before something is deleted, can be used by everybody', async () => {
      await open('/documents');
      await link(page, '01-solicitation.pdf').waitFor();
      expect(await viewFaults(page, 'four')).toEqual([]);
      await page.getByRole('checkbox', { name: 'Select 01-solicitation.pdf' }).check();
      await page.getByText('1 selected').waitFor();
      expect(await viewFaults(page)).toEqual([]);
      await button(page, 'Delete 01-solicitation.pdf').click();
      await heading(page, 'Delete this document?').waitFor();
      expect(await viewFaults(page)).toEqual([]);
    });

    test('document, with pages and without, can be used by everybody', async () => {
      await open('/documents');
      await link(page, '01-solicitation.pdf').click();
      await page.locator('canvas[data-drawn]').first().waitFor();
      expect(await viewFaults(page, 'four')).toEqual([]);
      await open('/documents');
      await uploadThrough(page, [named('instructions.md', 'text/markdown', MARKDOWN)]);
      await link(page, 'instructions.md').click();
      await heading(page, 'No pages to show').waitFor({ timeout: WORK_MS });
      expect(await viewFaults(page)).toEqual([]);
    });

    test('a file that cannot be read is told of so that everybody understands it, on start, in the list, and alone', async () => {
      await open('/');
      await uploadThrough(page, [named('broken.pdf', 'application/pdf', '%PDF-1.7 and no more')]);
      await page.getByText('Failed').first().waitFor({ timeout: WORK_MS });
      expect(await viewFaults(page)).toEqual([]);
      await open('/documents');
      await link(page, 'broken.pdf').waitFor();
      expect(await viewFaults(page)).toEqual([]);
      await link(page, 'broken.pdf').click();
      await heading(page, 'It could not be read').waitFor();
      expect(await viewFaults(page)).toEqual([]);
    });

    test('when the API does not answer, a view says so, and can be used by everybody', async () => {
      await page.route('**/api/**', (route) => route.abort());
      await open(`${run}/matrix`);
      await page.getByRole('alert').first().waitFor();
      expect(await viewFaults(page)).toEqual([]);
      await page.unroute('**/api/**');
    });

    test('keeps its states where the system takes the colours away', async () => {
      await page.emulateMedia({ forcedColors: 'active' });
      await open(`${run}/matrix`);
      await matrixRow(page).nth(1).getByRole('link').click();
      await page.waitForURL(/row=/);
      await page.getByRole('complementary').locator('mark').first().waitFor();
      const styleOf = (selector: string) =>
        page
          .locator(selector)
          .first()
          .evaluate((each) => getComputedStyle(each).outlineStyle);
      await eventually(async () => expect(await styleOf('[data-row][aria-selected=true]')).toBe('solid'));
      await eventually(async () => expect(await styleOf('nav [aria-current=page]')).toBe('solid'));
      expect(await lastingFaults(() => accessibilityFaults(page))).toEqual([]);
      await page.emulateMedia({ forcedColors: 'none' });
    });

    test.each([
      ['start', '', 'button', 'Try it with a sample solicitation'],
      ['documents', '/documents', 'link', 'Open 01-solicitation.pdf'],
      ['run', 'run', 'link', 'Open the matrix'],
      ['matrix', 'matrix', 'button', 'Excel'],
      ['account', '/account', 'button', 'Sign out'],
    ] as const)('%s keeps what can be done with letters twice as large', async (_name, path, role, name) => {
      await open(path === 'run' ? run : path === 'matrix' ? `${run}/matrix` : path);
      const action = page.getByRole(role, { name, exact: true }).first();
      await action.waitFor();
      await page.evaluate(() => {
        document.documentElement.style.fontSize = '200%';
      });
      await eventually(async () => {
        await action.scrollIntoViewIfNeeded();
        const [box, width] = [await action.boundingBox(), page.viewportSize()?.width ?? 0];
        expect(box?.x).toBeGreaterThanOrEqual(0);
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
      });
      expect(await lastingFaults(() => sidewaysFaults(page))).toEqual([]);
    });
  });
});
