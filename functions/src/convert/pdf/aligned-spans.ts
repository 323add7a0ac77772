/** Finds where a table without walls begins and ends, and its columns: rows whose pieces stand below each other, line after line. */
import { readMarker } from './markers.ts';
import type { Rule } from './page-model.ts';
import type { Row } from './rows.ts';

/** In ems: two columns are at least this far apart. */
const COLUMN_GAP_EM = 0.5;
/** In line heights: a table ends where a gap is wider, or wider still over a rule. */
const MAX_STEP = 2.4;
const MAX_RULED_STEP = 3.2;
/** Text larger than the table's first row by this is a heading after it. */
const LARGER_PT = 0.7;
/** How far a line alone in its row may run beyond the last column. */
const BEYOND_PT = 40;
/** Rules this far apart are not one line drawn double. */
const PARTED_PT = 4;
const DOT_LEADER = /\.{4,}|(?:\.\s){4,}|…{2,}|_{6,}/;

export interface Interval {
  x0: number;
  x1: number;
}

export interface Span {
  from: number;
  /** Exclusive. */
  to: number;
  columns: Interval[];
}

const isList = (row: Row): boolean => row.length === 2 && readMarker(`${row[0]?.text} `) !== undefined;
const isCandidate = (row: Row): boolean =>
  row.length >= 2 && !isList(row) && !row.some(({ text }) => DOT_LEADER.test(text));

const overlaps = (a: Interval, b: Interval, slack: number): boolean => a.x0 < b.x1 + slack && b.x0 < a.x1 + slack;

/** Intervals grown by one row's segments; undefined when a segment would make two columns one. */
const withRow = (columns: readonly Interval[], row: Row): Interval[] | undefined => {
  const next = columns.map((column) => ({ ...column }));
  for (const segment of row) {
    const slack = COLUMN_GAP_EM * segment.size;
    const hit = next.filter((column) => overlaps(column, segment, slack));
    if (hit.length > 1) return undefined;
    const [column] = hit;
    if (!column) next.push({ x0: segment.x0, x1: segment.x1 });
    else {
      column.x0 = Math.min(column.x0, segment.x0);
      column.x1 = Math.max(column.x1, segment.x1);
    }
  }
  next.sort((a, b) => a.x0 - b.x0);
  const merged = next.some((column, index) => {
    const after = next[index + 1];
    return after !== undefined && after.x0 < column.x1 + 1;
  });
  return merged ? undefined : next;
};

/** From row to row, in line heights of 1.2 em. */
export const stepBetween = (above: Row, below: Row): number => {
  const [a, b] = [above[0], below[0]];
  return a && b ? (b.baseline - a.baseline) / (1.2 * Math.max(a.size, b.size)) : 0;
};

/** How many cells of the row begin where a column begins: that is what sets a table apart from text with holes in it. */
const alignedStarts = (row: Row, columns: readonly Interval[]): number =>
  row.filter((segment) => columns.some(({ x0 }) => Math.abs(x0 - segment.x0) < 0.4 * segment.size)).length;

/** y of the horizontal rules between two heights that run across the width. */
export const acrossRules = (rules: readonly Rule[], x0: number, x1: number, top: number, bottom: number): number[] =>
  rules
    .filter((rule) => rule.direction === 'horizontal' && rule.at > top && rule.at < bottom)
    .filter((rule) => Math.min(rule.to, x1) - Math.max(rule.from, x0) > 0.8 * (x1 - x0))
    .map(({ at }) => at)
    .toSorted((a, b) => a - b)
    .filter((at, index, all) => index === 0 || at - (all[index - 1] ?? 0) > 2);

const isNear = (above: Row, below: Row, rules: readonly Rule[]): boolean => {
  const step = stepBetween(above, below);
  if (step <= MAX_STEP) return true;
  const [a, b] = [above[0], below[0]];
  return (
    step <= MAX_RULED_STEP &&
    a !== undefined &&
    b !== undefined &&
    acrossRules(rules, a.x0, a.x1, a.baseline, b.baseline).length > 0
  );
};

/** A last line with one piece belongs to the table when it stands in a column of its own, or wraps the first cell of the row above it. */
const continuesCell = (rows: readonly Row[], index: number, columns: readonly Interval[]): boolean => {
  const [row, above] = [rows[index], rows[index - 1]];
  const only = row?.[0];
  if (!row || !above || !only) return false;
  const column = columns.findIndex((interval) => overlaps(interval, only, 0));
  const step = stepBetween(above, row);
  if (column > 0) return step < (Math.abs(only.x0 - (columns[column]?.x0 ?? 0)) < 3 ? 2 : 1.25);
  const wraps = above.length > 1 && above.some((segment) => Math.abs(segment.x0 - only.x0) < 2);
  return step <= 1.25 && wraps && only.x1 < (columns[1]?.x0 ?? 0);
};

/** Two rules with nothing between them: one table ends and another begins. */
const areParted = (columns: readonly Interval[], above: Row, below: Row, rules: readonly Rule[]): boolean => {
  const [a, b] = [above[0], below[0]];
  if (!a || !b) return false;
  const between = acrossRules(rules, columns[0]?.x0 ?? 0, columns.at(-1)?.x1 ?? 0, a.baseline, b.baseline);
  return (between.at(-1) ?? 0) - (between[0] ?? 0) > PARTED_PT;
};

/** Where the next row stops the table: too far below, larger, a table of contents, or across its columns. */
const grownBy = (
  columns: readonly Interval[],
  row: Row,
  above: Row,
  firstSize: number,
  rules: readonly Rule[],
): Interval[] | undefined => {
  if (
    !isNear(above, row, rules) ||
    areParted(columns, above, row, rules) ||
    row.some(({ size }) => size > firstSize + LARGER_PT)
  )
    return undefined;
  if (row.length >= 2 && row.some(({ text }) => DOT_LEADER.test(text))) return undefined;
  const grown = withRow(columns, row);
  const [only] = row;
  if (!grown || !only || row.length > 1) return grown;
  const startsInColumn = columns.some(({ x0 }, column) => column > 0 && Math.abs(x0 - only.x0) < 3);
  const reaches = only.x1 > (columns.at(-1)?.x1 ?? 0) + BEYOND_PT;
  return grown.length > columns.length || (reaches && !startsInColumn) ? undefined : grown;
};

/** The rows of a table that begins at `start`, without lines above it that may be its head; undefined when none does. */
export const findSpan = (rows: readonly Row[], start: number, rules: readonly Rule[]): Span | undefined => {
  const first = rows[start];
  if (!first || !isCandidate(first)) return undefined;
  let columns: Interval[] = first.map(({ x0, x1 }) => ({ x0, x1 }));
  let to = start + 1;
  let lastMulti = start;
  for (let index = start + 1; index < rows.length; index++) {
    const [row, above] = [rows[index], rows[index - 1]];
    const grown = row && above && grownBy(columns, row, above, first[0]?.size ?? 0, rules);
    if (!grown) break;
    columns = grown;
    to = index + 1;
    if (isCandidate(row)) lastMulti = index;
  }
  const multi = rows.slice(start, lastMulti + 1).filter(isCandidate);
  if (multi.length < 2 || columns.length < 2) return undefined;
  const starts = multi.reduce((sum, row) => sum + alignedStarts(row, columns), 0);
  const cells = multi.reduce((sum, row) => sum + row.length, 0);
  if (starts < cells * 0.5) return undefined;
  while (to - 1 > lastMulti && !continuesCell(rows, to - 1, columns)) to -= 1;
  return { from: start, to, columns };
};

/** Lines above the first full row that belong to it: the upper line of a head that wraps, or a lone title in the first column over a rule. */
export const headAbove = (rows: readonly Row[], span: Span, rules: readonly Rule[], from: number): number => {
  const first = rows[span.from]?.[0];
  const second = rows[span.from + 1]?.[0];
  const [x0, x1] = [span.columns[0]?.x0 ?? 0, span.columns.at(-1)?.x1 ?? 0];
  const isRuled = (top: number, bottom: number): boolean => acrossRules(rules, x0, x1, top, bottom).length > 0;
  let start = span.from;
  while (first && start > from) {
    const [above, below] = [rows[start - 1], rows[start]];
    const only = above?.[0];
    const next = below?.[0];
    if (!above || !below || !only || !next || above.length !== 1) break;
    const column = span.columns.findIndex((interval) => overlaps(interval, only, 0));
    const starts = Math.abs(only.x0 - (span.columns[column]?.x0 ?? 0)) < 3;
    const inColumn = column >= 0 && starts && only.x1 < (span.columns[column + 1]?.x0 ?? Number.POSITIVE_INFINITY);
    if (!inColumn || stepBetween(above, below) > 2.2 || only.size > first.size + LARGER_PT) break;
    const underRule = isRuled(only.baseline - 2.2 * only.size, only.baseline - 0.5 * only.size);
    const noOtherHead = !(second && isRuled(first.baseline - 1, second.baseline));
    const wrapsHead = stepBetween(above, below) < 1.3 && (column > 0 || (underRule && !noOtherHead));
    const isTitle = start === span.from && isRuled(only.baseline - 1, first.baseline) && (underRule || noOtherHead);
    const wrapsTitle =
      start < span.from && stepBetween(above, below) < 1.3 && !isRuled(only.baseline - 1, next.baseline);
    if (!wrapsHead && !isTitle && !wrapsTitle) break;
    start -= 1;
  }
  return start;
};
