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

/** Numbers change from page to page; everything else of a running line stays. */
export const patternOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\d+/g, '#')
    .replace(/\b[ivxlc]+\b/g, '#')
    .replace(/\s+/g, ' ');

export interface EdgeSegment {
  segment: Segment;
  position: 'head' | 'foot';
  pattern: string;
}

/** One pattern at one height of one edge, with every page on which it stands. */
interface Repetition {
  height: number;
  pages: number[];
  /** The numbers in its text, page by page. */
  numbers: number[][];
}

const numbersIn = (text: string): number[] => (text.match(/\d+/g) ?? []).map(Number);

/** Whether most of the values are the same. */
const mostlyOne = (values: readonly number[]): boolean => {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Math.max(...counts.values()) >= values.length * MOST_SHARE;
};

/** In a running line a number stays the same or counts along with the pages; "C.24" here and "C.50" there are two headings. */
const numbersRunAlong = ({ pages, numbers }: Repetition): boolean =>
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
      repetition = { height: segment.baseline, pages: [], numbers: [] };
      known.push(repetition);
    }
    if (repetition.pages.at(-1) === pageNumber) return;
    repetition.pages.push(pageNumber);
    repetition.numbers.push(numbersIn(segment.text));
  }

  of({ position, pattern, segment }: EdgeSegment): Repetition | undefined {
    return this.#byKey
      .get(`${position} ${pattern}`)
      ?.find(({ height }) => Math.abs(height - segment.baseline) < SAME_HEIGHT_PT);
  }
}

/**
 * Whether a line that stands at the edge of several pages is furniture: on most pages of the document, or on a run of pages (every one, or every
 * second) with numbers that run along. What merely begins three pages far apart is text.
 */
export const isFurniture = (repetition: Repetition, pageCount: number): boolean => {
  const { pages } = repetition;
  if (pages.length < Math.min(MIN_PAGES, Math.max(2, pageCount))) return false;
  if (pages.length >= pageCount * COMMON_SHARE) return true;
  const span = (pages.at(-1) ?? 0) - (pages[0] ?? 0) + 1;
  return pages.length >= span * RUN_SHARE && numbersRunAlong(repetition);
};
