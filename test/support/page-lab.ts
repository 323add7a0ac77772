/** The built page on the whole system, in a real browser; skipped with a plain line where a tool is missing, a failure with CI set. */
import { describe, test } from '@jest/globals';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { findFirestoreEmulator } from '../../scripts/local-cloud/firestore-emulator/index.ts';
import { findBrowser } from '../../scripts/page/find-browser.ts';
import { openVisit, STEP_MS, type Visit, type VisitOptions } from './page-visit.ts';
import { startWholeSystem, temporaryFolder, type WholeSystem, type WholeSystemOptions } from './whole-system.ts';

/** Of a file of page tests, its start included. */
export const PAGE_TEST_TIMEOUT_MS = 240_000;

export interface PageLab {
  system: WholeSystem;
  browser: Browser;
  /** Without a slash at its end. */
  url: string;
  allowedOrigins: readonly string[];
  /** A new person, who has never been here. */
  visit(context?: VisitOptions['context']): Promise<Visit>;
  close(): Promise<void>;
}

const browserFound = findBrowser();
const firestoreFound = findFirestoreEmulator();

/** Root in a container has no sandbox of its own; the documents are ours. */
const LAUNCH_ARGUMENTS = ['--no-sandbox', '--disable-dev-shm-usage'];

export const launchBrowser = (): Promise<Browser> => {
  if ('missing' in browserFound) throw new Error(browserFound.hint);
  return chromium.launch({ executablePath: browserFound.path, args: LAUNCH_ARGUMENTS });
};

/** A person's own profile folder, which stays after the browser is closed. */
export const launchWithProfile = async (
  profile: string,
  options: Parameters<typeof chromium.launchPersistentContext>[1] = {},
): Promise<BrowserContext> => {
  if ('missing' in browserFound) throw new Error(browserFound.hint);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browserFound.path,
    args: LAUNCH_ARGUMENTS,
    ...options,
  });
  context.setDefaultTimeout(STEP_MS);
  return context;
};

export const startPageLab = async (options: Omit<WholeSystemOptions, 'folder' | 'page'> = {}): Promise<PageLab> => {
  const folder = temporaryFolder();
  const [system, browser] = await Promise.all([
    startWholeSystem({ ...options, folder: folder.path, page: true }),
    launchBrowser(),
  ]);
  const { hostingUrl: url, authHost, firestore, storage } = system.cloud;
  const allowedOrigins = [`http://${authHost}`, `http://${firestore.host}`, storage.url];
  return {
    system,
    browser,
    url,
    allowedOrigins,
    visit: (context) => openVisit(browser, { url, allowedOrigins, ...(context ? { context } : {}) }),
    async close() {
      await browser.close();
      await system.close();
      folder.remove();
    },
  };
};

/** As `describe`, where browser and system are at hand. */
export const describeWithPage = (name: string, body: () => void): void => {
  const missing = [browserFound, firestoreFound].flatMap((found) => ('missing' in found ? [found.hint] : []));
  if (missing.length === 0) {
    describe(name, body);
    return;
  }
  const hint = missing.join(' ');
  if (process.env.CI) {
    test(name, () => {
      throw new Error(hint);
    });
    return;
  }
  process.stderr.write(`Skipped: ${name}. ${hint}\n`);
  describe.skip(name, body);
};
