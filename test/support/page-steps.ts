/** What a person does on the page, in the words that stand on it. */
import { expect } from '@jest/globals';
import type { Download, Locator, Page } from 'playwright-core';
import { eventually } from './eventually.ts';

export interface NamedFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A conversion and its analysis on a busy machine. */
export const WORK_MS = 60_000;

export const takeSample = async (page: Page, url: string): Promise<void> => {
  await page.goto(url);
  await page.getByRole('button', { name: 'Try it with a sample solicitation' }).click();
};

export const uploadThrough = async (page: Page, files: readonly NamedFile[]): Promise<void> => {
  await page.locator('input[type=file]').setInputFiles([...files]);
};

/** Follows the link that appears when the work is done. */
export const openMatrix = async (page: Page): Promise<void> => {
  await page.getByRole('link', { name: 'Open the matrix' }).first().click({ timeout: WORK_MS });
  await matrixRow(page).first().waitFor({ timeout: WORK_MS });
};

/** Of the matrix as it is filtered, once all of it is loaded. */
export const rowCount = async (page: Page): Promise<number> => {
  const whole = page.locator('[role=grid]:not([aria-rowcount="-1"])');
  await whole.waitFor({ timeout: WORK_MS });
  return Number(await whole.getAttribute('aria-rowcount')) - 1;
};

/** That the matrix as it is filtered comes to have this many rows. */
export const expectRowCount = (page: Page, rows: number): Promise<void> =>
  eventually(async () => expect(await rowCount(page)).toBe(rows));

/** Types into the search of a matrix, which stands in its address a moment later. */
export const searchRows = async (page: Page, words: string): Promise<void> => {
  await page.getByRole('searchbox').fill(words);
  await page.waitForURL(({ searchParams }) => (searchParams.get('search') ?? '') === words);
};

/** Body rows of the matrix that are in the page. */
export const matrixRow = (page: Page): Locator =>
  page.getByRole('grid', { name: 'Requirements' }).locator('[data-row]');

/** Clicks the button of a format and takes the file. */
export const exportAs = async (page: Page, format: string): Promise<Download> => {
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: WORK_MS }),
    page.getByRole('group', { name: 'Export' }).getByRole('button', { name: format, exact: true }).click(),
  ]);
  return download;
};

/** The id of the run in the address. */
export const runIdOf = (page: Page): string => /\/runs\/([\w-]+)/.exec(page.url())?.[1] ?? '';
