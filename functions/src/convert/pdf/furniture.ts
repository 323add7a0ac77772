/** Running heads and feet, and printed page numbers: found by what comes back, page after page, at the edges. */
import type { RunningLine } from '../source-tree.ts';
import { medianOf, type PageContent, type Segment, toBoundingBox } from './page-model.ts';
import {
  COMMON_SHARE,
  type EdgeSegment,
  isFurniture,
  MIN_PAGES,
  patternOf,
  Repetitions,
  SAME_HEIGHT_PT,
} from './repetitions.ts';

/** Share of the page's height, from its edge, in which a running line can stand. */
const EDGE_SHARE = 0.13;
/** The same for documents of one or two pages, */
const MARGIN_SHARE = 0.08;
/** whose running lines must be this much smaller than the text. */
const SMALLER_PT = 0.4;
/** A line this much larger than all running lines is a title that stands as high as they do. */
const LARGER_PT = 1.5;
/** Lines from the edge that are looked at. */
const EDGE_LINES = 5;

const PAGE_NUMBER =
  /^(?:[-–—[(]\s*)?(?:page\s*)?(?:[a-z]{1,2}[-–.])?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|\/)\s*\d{1,4})?(?:\s*[-–—\])])?$/i;

const edgeOf = (page: PageContent, position: 'head' | 'foot'): EdgeSegment[] => {
  const limit = page.height * EDGE_SHARE;
  const baselines: number[] = [];
  const sign = position === 'head' ? 1 : -1;
  const segments = page.segments
    .filter(
      ({ rotated, bottom, top }) => !rotated && (position === 'head' ? bottom <= limit : top >= page.height - limit),
    )
    .toSorted((a, b) => sign * (a.baseline - b.baseline));
  const edge: EdgeSegment[] = [];
  for (const segment of segments) {
    if (!baselines.some((baseline) => Math.abs(baseline - segment.baseline) < SAME_HEIGHT_PT))
      baselines.push(segment.baseline);
    if (baselines.length > EDGE_LINES) break;
    edge.push({ segment, position, pattern: patternOf(segment.text) });
  }
  return edge;
};

/** The upright text of a page from its top down and from its bottom up, and its usual size: measured once, asked for each line at the edges. */
interface Measured {
  fromTop: Segment[];
  fromBottom: Segment[];
  usualSize: number;
}

const measure = ({ segments }: PageContent): Measured => {
  const upright = segments.filter(({ rotated }) => !rotated);
  return {
    fromTop: upright.toSorted((a, b) => a.top - b.top),
    fromBottom: upright.toSorted((a, b) => b.bottom - a.bottom),
    usualSize: medianOf(segments.map(({ size }) => size)),
  };
};

interface Body extends Measured {
  page: PageContent;
}

/** Space between the running lines at one edge and the body; a table's head that comes back on each page has none below it. */
const gapToBody = (body: Body, running: ReadonlySet<Segment>, position: 'head' | 'foot'): number => {
  const { height } = body.page;
  const own = [...running].filter(({ top }) => top < height / 2 === (position === 'head'));
  const edge = bodyEdge(body, (segment) => running.has(segment), position);
  if (position === 'head') return edge - own.reduce((lowest, { bottom }) => Math.max(lowest, bottom), 0);
  return own.reduce((highest, { top }) => Math.min(highest, top), height) - edge;
};

/** Height of the line of the body that stands nearest to the edge once the running lines are taken away. */
const bodyEdge = (
  { page, fromTop, fromBottom }: Body,
  isRunning: (segment: Segment) => boolean,
  position: 'head' | 'foot',
): number => {
  if (position === 'head')
    return Math.min(page.height, fromTop.find((segment) => !isRunning(segment))?.top ?? page.height);
  return Math.max(0, fromBottom.find((segment) => !isRunning(segment))?.bottom ?? 0);
};

export interface FurnitureResult {
  /** The same pages, without their running lines. */
  pages: PageContent[];
  runningLines: RunningLine[];
  /** Printed page numbers by physical page, where one was found in a running line of its own. */
  printedNumbers: Map<number, string>;
}

const insideTable = (segment: Segment, page: PageContent): boolean => {
  const middle = (segment.top + segment.bottom) / 2;
  const left = page.rules.some(
    (r) => r.direction === 'vertical' && r.from <= middle && r.to >= middle && r.at <= segment.x0 + 1,
  );
  const right = page.rules.some(
    (r) => r.direction === 'vertical' && r.from <= middle && r.to >= middle && r.at >= segment.x1 - 1,
  );
  return left && right;
};

/** The number that a page number alone on its line shows. */
const arabicNumber = (text: string): number | undefined => {
  const digits = PAGE_NUMBER.test(text) ? /\d+/.exec(text) : null;
  return digits ? Number(digits[0]) : undefined;
};

/** The page number as printed ("iv", "C-3") in a line that is nothing else. */
const printedNumber = (text: string): string | undefined =>
  PAGE_NUMBER.test(text)
    ? /(?:[a-z]{1,2}[-–.])?(?:\d+|\b[ivxlc]+\b)/i.exec(text.replace(/page\s*/i, ''))?.[0]
    : undefined;

/** By how much printed page numbers differ from physical ones, where most of those that come back agree. */
const numberOffset = (
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

/** Where there are too few pages to see what comes back: small print in the margin, well away from the text. */
const isMarginal = ({ segment, position }: EdgeSegment, { page, usualSize }: Body, gap: number): boolean => {
  const fromEdge = position === 'head' ? segment.bottom : page.height - segment.top;
  if (/^page\s+\d+\s+of\s+\d+$/i.test(segment.text)) return gap > segment.size;
  return fromEdge < page.height * MARGIN_SHARE && segment.size <= usualSize - SMALLER_PT && gap > 1.5 * segment.size;
};

/** Takes the running lines out of all pages. Nothing is lost: each is listed with its page. */
export const removeFurniture = (pages: readonly PageContent[]): FurnitureResult => {
  const edges = new Map(pages.map((page) => [page, [...edgeOf(page, 'head'), ...edgeOf(page, 'foot')]]));
  const repetitions = new Repetitions();
  for (const [page, edge] of edges) for (const item of edge) repetitions.add(item, page.pageNumber);

  const repeats = (item: EdgeSegment): boolean => {
    const repetition = repetitions.of(item);
    return repetition !== undefined && isFurniture(repetition, pages.length);
  };
  const comesBack = (page: PageContent): EdgeSegment[] =>
    (edges.get(page) ?? []).filter((item) => !insideTable(item.segment, page) && repeats(item));
  const offset = numberOffset(pages, comesBack);

  /** "7.9" or a bullet may stand at the top of several pages by chance: such a piece counts only beside one that says more. */
  const saysEnough = (item: EdgeSegment, page: PageContent): boolean =>
    /\p{L}{4}|(?:\p{L}{2}.*){2}/u.test(item.pattern) ||
    (offset !== undefined && arabicNumber(item.segment.text) === page.pageNumber + offset) ||
    /^(?:page\s*)?[-–—\s]*[ivxlc]+[-–—\s]*$/i.test(item.segment.text);
  const findRunning = (page: PageContent): EdgeSegment[] => {
    const items = comesBack(page);
    const strong = items.filter((item) => saysEnough(item, page));
    const beside = items.filter((item) =>
      strong.some((other) => Math.abs(other.segment.baseline - item.segment.baseline) < SAME_HEIGHT_PT),
    );
    if (beside.length === 0) return [];
    const taken = new Set(beside.map(({ segment }) => segment));
    const body = { page, ...measure(page) };
    const gaps = { head: gapToBody(body, taken, 'head'), foot: gapToBody(body, taken, 'foot') };
    return beside.filter((item) => {
      if ((repetitions.of(item)?.pages.length ?? 0) >= pages.length * COMMON_SHARE) return true;
      return gaps[item.position] > 0.6 * item.segment.size;
    });
  };

  const found = new Map(pages.map((page) => [page, findRunning(page)]));
  const runningOf = (page: PageContent): EdgeSegment[] => found.get(page) ?? [];

  /** Heights at which most pages carry something that comes back: what else stands there, alone, belongs to it. */
  const commonHeights = { head: new Map<number, number>(), foot: new Map<number, number>() };
  for (const page of pages)
    for (const height of new Set(
      runningOf(page).map((item) => `${item.position} ${Math.round(item.segment.baseline)}`),
    )) {
      const [position = '', at = ''] = height.split(' ');
      const heights = commonHeights[position === 'head' ? 'head' : 'foot'];
      heights.set(Number(at), (heights.get(Number(at)) ?? 0) + 1);
    }
  const isCommonHeight = (item: EdgeSegment): boolean =>
    [...commonHeights[item.position]].some(
      ([height, count]) =>
        count >= Math.max(Math.min(MIN_PAGES, pages.length), pages.length * 0.5) &&
        Math.abs(height - item.segment.baseline) < SAME_HEIGHT_PT,
    );

  const isShort = pages.length < MIN_PAGES;
  const largest = pages
    .flatMap((page) => runningOf(page))
    .reduce((most, { segment }) => Math.max(most, segment.size), 0);
  const runningLines: RunningLine[] = [];
  const printedNumbers = new Map<number, string>();
  const cleaned = pages.map((page) => {
    const running = new Map(runningOf(page).map((item) => [item.segment, item]));
    const body = { page, ...measure(page) };
    for (const item of edges.get(page) ?? []) {
      if (running.has(item.segment) || insideTable(item.segment, page)) continue;
      const near = item.position === 'head' ? item.segment.bottom : item.segment.top;
      const isOther = (segment: Segment): boolean => segment === item.segment || running.has(segment);
      const gap = Math.abs(bodyEdge(body, isOther, item.position) - near);
      const isNumber =
        arabicNumber(item.segment.text) === page.pageNumber + (offset ?? Number.NaN) && gap > item.segment.size;
      const isBeside = isCommonHeight(item) && gap > item.segment.size * 0.8 && item.segment.size < largest + LARGER_PT;
      if (isNumber || isBeside || (isShort && isMarginal(item, body, gap))) running.set(item.segment, item);
    }
    for (const { segment, position } of running.values()) {
      runningLines.push({ text: segment.text, pageNumber: page.pageNumber, position, bbox: toBoundingBox(segment) });
      const number = printedNumber(segment.text);
      if (number !== undefined) printedNumbers.set(page.pageNumber, number);
    }
    return running.size === 0 ? page : { ...page, segments: page.segments.filter((segment) => !running.has(segment)) };
  });
  return { pages: cleaned, runningLines, printedNumbers };
};
