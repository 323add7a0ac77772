/** Printed page numbers: lines that are nothing else, and how they count along with the pages. */
import type { PageContent } from './page-model.ts';
import type { EdgeSegment } from './repetitions.ts';

/** "7", "- iv -", "Page C-3", "3 of 12" */
const PAGE_NUMBER =
  /^(?:[-–—[(]\s*)?(?:page\s*)?(?:[a-z]{1,2}[-–.])?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|\/)\s*\d{1,4})?(?:\s*[-–—\])])?$/i;

/** The number that a page number alone on its line shows. */
export const arabicNumber = (text: string): number | undefined => {
  const digits = PAGE_NUMBER.test(text) ? /\d+/.exec(text) : null;
  return digits ? Number(digits[0]) : undefined;
};

/** The page number as printed ("iv", "C-3") in a line that is nothing else. */
export const printedNumber = (text: string): string | undefined =>
  PAGE_NUMBER.test(text)
    ? /(?:[a-z]{1,2}[-–.])?(?:\d+|\b[ivxlc]+\b)/i.exec(text.replace(/page\s*/i, ''))?.[0]
    : undefined;

/** By how much printed page numbers differ from physical ones, where most of those that come back agree. */
export const numberOffset = (
  pages: readonly PageContent[],
  runningOf: (page: PageContent) => readonly EdgeSegment[],
): number | undefined => {
  const offsets = new Map<number, number>();
  for (const page of pages)
    for (const { segment } of runningOf(page)) {
      const number = arabicNumber(segment.text);
      if (number !== undefined) offsets.set(number - page.pageNumber, (offsets.get(number - page.pageNumber) ?? 0) + 1);
    }
  return [...offsets].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0];
};

/** Whether the text is a page number and nothing else. */
export const isPageNumber = (text: string): boolean => PAGE_NUMBER.test(text.trim());
