/** How far down a table may reach from its first row: to a gap, a change of walls, a heading, prose or another table's head. */
import type { Rule } from '../page-model.ts';
import type { Row } from '../rows.ts';
import { extentOf, isCandidate, isLeader, LARGER_PT, overlaps, SAME_EDGE_PT, stepBetween } from './candidate-rows.ts';
import { isRunIn } from './prose-rows.ts';
import { acrossRules, type Interval } from './rule-edges.ts';

/** In line heights: a table ends where a gap is wider, or wider still over a rule. */
const MAX_STEP = 2.4;
const MAX_RULED_STEP = 3.2;
/** A page of readable size has fewer lines. */
const MAX_ROWS = 400;
/** How far a line alone in its row may run beyond the last column. */
const BEYOND_PT = 40;
/** Rules this far apart are not one line drawn double. */
const PARTED_PT = 4;
/** Of the table's width: a line alone in its row that is wider is a title over the columns, or prose. */
const WIDE = 0.6;
/** More wide lines than these in a row are prose. */
const MAX_WIDE_LINES = 2;
/** A table of fewer columns has no lines across them: those are prose. */
const MIN_TITLED_COLUMNS = 3;
/** A line at the left edge this many times further below than any other row is no row of the table. */
const WIDER_STEP = 1.35;
const MIN_ROW_STEP = 1.3;
const NEXT_TABLE_STEP = 1.1;

const rulesAcross = (rules: readonly Rule[], { x0, x1 }: Interval, above: Row, below: Row): number[] =>
  acrossRules(rules, x0, x1, above[0]?.baseline ?? 0, below[0]?.baseline ?? 0);

const isNear = (above: Row, below: Row, rules: readonly Rule[]): boolean => {
  const step = stepBetween(above, below);
  if (step <= MAX_STEP) return true;
  const [first] = above;
  return step <= MAX_RULED_STEP && first !== undefined && rulesAcross(rules, first, above, below).length > 0;
};

/** Two rules with nothing between them: one table ends and another begins. */
const areParted = (reach: Interval, above: Row, below: Row, rules: readonly Rule[]): boolean => {
  const between = rulesAcross(rules, reach, above, below);
  return (between.at(-1) ?? 0) - (between[0] ?? 0) > PARTED_PT;
};

const isBold = (row: Row): boolean => row.every(({ bold }) => bold);

/** Bold like the first row, below a row that is not: the head of the next table, when it stands further below. */
const isAnotherHead = (first: Row, above: Row, row: Row): boolean => isBold(first) && isBold(row) && !isBold(above);

/** x of the vertical rules that stand beside a row. */
const wallsBeside = (row: Row, rules: readonly Rule[]): number[] => {
  const [first] = row;
  if (!first) return [];
  const middle = (first.top + first.bottom) / 2;
  return rules
    .filter(({ direction, from, to }) => direction === 'vertical' && from < middle && to > middle)
    .map(({ at }) => at);
};

/** The walls of the row above all end before this row: another table begins. */
const doWallsEnd = (above: Row, row: Row, rules: readonly Rule[]): boolean => {
  const [upper, lower] = [wallsBeside(above, rules), wallsBeside(row, rules)];
  return upper.length >= 2 && !upper.some((at) => lower.some((other) => Math.abs(at - other) < 1));
};

/** What is known of a table while its rows are gathered. */
interface Growth {
  first: Row;
  size: number;
  /** The row with the most pieces. */
  fullest: Row;
  reach: Interval;
  widestStep: number;
  rowCount: number;
  /** Wide lines that were read last, one after the other. */
  wideLines: number;
}

/** In letters of the first row: a head in bold may be set smaller than the rows below it. */
const MAX_BODY = 1.35;

const sizeOf = (row: Row): number => Math.max(...row.map(({ size }) => size));

/** The size of the table's text: that of its first row, or of the second below a head in bold. */
const bodySize = (first: Row, second: Row | undefined): number => {
  const size = first[0]?.size ?? 0;
  if (!second || !isCandidate(second) || !isBold(first) || isBold(second)) return size;
  return sizeOf(second) <= MAX_BODY * size ? Math.max(size, sizeOf(second)) : size;
};

const isApart = ({ size, reach }: Growth, above: Row, row: Row, rules: readonly Rule[]): boolean =>
  !isNear(above, row, rules) ||
  areParted(reach, above, row, rules) ||
  isLeader(row) ||
  sizeOf(row) > size + LARGER_PT ||
  doWallsEnd(above, row, rules);

/** A line alone in its row: undefined where it ends the table, else how many wide lines there are in a row with it. */
const withLine = (
  { reach, fullest, widestStep, rowCount, wideLines }: Growth,
  row: Row,
  step: number,
): number | undefined => {
  const { x0, x1 } = extentOf(row);
  const startsInside = fullest.some((segment, index) => index > 0 && Math.abs(segment.x0 - x0) < SAME_EDGE_PT);
  if ((x1 > reach.x1 + BEYOND_PT && !startsInside) || x0 < reach.x0 - BEYOND_PT) return undefined;
  const isTooFar = step > WIDER_STEP * Math.max(MIN_ROW_STEP, widestStep);
  if (rowCount > 1 && isTooFar && x0 < reach.x0 + SAME_EDGE_PT) return undefined;
  const isOverSeveral = fullest.filter((segment) => overlaps(segment, { x0, x1 })).length >= 2;
  if (!isOverSeveral || x1 - x0 <= WIDE * (reach.x1 - reach.x0)) return 0;
  return fullest.length < MIN_TITLED_COLUMNS ? undefined : wideLines + 1;
};

/** Exclusive end of what may be one table with the row at `start`. */
export const growFrom = (rows: readonly Row[], start: number, rules: readonly Rule[]): number => {
  const first = rows[start] ?? [];
  const growth: Growth = {
    first,
    size: bodySize(first, rows[start + 1]),
    fullest: first,
    reach: extentOf(first),
    widestStep: 0,
    rowCount: 1,
    wideLines: 0,
  };
  const limit = Math.min(rows.length, start + MAX_ROWS);
  for (let end = start + 1; end < limit; end++) {
    const [row, above] = [rows[end], rows[end - 1]];
    if (!row || !above || isApart(growth, above, row, rules)) return end;
    const step = stepBetween(above, row);
    if (isCandidate(row)) {
      if (isRunIn(row, rows.slice(start, end))) return end;
      if (isAnotherHead(first, above, row) && step > NEXT_TABLE_STEP * growth.widestStep) return end;
      const { x0, x1 } = extentOf(row);
      growth.reach = { x0: Math.min(growth.reach.x0, x0), x1: Math.max(growth.reach.x1, x1) };
      if (row.length > growth.fullest.length) growth.fullest = row;
      growth.wideLines = 0;
    } else {
      const wideLines = withLine(growth, row, step);
      if (wideLines === undefined) return end;
      if (wideLines > MAX_WIDE_LINES) return end - MAX_WIDE_LINES;
      growth.wideLines = wideLines;
    }
    growth.widestStep = Math.max(growth.widestStep, step);
    growth.rowCount += 1;
  }
  return limit;
};
