/** What a page says only for a moment: kept by the page itself, so that nobody has to look in time. */
import type { Page } from 'playwright-core';

type Kept = Record<string, string[] | undefined>;

/** Runs in the page. */
const keepWords = (selector: string): void => {
  const kept: string[] = [];
  Object.assign(globalThis, { [`words of ${selector}`]: kept });
  new MutationObserver(() => {
    for (const { textContent } of document.querySelectorAll(selector)) {
      if (!kept.includes(textContent)) kept.push(textContent);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
};

/** Before the page is opened. Answers each different text that an element of `selector` has shown by then, in their order. */
export const wordsShown = async (page: Page, selector: string): Promise<() => Promise<string[]>> => {
  await page.addInitScript(keepWords, selector);
  return () => page.evaluate((name) => (globalThis as unknown as Kept)[name] ?? [], `words of ${selector}`);
};
