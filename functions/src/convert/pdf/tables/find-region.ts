/** Finds where a table without drawn cells begins and ends: rows whose pieces stand below each other, line after line. */
import { type Rule, unionOf } from '../page-model.ts';
import type { Row } from '../rows.ts';
import { INTERLEAVED_STEP, isCandidate, LARGER_PT, overlaps, SAME_EDGE_PT, stepBetween } from './candidate-rows.ts';
import { growFrom } from './grow-region.ts';
import { isRunIn } from './prose-rows.ts';
import { acrossRules, type Interval, wallsBetween } from './rule-edges.ts';
import { findColumns, placeOf, shareInLine } from './table-columns.ts';

/** Share of the pieces that must be in line with others of their column. */
const MIN_IN_LINE = 0.6;
/** Share of the rows that may not fit the columns. */
const MAX_MISFITS = 0.25;
/** A table of fewer columns has no row with a name alone. */
const MIN_TOTALLED = 3;
/** As many steps from row to row tell the usual one; the last row stands no further below, and what follows it so much further. */
const MIN_STEPS = 2;
const SAME_STEP = 1.08;
const FURTHER_STEP = 1.25;
const SENTENCE_END = /[.:;,]$/;

interface Grown {
  columns: readonly Interval[];
  rules: readonly Rule[];
}

export interface Region {
  from: number;
  /** Exclusive. */
  to: number;
  columns: Interval[];
}

/** Two of its pieces in one column, or two of them over several: it belongs to another table. */
const isMisfit = (row: Row, columns: readonly Interval[]): boolean => {
  const places = row.map((segment) => placeOf(segment, columns));
  const shared = places.filter(({ from }, index) => index > 0 && from <= (places[index - 1]?.to ?? -1)).length;
  const wide = places.filter(({ from, to }) => to > from).length;
  return shared > row.length / 3 || (wide >= 2 && wide > row.length / 2);
};

/** A last line with one piece belongs to the table when it stands in a column of its own, or wraps the first cell of the row above it. */
const continuesCell = (rows: readonly Row[], index: number, columns: readonly Interval[]): boolean => {
  const [row, above] = [rows[index], rows[index - 1]];
  const only = row?.[0];
  if (!row || !above || !only) return false;
  const column = columns.findIndex((interval) => overlaps(interval, only));
  const step = stepBetween(above, row);
  if (column > 0) return step < (Math.abs(only.x0 - (columns[column]?.x0 ?? 0)) < SAME_EDGE_PT ? 2 : 1.25);
  const wraps = above.length > 1 && above.some((segment) => Math.abs(segment.x0 - only.x0) < 2);
  return step <= 1.25 && wraps && only.x1 < (columns[1]?.x0 ?? 0);
};

/** The last row may hold nothing but its name: as near as the other rows are to each other, and parted from what follows by a rule or more space. */
const isLastRow = (rows: readonly Row[], index: number, { columns, rules }: Grown): boolean => {
  const [row, above, below] = [rows[index], rows[index - 1], rows[index + 1]];
  const [only, ...others] = row ?? [];
  const [first, second] = columns;
  if (!row || !above || !only || !first || !second || others.length > 0) return false;
  if (columns.length < MIN_TOTALLED || only.x0 < first.x0 - SAME_EDGE_PT || only.x0 > first.x1) return false;
  if (only.x1 > (columns.at(-1)?.x0 ?? 0) || SENTENCE_END.test(only.text)) return false;
  const step = stepBetween(above, row);
  const steps = rows.slice(1, index).flatMap((next, at) => {
    const last = rows[at];
    return last && isCandidate(next) ? [stepBetween(last, next)] : [];
  });
  if (steps.length < MIN_STEPS || step > SAME_STEP * Math.max(...steps.slice(-MIN_STEPS))) return false;
  const reach = [first.x0, columns.at(-1)?.x1 ?? first.x1] as const;
  const isRuledBelow = acrossRules(rules, ...reach, only.baseline, only.baseline + only.size).length > 0;
  return isRuledBelow || (below !== undefined && stepBetween(row, below) > FURTHER_STEP * step);
};

const lastCandidate = (rows: readonly Row[], start: number, end: number): number => {
  for (let index = end - 1; index > start; index--) if (isCandidate(rows[index] ?? [])) return index;
  return start;
};

/** Where the rows stop to fit, when too many do not: the end of the run that the first row belongs to. */
const endOfRun = (rows: readonly Row[], start: number, end: number, columns: readonly Interval[]): number => {
  const fits: boolean[] = [];
  const at: number[] = [];
  for (let index = start; index < end; index++) {
    const row = rows[index];
    if (!row || !isCandidate(row)) continue;
    fits.push(!isMisfit(row, columns));
    at.push(index);
  }
  const misfits = fits.filter((fit) => !fit).length;
  if (misfits <= 1 || misfits <= MAX_MISFITS * fits.length) return end;
  const change = fits.findIndex((fit) => fit !== fits[0]);
  return change < 0 ? start + 1 : (at[change] ?? end);
};

/** Each round makes the region shorter. */
const MAX_ROUNDS = 4;

/** The rows of a table that begins at `start`, without lines above it that may be its head; undefined when none does. */
export const findRegion = (
  rows: readonly Row[],
  start: number,
  rules: readonly Rule[],
): { region: Region | undefined; looked: number } => {
  if (!isCandidate(rows[start] ?? [])) return { region: undefined, looked: start + 1 };
  const looked = growFrom(rows, start, rules);
  if (isRunIn(rows[start] ?? [], rows.slice(start, looked))) return { region: undefined, looked: start + 1 };
  let end = looked;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const last = lastCandidate(rows, start, end);
    const multi = rows.slice(start, last + 1).filter(isCandidate);
    if (multi.length < 2) break;
    const all = rows.slice(start, end).flat();
    const box = unionOf(multi.flat());
    const columns = findColumns(multi, wallsBetween(rules, multi.flat(), box.top, box.bottom));
    if (columns.length < 2 || all.length === 0) break;
    const shorter = endOfRun(rows, start, end, columns);
    if (shorter < end) {
      end = shorter;
      continue;
    }
    if (shareInLine(multi, columns) < MIN_IN_LINE) break;
    const inRegion = rows.slice(start, Math.min(rows.length, end + 1));
    const isTotal = end > last + 1 && isLastRow(inRegion, last + 1 - start, { columns, rules });
    while (end - 1 > last && !continuesCell(rows, end - 1, columns) && !(isTotal && end === last + 2)) end -= 1;
    return { region: { from: start, to: end, columns }, looked };
  }
  return { region: undefined, looked };
};

/** Lines above the first full row that belong to it: the upper line of a head that wraps, or a lone title in the first column over a rule. */
export const headAbove = (rows: readonly Row[], region: Region, rules: readonly Rule[], from: number): number => {
  const first = rows[region.from]?.[0];
  const second = rows[region.from + 1]?.[0];
  const [x0, x1] = [region.columns[0]?.x0 ?? 0, region.columns.at(-1)?.x1 ?? 0];
  const isRuled = (top: number, bottom: number): boolean => acrossRules(rules, x0, x1, top, bottom).length > 0;
  let start = region.from;
  while (first && start > from) {
    const [above, below] = [rows[start - 1], rows[start]];
    const only = above?.[0];
    const next = below?.[0];
    if (!above || !below || !only || !next || above.length !== 1) break;
    const column = region.columns.findIndex((interval) => overlaps(interval, only));
    const starts = Math.abs(only.x0 - (region.columns[column]?.x0 ?? 0)) < SAME_EDGE_PT;
    const inColumn = column >= 0 && starts && only.x1 < (region.columns[column + 1]?.x0 ?? Number.POSITIVE_INFINITY);
    if (!inColumn || stepBetween(above, below) > 2.2 || only.size > first.size + LARGER_PT) break;
    const underRule = isRuled(only.baseline - 2.2 * only.size, only.baseline - 0.5 * only.size);
    const noOtherHead = !(second && isRuled(first.baseline - 1, second.baseline));
    const step = stepBetween(above, below);
    const wrapsHead = step < INTERLEAVED_STEP || (step < 1.3 && (column > 0 || (underRule && !noOtherHead)));
    const isTitle = start === region.from && isRuled(only.baseline - 1, first.baseline) && (underRule || noOtherHead);
    const wrapsTitle =
      start < region.from && stepBetween(above, below) < 1.3 && !isRuled(only.baseline - 1, next.baseline);
    if (!wrapsHead && !isTitle && !wrapsTitle) break;
    start -= 1;
  }
  return start;
};
