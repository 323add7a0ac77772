/** What comes back page after page at the same height of the same edge. */
import type { Segment } from './page-model.ts';

export const MIN_PAGES = 3;
/** Share of all pages from which on a line that comes back is furniture whatever its numbers do. */
export const COMMON_SHARE = 0.6;
/** Share of the pages from its first to its last that a line has to stand on; odd and even pages may differ. */
const RUN_SHARE = 0.4;
const MOST_SHARE = 0.7;
/** Two lines stand at the same height within this. */
export const SAME_HEIGHT_PT = 3;

/** Numbers change from page to page, and so does the section's letter before them; everything else of a running line stays. */
export const patternOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\b[a-z]{1,2}[-–.](?=\d)/g, '')
    .replace(/\d+/g, '#')
    .replace(/\b[ivxlc]+\b/g, '#')
    .replace(/\s+/g, ' ');

export interface EdgeSegment {
  segment: Segment;
  position: 'head' | 'foot';
  pattern: string;
}

const PARTING = /\s+[|–—·•]\s+/;
/** A half that is shorter says nothing. */
const SHORTEST_PART = 5;

/** The halves of a line that a sign parts, "Title | Section", each as if it stood at the edge by itself. */
export const partsOf = ({ segment, position }: EdgeSegment): EdgeSegment[] => {
  const parts = segment.text.split(PARTING).map((text) => text.trim());
  if (parts.length < 2) return [];
  return parts
    .filter((text) => text.length >= SHORTEST_PART && /\p{L}{2}/u.test(text))
    .map((text) => ({ segment: { ...segment, text }, position, pattern: `half ${patternOf(text)}` }));
};

/** One pattern at one height of one edge, with every page on which it stands. */
interface Repetition {
  height: number;
  pages: number[];
  /** The numbers in its text, page by page. */
  numbers: number[][];
  /** On how many pages its text is, to the letter, that of the first. */
  sameText: number;
  text: string;
}

const numbersIn = (text: string): number[] => (text.match(/\d+/g) ?? []).map(Number);

/** Whether most of the values are the same. */
const mostlyOne = (values: readonly number[]): boolean => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Math.max(...counts.values()) >= values.length * MOST_SHARE;
};

/** In a running line a number stays the same or counts along with the pages; "C.24" here and "C.50" there are two headings. */
export const numbersRunAlong = ({ pages, numbers }: Repetition): boolean =>
  (numbers[0] ?? []).every((_, at) => {
    const values = numbers.map((ofPage) => ofPage[at] ?? Number.NaN);
    return mostlyOne(values) || mostlyOne(values.map((value, index) => value - (pages[index] ?? 0)));
  });

/** Pages on which each pattern stands at the edge, per position and height. */
export class Repetitions {
  readonly #byKey = new Map<string, Repetition[]>();

  add({ position, pattern, segment }: EdgeSegment, pageNumber: number): void {
    const key = `${position} ${pattern}`;
    const known = this.#byKey.get(key) ?? [];
    this.#byKey.set(key, known);
    let repetition = known.find(({ height }) => Math.abs(height - segment.baseline) < SAME_HEIGHT_PT);
    if (!repetition) {
      repetition = { height: segment.baseline, pages: [], numbers: [], sameText: 0, text: segment.text };
      known.push(repetition);
    }
    if (repetition.pages.at(-1) === pageNumber) return;
    repetition.pages.push(pageNumber);
    repetition.numbers.push(numbersIn(segment.text));
    if (segment.text === repetition.text) repetition.sameText += 1;
  }

  of({ position, pattern, segment }: EdgeSegment): Repetition | undefined {
    return this.#byKey
      .get(`${position} ${pattern}`)
      ?.find(({ height }) => Math.abs(height - segment.baseline) < SAME_HEIGHT_PT);
  }
}

/** A short document has only two odd pages, or two even ones: what stands on both to the letter, and on neither page between, is furniture. */
const isOnEverySecond = ({ pages, sameText }: Repetition, pageCount: number): boolean =>
  pages.length === 2 &&
  sameText === 2 &&
  pageCount >= MIN_PAGES &&
  pageCount <= 5 &&
  (pages[1] ?? 0) - (pages[0] ?? 0) === 2;

/** The same words, to the letter, on nearly all of its pages. */
export const isUnchanging = ({ pages, sameText }: Repetition): boolean => sameText >= pages.length * MOST_SHARE;

/** The same words, to the letter, at the same place of most pages. */
export const staysOnMost = (repetition: Repetition, pageCount: number): boolean =>
  repetition.pages.length >= Math.max(MIN_PAGES, pageCount * COMMON_SHARE) && isUnchanging(repetition);

/**
 * Whether a line that stands at the edge of several pages is furniture: on most pages of the document, or on a run of pages (every one, or every
 * second) with numbers that run along. What merely begins three pages far apart is text.
 */
export const isFurniture = (repetition: Repetition, pageCount: number): boolean => {
  const { pages } = repetition;
  if (isOnEverySecond(repetition, pageCount)) return true;
  if (pages.length < Math.min(MIN_PAGES, Math.max(2, pageCount))) return false;
  if (pages.length >= pageCount * COMMON_SHARE) return true;
  const span = (pages.at(-1) ?? 0) - (pages[0] ?? 0) + 1;
  return pages.length >= span * RUN_SHARE && numbersRunAlong(repetition);
};
