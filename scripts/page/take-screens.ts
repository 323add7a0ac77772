/** `node scripts/page/take-screens.ts [folder]`: the pictures in docs/screens, of the whole system at work on the sample solicitation. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { findFirestoreEmulator } from '../local-cloud/firestore-emulator/index.ts';
import { startLocalCloud } from '../local-cloud/start-local-cloud.ts';
import { mdraftProject } from '../whole-system/mdraft-project.ts';
import { ensurePageIsBuilt } from './build-page.ts';
import { findBrowser } from './find-browser.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** As high as keeps every picture below 250 kB. */
const WIDE = { width: 1440, height: 820 };
const NARROW = { width: 390, height: 844 };
const WORK_MS = 60_000;
/** A row of the sample whose quote stands in the middle of a page. */
const ROW = 'L-011';

interface Screen {
  name: string;
  /** Brings the view into the state of the picture. */
  show: (page: Page, links: Links) => Promise<void>;
  isNarrow?: true;
  isDark?: true;
}

/** Addresses of what the sample became. */
interface Links {
  documents: string;
  document: string;
  run: string;
  matrix: string;
  account: string;
}

const showDocuments = async (page: Page, { documents }: Links): Promise<void> => {
  await page.goto(documents);
  await page.getByRole('link', { name: '01-solicitation.pdf', exact: true }).waitFor();
};
const showDocument = async (page: Page, { document }: Links): Promise<void> => {
  await page.goto(document);
  await page.locator('canvas[data-drawn]').first().waitFor();
};
const showRun = async (page: Page, { run }: Links): Promise<void> => {
  await page.goto(run);
  await page.getByRole('heading', { name: 'Where every sentence went' }).waitFor();
};
const showMatrix = async (page: Page, { matrix }: Links): Promise<void> => {
  await page.goto(matrix);
  await page.locator('[role=grid]:not([aria-rowcount="-1"]) [data-row]').first().waitFor();
};
const showSource = async (page: Page, links: Links): Promise<void> => {
  await showMatrix(page, links);
  await page.getByRole('link', { name: `${ROW}: show its source` }).click();
  await page.locator('canvas[data-drawn]').first().waitFor();
  await page.locator('mark').first().waitFor();
};
const showAccount = async (page: Page, { account }: Links): Promise<void> => {
  await page.goto(account);
  await page.getByRole('textbox').first().waitFor();
};

const SCREENS: readonly Screen[] = [
  { name: 'documents', show: showDocuments },
  { name: 'document', show: showDocument },
  { name: 'run', show: showRun },
  { name: 'matrix', show: showMatrix },
  { name: 'matrix-source', show: showSource },
  { name: 'account', show: showAccount },
  { name: 'run-dark', show: showRun, isDark: true },
  { name: 'matrix-source-dark', show: showSource, isDark: true },
  { name: 'matrix-narrow', show: showMatrix, isNarrow: true },
  { name: 'document-narrow', show: showDocument, isNarrow: true },
  { name: 'run-narrow', show: showRun, isNarrow: true },
];

const readLinks = async (page: Page, url: string): Promise<Links> => {
  const addressOf = async (name: string | RegExp): Promise<string> =>
    `${url}${await page.getByRole('link', { name }).first().getAttribute('href')}`;
  const matrix = await addressOf('Open the matrix');
  return {
    documents: `${url}/documents`,
    document: await addressOf(/^Open document.*01-solicitation/),
    run: matrix.replace(/\/matrix$/, ''),
    matrix: `${matrix}?search=${ROW.slice(0, 3)}`,
    account: `${url}/account`,
  };
};

const takeScreens = async (context: BrowserContext, url: string, folder: string): Promise<void> => {
  const page = await context.newPage();
  page.setDefaultTimeout(WORK_MS);
  const take = async (name: string): Promise<void> => {
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
    console.log(path);
  };
  await page.goto(url);
  const sample = page.getByRole('button', { name: 'Try it with a sample solicitation' });
  await sample.waitFor();
  await take('start');
  await page.setViewportSize(NARROW);
  await take('start-narrow');
  await page.setViewportSize(WIDE);
  await sample.click();
  await page
    .getByText(/windows analysed/)
    .first()
    .waitFor();
  await take('start-working');
  await page.getByRole('link', { name: 'Open the matrix' }).waitFor();
  const links = await readLinks(page, url);
  for (const { name, show, isNarrow, isDark } of SCREENS) {
    await page.setViewportSize(isNarrow ? NARROW : WIDE);
    await page.emulateMedia({ colorScheme: isDark ? 'dark' : 'light' });
    await show(page, links);
    await take(name);
  }
};

const main = async (folder: string): Promise<void> => {
  const [firestore, found] = [findFirestoreEmulator(), findBrowser()];
  if ('missing' in firestore) throw new Error(firestore.hint);
  if ('missing' in found) throw new Error(found.hint);
  await ensurePageIsBuilt({ root: ROOT });
  mkdirSync(folder, { recursive: true });
  const data = mkdtempSync(join(tmpdir(), 'mdraft-screens-'));
  const cloud = await startLocalCloud({
    project: mdraftProject({}),
    root: ROOT,
    folder: data,
    ports: 'any',
    firestore,
  });
  try {
    const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
    try {
      await takeScreens(await browser.newContext({ viewport: WIDE, colorScheme: 'light' }), cloud.hostingUrl, folder);
    } finally {
      await browser.close();
    }
  } finally {
    await cloud.close();
    rmSync(data, { recursive: true, force: true });
  }
};

await main(resolve(process.argv[2] ?? join(ROOT, 'docs/screens')));
