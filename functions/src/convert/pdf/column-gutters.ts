/** Which pages are set in columns of running text, and where the empty strips between these stand. */
import { medianOf, type Rule, type Segment, unionOf } from './page-model.ts';
import { areTitledBlocks } from './titled-blocks.ts';

/** Narrower strips are gaps between words. */
const GUTTER_MIN_PT = 8;
/** A column of running text has at least this many lines that fill this share of its width, */
const MIN_FILLED_LINES = 5;
const FILLED = 0.62;
/** of so many words each. */
const MIN_WORDS = 3;
/** Columns that differ more in width are a text and its side bar: these have to show more. */
const LIKE_WIDTH = 0.7;
const MIN_SIDE_LINES = 8;
/** Share of their lines that begin amid a sentence. */
const MIN_RUNNING = 0.3;
/** Narrower than this share of the text, a column holds marks or numbers. */
const MIN_WIDTH_SHARE = 0.15;
/** Share of the segments that may run across; more may do so where they stand together, above or below. */
const MAX_ACROSS = 0.12;
const MAX_CHANGES = 6;
const MAX_GUTTERS = 3;

/** The empty strip between two columns. */
export interface Gutter {
  x0: number;
  x1: number;
}

export interface ColumnPage {
  segments: readonly Segment[];
  rules: readonly Rule[];
}

const middleOf = ({ x0, x1 }: Gutter): number => (x0 + x1) / 2;

/** How many segments stand over each point of the width. */
const profileOf = (segments: readonly Segment[], x0: number, width: number): number[] => {
  const changes = new Array<number>(width + 2).fill(0);
  const add = (x: number, by: number): void => {
    const at = Math.min(width + 1, Math.max(0, x));
    changes[at] = (changes[at] ?? 0) + by;
  };
  for (const segment of segments) {
    add(Math.floor(segment.x0 - x0), 1);
    add(Math.ceil(segment.x1 - x0), -1);
  }
  let count = 0;
  return changes.slice(0, width + 1).map((change) => {
    count += change;
    return count;
  });
};

/** A page is never wider: what claims to be is no page of text. */
const MAX_WIDTH_PT = 15_000;

/** Strips over which clearly less stands than on either side of them. */
const findStrips = (segments: readonly Segment[]): Gutter[] => {
  if (segments.length < 2 * MIN_FILLED_LINES) return [];
  const { x0, x1 } = unionOf(segments);
  const width = Math.ceil(x1 - x0);
  if (!(width > 0 && width < MAX_WIDTH_PT)) return [];
  const profile = profileOf(segments, x0, width);
  const margin = Math.floor(width * MIN_WIDTH_SHARE);
  const inner = profile.slice(margin, width - margin);
  const fewest = inner.reduce((least, count) => Math.min(least, count), Number.POSITIVE_INFINITY);
  const most = fewest + Math.max(1, Math.floor(0.02 * segments.length));
  const strips: (Gutter & { count: number })[] = [];
  let from: number | undefined;
  [...inner, Number.POSITIVE_INFINITY].forEach((count, index) => {
    if (count <= most) from ??= index;
    else if (from !== undefined) {
      const strip = narrowest(inner, from, index);
      if (strip.to - strip.from >= GUTTER_MIN_PT)
        strips.push({ x0: x0 + margin + strip.from, x1: x0 + margin + strip.to, count: strip.count });
      from = undefined;
    }
  });
  return strips
    .toSorted((a, b) => a.count - b.count || b.x1 - b.x0 - (a.x1 - a.x0))
    .slice(0, MAX_GUTTERS)
    .toSorted((a, b) => a.x0 - b.x0);
};

/** The widest part of a strip over which the fewest segments stand, if it is wide enough by itself; else all of it. */
const narrowest = (
  profile: readonly number[],
  from: number,
  to: number,
): { from: number; to: number; count: number } => {
  const part = profile.slice(from, to);
  const least = Math.min(...part);
  let best = { from, to: from, count: least };
  let start: number | undefined;
  [...part, Number.POSITIVE_INFINITY].forEach((count, index) => {
    if (count === least) start ??= index;
    else if (start !== undefined) {
      if (index - start > best.to - best.from) best = { from: from + start, to: from + index, count: least };
      start = undefined;
    }
  });
  return best.to - best.from >= GUTTER_MIN_PT ? best : { from, to, count: Math.max(...part) };
};

export const isAcross = ({ x0, x1 }: Gutter, gutter: Gutter): boolean => {
  const middle = middleOf(gutter);
  return x1 > middle + 1 && x0 < middle - 1;
};

/** Index of the column that something stands in; undefined for what runs across a gutter. */
export const columnAt = (piece: Gutter, gutters: readonly Gutter[]): number | undefined => {
  if (gutters.some((gutter) => isAcross(piece, gutter))) return undefined;
  return gutters.filter((gutter) => piece.x0 >= middleOf(gutter) - 1).length;
};

/** The segments of each column, without those that run across. */
const columnsOf = (segments: readonly Segment[], gutters: readonly Gutter[]): Segment[][] => {
  const columns: Segment[][] = Array.from({ length: gutters.length + 1 }, () => []);
  for (const segment of segments) {
    const index = columnAt(segment, gutters);
    if (index !== undefined) columns[index]?.push(segment);
  }
  return columns;
};

interface Gap {
  from: number;
  to: number;
}

/** Where lines stand further apart than usual. */
const gapsOf = (segments: readonly Segment[]): Gap[] => {
  const baselines = [...new Set(segments.map(({ baseline }) => Math.round(baseline)))].toSorted((a, b) => a - b);
  const steps = baselines.slice(1).map((baseline, index) => baseline - (baselines[index] ?? baseline));
  const usual = medianOf(steps);
  return steps.flatMap((step, index) => {
    const from = baselines[index] ?? 0;
    return step > 1.25 * usual ? [{ from, to: from + step }] : [];
  });
};

/** In a table the gaps between rows go through both sides; columns of text break where they like. */
const gapsAgree = (left: readonly Segment[], right: readonly Segment[]): boolean => {
  const [a, b] = [gapsOf(left), gapsOf(right)];
  if (a.length + b.length < 4) return false;
  const overlap = (gap: Gap, others: readonly Gap[]): boolean =>
    others.some(
      ({ from, to }) => Math.min(to, gap.to) - Math.max(from, gap.from) > 0.6 * Math.min(to - from, gap.to - gap.from),
    );
  const shared = a.filter((gap) => overlap(gap, b)).length + b.filter((gap) => overlap(gap, a)).length;
  return shared > 0.75 * (a.length + b.length);
};

const filledLines = (segments: readonly Segment[], width: number): number =>
  segments.filter(({ x0, x1, text }) => x1 - x0 >= FILLED * width && text.split(' ', MIN_WORDS).length === MIN_WORDS)
    .length;

const runningShare = (segments: readonly Segment[]): number =>
  segments.filter(({ text }) => /^\p{Ll}/u.test(text)).length / Math.max(1, segments.length);

/** A rule amid the text and across the gutter is a table's: columns of text have none. */
const isRuledAcross = ({ x0, x1 }: Gutter, { segments, rules }: ColumnPage): boolean => {
  const { top, bottom } = unionOf(segments);
  return rules.some(
    ({ direction, at, from, to }) => direction === 'horizontal' && at > top && at < bottom && from < x0 && to > x1,
  );
};

/** Few lines run across; or more, but these stand together. */
const fewAcross = (segments: readonly Segment[], gutter: Gutter): boolean => {
  const crossing = segments.filter((segment) => isAcross(segment, gutter)).length;
  if (crossing <= Math.max(2, Math.floor(segments.length * MAX_ACROSS))) return true;
  const order = segments.toSorted((a, b) => a.baseline - b.baseline).map((segment) => isAcross(segment, gutter));
  const changes = order.filter((across, index) => index > 0 && across !== order[index - 1]).length;
  return changes <= MAX_CHANGES;
};

interface Measured {
  segments: Segment[];
  width: number;
  filled: number;
}

/** Columns with their widths, and how many of their lines are full. */
const measure = (segments: readonly Segment[], gutters: readonly Gutter[]): Measured[] => {
  const { x0, x1 } = unionOf(segments);
  return columnsOf(segments, gutters).map((column, index) => {
    const from = gutters[index - 1]?.x1 ?? x0;
    const to = gutters[index]?.x0 ?? x1;
    return { segments: column, width: to - from, filled: filledLines(column, to - from) };
  });
};

const areColumns = (left: Measured, right: Measured): boolean => {
  if (areTitledBlocks(left.segments, right.segments)) return true;
  if (Math.min(left.filled, right.filled) < MIN_FILLED_LINES || gapsAgree(left.segments, right.segments)) return false;
  if (Math.min(left.width, right.width) >= LIKE_WIDTH * Math.max(left.width, right.width)) return true;
  return (
    Math.min(left.filled, right.filled) >= MIN_SIDE_LINES &&
    Math.min(runningShare(left.segments), runningShare(right.segments)) >= MIN_RUNNING
  );
};

/** The gutters of a page that is, by itself, clearly set in columns of running text. */
const clearGutters = ({ segments, rules }: ColumnPage): Gutter[] => {
  let gutters = findStrips(segments).filter(
    (gutter) => !isRuledAcross(gutter, { segments, rules }) && fewAcross(segments, gutter),
  );
  while (gutters.length > 0) {
    const columns = measure(segments, gutters);
    const kept = gutters.filter((_, index) => {
      const [left, right] = [columns[index], columns[index + 1]];
      return left && right && areColumns(left, right);
    });
    if (kept.length === gutters.length) break;
    gutters = kept;
  }
  return gutters;
};

/** What most pages with columns have; fewer than a third of all say nothing. */
const usualGutters = (found: readonly Gutter[][], pageCount: number): Gutter[] => {
  if (found.length === 0 || found.length * 3 < pageCount) return [];
  const count = medianOf(found.map(({ length }) => length));
  const like = found.filter(({ length }) => length === count);
  return Array.from({ length: count }, (_, index) => ({
    x0: medianOf(like.map((gutters) => gutters[index]?.x0 ?? 0)),
    x1: medianOf(like.map((gutters) => gutters[index]?.x1 ?? 0)),
  }));
};

/** For each page its gutters, from left to right: a page that is not clear by itself follows the others. */
export const findGutters = (pages: readonly ColumnPage[]): Gutter[][] => {
  const clear = pages.map(clearGutters);
  const usual = usualGutters(
    clear.filter(({ length }) => length > 0),
    pages.length,
  );
  return pages.map(({ segments }, index) => {
    const own = clear[index] ?? [];
    if (own.length > 0 || usual.length === 0) return own;
    const columns = columnsOf(segments, usual);
    const across = segments.length - columns.flat().length;
    const isFilled = (columns[0]?.length ?? 0) > 0 && (columns[1]?.length ?? 0) > 0;
    return isFilled && across <= Math.max(2, Math.floor(segments.length * MAX_ACROSS)) ? usual : [];
  });
};
