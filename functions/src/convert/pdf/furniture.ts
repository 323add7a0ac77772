/** Running heads and feet, and printed page numbers: found by what comes back, page after page, at the edges. */
import type { RunningLine } from '../source-tree.ts';
import { loneRunningLines } from './lone-page-lines.ts';
import { linesOfMargins } from './margin-places.ts';
import { medianOf, type PageContent, type Segment, toBoundingBox } from './page-model.ts';
import { arabicNumber, isPageNumber, numberOffset, printedNumber } from './page-numbers.ts';
import {
  COMMON_SHARE,
  type EdgeSegment,
  isFurniture,
  isUnchanging,
  MIN_PAGES,
  numbersRunAlong,
  partsOf,
  patternOf,
  Repetitions,
  SAME_HEIGHT_PT,
  staysOnMost,
} from './repetitions.ts';
import { outsideContent } from './tags/outside-content.ts';

/** Share of the page's height, from its edge, in which a running line can stand. */
const EDGE_SHARE = 0.13;
/** The same for documents of one or two pages, */
const MARGIN_SHARE = 0.08;
/** whose running lines must be this much smaller than the text. */
const SMALLER_PT = 0.4;
/** A line this much larger than all running lines is a title that stands as high as they do. */
const LARGER_PT = 1.5;
/** A text without words that stays the same page after page is no bullet from this length on. */
const SHORTEST_FIXED = 5;
/** Lines from the edge that are looked at. */
const EDGE_LINES = 5;

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

/** A page number by itself in the margin: with too few pages to come back, it has to be that of its own page. */
const isOwnNumber = (segment: Segment, { pageNumber }: PageContent, gap: number): boolean =>
  arabicNumber(segment.text) === pageNumber && gap > 1.5 * segment.size;

/** Where there are too few pages to see what comes back: small print in the margin, well away from the text. */
const isMarginal = ({ segment, position }: EdgeSegment, { page, usualSize }: Body, gap: number): boolean => {
  if (isOwnNumber(segment, page, gap)) return true;
  const fromEdge = position === 'head' ? segment.bottom : page.height - segment.top;
  if (/^page\s+\d+\s+of\s+\d+$/i.test(segment.text)) return gap > segment.size;
  return fromEdge < page.height * MARGIN_SHARE && segment.size <= usualSize - SMALLER_PT && gap > 1.5 * segment.size;
};

/**
 * Lines that come back are the text itself where most pages hold nothing else. On a scan they are not: its text is in the picture. `running`: of
 * each page, changed in place; page numbers go all the same, and what stays the same where another line does not.
 */
const keepOnlyText = (pages: readonly PageContent[], running: readonly Map<Segment, EdgeSegment>[]): void => {
  const written = pages.flatMap(({ segments, hasImage }, index) =>
    hasImage || segments.length === 0 ? [] : [{ segments, lines: running[index] }],
  );
  const emptied = written.filter(({ segments, lines }) => segments.every((segment) => lines?.has(segment)));
  if (emptied.length <= written.length / 2) return;
  const counts = new Map<string, number>();
  for (const { text } of emptied.flatMap(({ segments }) => segments)) counts.set(text, (counts.get(text) ?? 0) + 1);
  const isOwn = ({ text }: Segment): boolean => (counts.get(text) ?? 0) <= emptied.length / 2;
  for (const { segments, lines } of emptied) {
    const words = segments.filter(({ text }) => !isPageNumber(text));
    for (const segment of words.some(isOwn) ? words.filter(isOwn) : words) lines?.delete(segment);
  }
};

/** Takes the running lines out of all pages. Nothing is lost: each is listed with its page. */
export const removeFurniture = (pages: readonly PageContent[]): FurnitureResult => {
  const edges = new Map(pages.map((page) => [page, [...edgeOf(page, 'head'), ...edgeOf(page, 'foot')]]));
  const repetitions = new Repetitions();
  for (const [page, edge] of edges)
    for (const item of edge) for (const each of [item, ...partsOf(item)]) repetitions.add(each, page.pageNumber);

  /** "SECTION B | RFP 27", "RFP 27 | SECTION C": one half stays. */
  const halfStays = (item: EdgeSegment): boolean =>
    partsOf(item).some((part) => {
      const repetition = repetitions.of(part);
      return repetition !== undefined && staysOnMost(repetition, pages.length);
    });
  const repeats = (item: EdgeSegment): boolean => {
    const repetition = repetitions.of(item);
    return (repetition !== undefined && isFurniture(repetition, pages.length)) || halfStays(item);
  };
  const comesBack = (page: PageContent): EdgeSegment[] =>
    (edges.get(page) ?? []).filter((item) => !insideTable(item.segment, page) && repeats(item));
  const offset = numberOffset(pages, comesBack);

  /** A date or a number of the document. */
  const staysOnMostPages = (item: EdgeSegment): boolean => {
    const repetition = repetitions.of(item);
    return (
      repetition !== undefined &&
      item.segment.text.length >= SHORTEST_FIXED &&
      repetition.pages.length >= pages.length * COMMON_SHARE &&
      isUnchanging(repetition)
    );
  };

  /** "Rev. 3 | 12" */
  const countsOnMostPages = (item: EdgeSegment): boolean => {
    const repetition = repetitions.of(item);
    return (
      repetition !== undefined &&
      /\p{L}{2}/u.test(item.pattern) &&
      repetition.pages.length >= pages.length * COMMON_SHARE &&
      numbersRunAlong(repetition)
    );
  };

  /** "7.9" or a bullet may stand at the top of several pages by chance: such a piece counts only beside one that says more. */
  const saysEnough = (item: EdgeSegment, page: PageContent): boolean =>
    /\p{L}{4}|(?:\p{L}{2}.*){2}/u.test(item.pattern) ||
    staysOnMostPages(item) ||
    countsOnMostPages(item) ||
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

  const leftOutOf = (page: PageContent): EdgeSegment[] => {
    const isOutside = outsideContent(page);
    return (edges.get(page) ?? []).filter(({ segment }) => !insideTable(segment, page) && isOutside(segment));
  };

  const outsideTables = (page: PageContent): EdgeSegment[] =>
    (edges.get(page) ?? []).filter(({ segment }) => !insideTable(segment, page));
  const inMargins = linesOfMargins(
    pages.map((page) => ({ ...page, usualSize: measure(page).usualSize, edge: outsideTables(page) })),
  );

  const isShort = pages.length < MIN_PAGES;
  const loneLines = (
    page: PageContent,
    running: ReadonlyMap<Segment, EdgeSegment>,
    usualSize: number,
  ): EdgeSegment[] => {
    const unknown = outsideTables(page).filter(({ segment }) => !running.has(segment));
    const segments = page.segments.filter((segment) => !running.has(segment));
    return loneRunningLines(unknown, { height: page.height, segments }, usualSize);
  };
  const largest = pages
    .flatMap((page) => runningOf(page))
    .reduce((most, { segment }) => Math.max(most, segment.size), 0);
  const runningLines: RunningLine[] = [];
  const printedNumbers = new Map<number, string>();
  const runningByPage = pages.map((page) => {
    const placed = (edges.get(page) ?? []).filter((item) => inMargins.has(item));
    const running = new Map([...runningOf(page), ...leftOutOf(page), ...placed].map((item) => [item.segment, item]));
    const body = { page, ...measure(page) };
    if (isShort) for (const item of loneLines(page, running, body.usualSize)) running.set(item.segment, item);
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
    return running;
  });
  keepOnlyText(pages, runningByPage);
  const cleaned = pages.map((page, index) => {
    const running = runningByPage[index] ?? new Map<Segment, EdgeSegment>();
    for (const { segment, position } of (edges.get(page) ?? []).filter((item) => running.has(item.segment))) {
      runningLines.push({ text: segment.text, pageNumber: page.pageNumber, position, bbox: toBoundingBox(segment) });
      const number = printedNumber(segment.text);
      if (number !== undefined) printedNumbers.set(page.pageNumber, number);
    }
    return running.size === 0 ? page : { ...page, segments: page.segments.filter((segment) => !running.has(segment)) };
  });
  return { pages: cleaned, runningLines, printedNumbers };
};
