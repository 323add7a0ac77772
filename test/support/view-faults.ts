/** What is wrong with a view for somebody: in the light and in the dark, at a desk and on a telephone. */
import type { Page } from 'playwright-core';
import { lastingFaults } from './eventually.ts';
import { accessibilityFaults, NARROW, WIDE } from './page-visit.ts';

interface Mode {
  colorScheme: 'light' | 'dark';
  viewport: { width: number; height: number };
}

const LIGHT_WIDE: Mode = { colorScheme: 'light', viewport: WIDE };
const DARK_NARROW: Mode = { colorScheme: 'dark', viewport: NARROW };
const TWO_MODES = [LIGHT_WIDE, DARK_NARROW];
const FOUR_MODES = [
  LIGHT_WIDE,
  { colorScheme: 'dark', viewport: WIDE },
  { colorScheme: 'light', viewport: NARROW },
  DARK_NARROW,
] as const;

/** CSS pixels: a usual telephone, and what WCAG 2.2 asks of reflow. */
const NARROW_WIDTHS = [NARROW.width, 320];

/** Until what depends on the window's size is drawn anew. */
const untilDrawn = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))));

/** How far the view can be scrolled to the side now, in words; nothing when it cannot. */
export const sidewaysFaults = async (page: Page): Promise<string[]> => {
  await untilDrawn(page);
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const widest = [...document.body.querySelectorAll('*')].findLast(
      (each) => Math.round(each.getBoundingClientRect().right) >= scrollWidth,
    );
    return [`${scrollWidth - clientWidth} pixels too wide at ${clientWidth}: ${widest?.outerHTML.slice(0, 160)}`];
  });
};

/** Of the view as it settles: what axe finds in two or in all four modes, and scrolling to the side. Leaves it light and wide. */
export const viewFaults = async (page: Page, modes: 'two' | 'four' = 'two'): Promise<string[]> => {
  const faults: string[] = [];
  for (const { colorScheme, viewport } of modes === 'two' ? TWO_MODES : FOUR_MODES) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await untilDrawn(page);
    const found = await lastingFaults(() => accessibilityFaults(page));
    faults.push(...found.map((fault) => `${colorScheme}, ${viewport.width}: ${fault}`));
  }
  for (const width of NARROW_WIDTHS) {
    await page.setViewportSize({ ...NARROW, width });
    faults.push(...(await lastingFaults(() => sidewaysFaults(page))));
  }
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light' });
  await untilDrawn(page);
  return faults;
};
