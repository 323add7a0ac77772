/** Where the keyboard is on the page, and the way to somewhere else with the Tab key. */
import { expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { eventually } from './eventually.ts';

/** More than any view has, with a row of its table and the way round through the window. */
const MOST_STOPS = 120;

const isFocused = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === document.activeElement);

export const expectFocus = (locator: Locator): Promise<void> =>
  eventually(async () => expect(await isFocused(locator)).toBe(true));

/** Whether it is shown where the keyboard is: by an outline around the element or around what it is a part of, or by the stroke of a drawing. */
const focusIsSeen = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const around: Element[] = [];
    for (let each = document.activeElement; each && around.length < 3; each = each.parentElement) around.push(each);
    return around.some((each) => {
      const { outlineStyle, outlineWidth, stroke, strokeWidth } = getComputedStyle(each);
      const isOutlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      return isOutlined || (stroke !== 'none' && Number.parseFloat(strokeWidth) >= 2);
    });
  });

/** That something shows where the keyboard is. */
export const expectFocusToBeSeen = (page: Page): Promise<void> =>
  eventually(async () => {
    if (await focusIsSeen(page)) return;
    const html = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 160));
    throw new Error(`Nothing shows that the keyboard is at ${html}`);
  });

const isAtNothing = (page: Page): Promise<boolean> => page.evaluate(() => document.activeElement === document.body);

/** Presses Tab until the keyboard is there. @throws Error when it never comes there, or when a stop on the way is not to be seen. */
export const tabTo = async (
  page: Page,
  locator: Locator,
  direction: 'forwards' | 'backwards' = 'forwards',
): Promise<void> => {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press(direction === 'forwards' ? 'Tab' : 'Shift+Tab');
    if (!(await isAtNothing(page))) await expectFocusToBeSeen(page);
    if (await isFocused(locator)) return;
  }
  throw new Error(`The keyboard does not come to ${locator}.`);
};
