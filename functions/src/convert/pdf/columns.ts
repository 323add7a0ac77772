/** Reading order: a page set in two columns is read one column after the other; what runs across both parts them into bands. */
import { medianOf, type Rule, type Segment, unionOf } from './page-model.ts';

/** Narrower strips are gaps between words. */
const GUTTER_MIN_PT = 8;
/** A column of running text has at least this many lines that fill this share of its width. */
const MIN_FILLED_LINES = 5;
const FILLED = 0.62;
/** The gutter stands within this share of the text's width from its middle. */
const OFF_CENTRE = 0.14;
/** Share of the segments that may run across: titles, wide figures. */
const MAX_ACROSS = 0.12;

/** Places that are looked at on a page, however wide it is. */
const MAX_PROBES = 400;

/** The empty strip between two columns. */
export interface Gutter {
  x0: number;
  x1: number;
}

const allowedAcross = (segments: readonly Segment[]): number => Math.max(2, Math.floor(segments.length * MAX_ACROSS));

/** The widest strip near the middle that the fewest segments run across, if these are few. */
const findStrip = (segments: readonly Segment[]): Gutter | undefined => {
  if (segments.length < 2 * MIN_FILLED_LINES) return undefined;
  const { x0, x1 } = unionOf(segments);
  const reach = OFF_CENTRE * (x1 - x0);
  const from = (x0 + x1) / 2 - reach;
  const stepPt = Math.max(1, (2 * reach) / MAX_PROBES);
  const probes = Array.from({ length: Math.floor((2 * reach) / stepPt) + 1 }, (_, index) => from + index * stepPt);
  const crossings = probes.map((x) => segments.filter((segment) => segment.x0 < x && segment.x1 > x).length);
  const fewest = Math.min(...crossings);
  if (fewest > allowedAcross(segments)) return undefined;
  let best: Gutter | undefined;
  let start: number | undefined;
  [...crossings, Number.POSITIVE_INFINITY].forEach((count, index) => {
    if (count === fewest) start ??= from + index * stepPt;
    else if (start !== undefined) {
      const end = from + (index - 1) * stepPt;
      if (!best || end - start > best.x1 - best.x0) best = { x0: start, x1: end };
      start = undefined;
    }
  });
  return best && best.x1 - best.x0 >= GUTTER_MIN_PT ? best : undefined;
};

interface Sides {
  left: Segment[];
  right: Segment[];
  across: Segment[];
}

const sidesOf = (segments: readonly Segment[], gutter: Gutter): Sides => {
  const middle = (gutter.x0 + gutter.x1) / 2;
  const sides: Sides = { left: [], right: [], across: [] };
  for (const segment of segments) {
    if (segment.x1 <= middle + 1) sides.left.push(segment);
    else if (segment.x0 >= middle - 1) sides.right.push(segment);
    else sides.across.push(segment);
  }
  return sides;
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
  segments.filter(({ x0, x1 }) => x1 - x0 >= FILLED * width).length;

export interface ColumnPage {
  segments: readonly Segment[];
  rules: readonly Rule[];
}

/** A rule amid the text and across the gutter is a table's: columns of text have none. */
const isRuledAcross = ({ x0, x1 }: Gutter, { segments, rules }: ColumnPage): boolean => {
  const { top, bottom } = unionOf(segments);
  return rules.some(
    ({ direction, at, from, to }) => direction === 'horizontal' && at > top && at < bottom && from < x0 && to > x1,
  );
};

/** The gutter of a page that is, by itself, clearly set in two columns of running text. */
const clearGutter = ({ segments, rules }: ColumnPage): Gutter | undefined => {
  const gutter = findStrip(segments);
  if (!gutter || isRuledAcross(gutter, { segments, rules })) return undefined;
  const { left, right } = sidesOf(segments, gutter);
  if (left.length === 0 || right.length === 0) return undefined;
  const { x0, x1 } = unionOf(segments);
  const filled = Math.min(filledLines(left, gutter.x0 - x0), filledLines(right, x1 - gutter.x1));
  return filled >= MIN_FILLED_LINES && !gapsAgree(left, right) ? gutter : undefined;
};

/** Decides for each page whether it has two columns: a page that is not clear by itself follows the others. */
export const findGutters = (pages: readonly ColumnPage[]): (Gutter | undefined)[] => {
  const clear = pages.map(clearGutter);
  const found = clear.filter((gutter) => gutter !== undefined);
  const usual = { x0: medianOf(found.map(({ x0 }) => x0)), x1: medianOf(found.map(({ x1 }) => x1)) };
  return pages.map(({ segments }, index) => {
    const own = clear[index];
    if (own || found.length * 3 < pages.length || found.length === 0) return own;
    const { left, right, across } = sidesOf(segments, usual);
    return left.length > 0 && right.length > 0 && across.length <= allowedAcross(segments) ? usual : undefined;
  });
};

/** What is read in one go: a whole page, a column, or what runs across both. */
export interface Flow {
  kind: 'whole' | 'left' | 'right' | 'across';
  segments: Segment[];
}

/** In the order in which they are read; without a gutter the page is one flow. */
export const splitColumns = (segments: readonly Segment[], gutter: Gutter | undefined): Flow[] => {
  if (segments.length === 0) return [];
  if (!gutter) return [{ kind: 'whole', segments: [...segments] }];
  const isAcross = new Set(sidesOf(segments, gutter).across);
  const flows: Flow[] = [];
  let across: Segment[] = [];
  let band: Segment[] = [];
  const flush = (): void => {
    const { left, right } = sidesOf(band, gutter);
    flows.push(
      { kind: 'across', segments: across },
      { kind: 'left', segments: left },
      { kind: 'right', segments: right },
    );
    across = [];
    band = [];
  };
  for (const segment of segments.toSorted((a, b) => a.baseline - b.baseline || a.x0 - b.x0)) {
    if (isAcross.has(segment)) {
      if (band.length > 0) flush();
      across.push(segment);
    } else band.push(segment);
  }
  flush();
  return flows.filter((flow) => flow.segments.length > 0);
};
