/** One person's browser: a window of its own, and a list of everything in it that must not happen. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

export interface Visit {
  context: BrowserContext;
  page: Page;
  /** Errors of the page's script, violations of its Content Security Policy, and requests to anybody but the parts of the system. */
  faults: readonly string[];
  close(): Promise<void>;
}

export interface VisitOptions {
  /** Where the page is. */
  url: string;
  /** Whom else it may ask: origins of the emulators. */
  allowedOrigins: readonly string[];
  context?: BrowserContextOptions;
}

/** For one step of the page on a machine that is busy with other things. */
export const STEP_MS = 60_000;

export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 390, height: 844 };

const REPORT = 'reportPolicyViolation';

/** Runs in the page. */
const listenForViolations = (report: string): void => {
  document.addEventListener(
    'securitypolicyviolation',
    ({ violatedDirective, blockedURI, sourceFile, lineNumber, columnNumber }) => {
      (globalThis as unknown as Record<string, (told: string) => void>)[report]?.(
        `${violatedDirective} ${blockedURI} at ${sourceFile}:${lineNumber}:${columnNumber}`,
      );
    },
  );
};

/** Watches what happens in a window that is there already. */
export const watchContext = async (
  context: BrowserContext,
  { url, allowedOrigins }: Pick<VisitOptions, 'url' | 'allowedOrigins'>,
): Promise<string[]> => {
  const faults: string[] = [];
  const allowed = new Set([new URL(url).origin, ...allowedOrigins]);
  await context.exposeFunction(REPORT, (told: string) => faults.push(`The policy stopped ${told}`));
  await context.addInitScript(listenForViolations, REPORT);
  context.on('weberror', (error) => faults.push(`Script: ${error.error().message}`));
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && !allowed.has(origin)) faults.push(`Asked ${origin}`);
  });
  return faults;
};

export const openVisit = async (browser: Browser, options: VisitOptions): Promise<Visit> => {
  const context = await browser.newContext({ viewport: WIDE, acceptDownloads: true, ...options.context });
  context.setDefaultTimeout(STEP_MS);
  const faults = await watchContext(context, options);
  const page = await context.newPage();
  return { context, page, faults, close: () => context.close() };
};

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface AxeResults {
  violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[];
}

/** What axe finds against WCAG 2.2 AA in the view as it is shown, in a line each. */
export const accessibilityFaults = async (page: Page): Promise<string[]> => {
  // As an expression and not as an element: the page's policy takes no script from elsewhere.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    (tags) =>
      (globalThis as unknown as { axe: { run(root: Document, options: object): Promise<AxeResults> } }).axe.run(
        document,
        {
          runOnly: { type: 'tag', values: tags },
          resultTypes: ['violations'],
        },
      ),
    RULES,
  );
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`));
};
