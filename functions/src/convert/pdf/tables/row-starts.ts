/** Tells a new row of a table from a wrapped line: by rules, by the steps between lines, and by whether a word would have fitted above. */
import type { LineStep } from '../line-steps.ts';
import type { Rule, Segment } from '../page-model.ts';
import type { Row } from '../rows.ts';
import { INTERLEAVED_STEP, stepBetween } from './candidate-rows.ts';
import { coversWidth, type Interval, rulesBetween } from './rule-edges.ts';
import { placeOf } from './table-columns.ts';

/** In line heights: the least padding that shows, and the widest step within a cell. */
const PADDING = 0.18;
const MAX_WRAP_STEP = 1.3;
/** Share of the steps that must be from row to row. */
const MIN_ROW_STEPS = 0.15;
/** Lines so far apart are never one cell's. */
const ROW_STEP = 1.5;
/** So many rules between the lines of a table are taken to be all of its rows'; or these, if no two full lines stand between two of them. */
const ENOUGH_RULES = 4;
const FEW_RULES = 2;
/** Figures, amounts, dates in figures and marks never go on over a line. */
const FIGURE = /^(?:[-–(]?[$€£]?\s?\d(?:[\d,.]*\d)?%?\)?|[Xx✓✔–—-]|N\/A)$/;

/** A figure right below a figure is another row's. */
export const areFigures = (above: Segment | undefined, below: Segment): boolean =>
  FIGURE.test(below.text) && FIGURE.test(above?.text ?? '');

/** Part of a figure that its narrow column has broken. */
const BROKEN_FIGURE = /^[.,]\s?\d|\d[.,±]$/;

/** In ems, between two columns at least; and the share of its room that a column with wrapped lines in it fills. */
const COLUMN_GAP_EM = 0.8;
const WRAPPED_SHARE = 0.85;

/** How far right the lines of a column may run: as far as they do, or, where none comes near, to the next column. */
const edgeOf = (columns: readonly Interval[], index: number, size: number): number => {
  const { x0, x1 } = columns[index] ?? { x0: 0, x1: 0 };
  const next = columns[index + 1];
  if (!next) return x1;
  const edge = next.x0 - COLUMN_GAP_EM * size;
  return x1 - x0 < WRAPPED_SHARE * (edge - x0) ? edge : x1;
};

/** Whether the segment's first word would have had room behind the segment above: then it does not continue it. */
const wouldHaveFitted = (above: Segment, below: Segment, edge: number): boolean =>
  above.x1 + 0.3 * above.size + below.firstWordWidth <= edge - 0.2 * above.size;

/** Rules between two lines that run across the table, or at least below two of its columns: an underline is shorter. */
export const dividersBetween = (
  rules: readonly Rule[],
  columns: readonly Interval[],
  above: Row,
  below: Row,
): Rule[] => {
  const [a, b] = [above[0], below[0]];
  if (!a || !b) return [];
  const all = { x0: columns[0]?.x0 ?? 0, x1: columns.at(-1)?.x1 ?? 0 };
  return rulesBetween(rules, a.baseline - 1, b.baseline - 0.2 * b.size).filter(
    (rule) => coversWidth([rule], all) || columns.filter((column) => coversWidth([rule], column)).length >= 2,
  );
};

export interface RowStarter {
  columns: readonly Interval[];
  rules: readonly Rule[];
  /** The rules part all of its rows. */
  areAllRuled: boolean;
  /** No rule parts any of its rows. */
  areUnruled: boolean;
  /** Lines above this y are one head row, but for titles over several columns. */
  headUntil: number;
  /** Steps above this many line heights part rows; undefined when steps do not tell. */
  stepLimit: number | undefined;
}

/** A title over several columns, and below it what it is the title of. */
const isUnderTitle = (above: Row, below: Row, columns: readonly Interval[]): boolean =>
  above.some((segment) => {
    const { from, to } = placeOf(segment, columns);
    if (to === from) return false;
    const under = below.map((piece) => placeOf(piece, columns)).filter((place) => place.to >= from && place.from <= to);
    return under.length >= 2;
  });

/** The names of the columns in bold and what follows in regular; or a title in bold below a first cell in regular. */
const changesWeight = (above: Row, below: Row, firstCell: Segment | undefined): boolean => {
  if (above.length >= 2 && above.every(({ bold }) => bold)) return !below.some(({ bold }) => bold);
  const [only] = below;
  return below.length === 1 && only?.bold === true && firstCell !== undefined && !firstCell.bold;
};

export const startsRow = (
  above: Row,
  below: Row,
  starter: RowStarter,
  cellAbove: readonly (Segment | undefined)[],
): boolean => {
  const { columns } = starter;
  if (dividersBetween(starter.rules, columns, above, below).length > 0) return true;
  const step = stepBetween(above, below);
  if (step < INTERLEAVED_STEP) return false;
  if (isUnderTitle(above, below, columns)) return true;
  if (below.every(({ baseline }) => baseline < starter.headUntil)) return false;
  const places = below.map((segment) => ({ segment, place: placeOf(segment, columns) }));
  if (starter.areAllRuled) return false;
  const isFigureUnderFigure = places.some(({ segment, place }) => areFigures(cellAbove[place.from], segment));
  if (isFigureUnderFigure && ![...above, ...below].some(({ text }) => BROKEN_FIGURE.test(text))) return true;
  const hasFirstCell = places[0]?.place.from === 0;
  if (changesWeight(above, below, hasFirstCell ? cellAbove[0] : undefined)) return true;
  if (starter.stepLimit !== undefined) return step > starter.stepLimit;
  if (step > ROW_STEP) return true;
  const fitted = places.map(({ segment, place }) => {
    const last = cellAbove[place.from];
    if (!last) return place.from === 0;
    const edge =
      hasFirstCell && starter.areUnruled ? edgeOf(columns, place.from, last.size) : (columns[place.from]?.x1 ?? 0);
    // A line alone in the first column has at least the room that it takes itself.
    return wouldHaveFitted(last, segment, hasFirstCell && below.length === 1 ? Math.max(edge, segment.x1) : edge);
  });
  if (!hasFirstCell) return fitted.every(Boolean);
  if (fitted.some(Boolean)) return true;
  const everyColumn = places.length === columns.length;
  return everyColumn && places.every(({ segment }) => !/^[\p{Ll}(]/u.test(segment.text));
};

/** A line with something in every column, none of it the rest of a sentence. */
const isFullRow = (row: Row, columns: readonly Interval[]): boolean =>
  row.length === columns.length && !row.some(({ text }) => /^[\p{Ll}(]/u.test(text));

const hasFirst = (row: Row, columns: readonly Interval[]): boolean =>
  row[0] !== undefined && placeOf(row[0], columns).from === 0;

/** What the rules between the lines of a table tell about its rows. Two full lines with no rule between them are two rows, wrapped cells aside. */
export const ruledRows = (
  rows: readonly Row[],
  rules: readonly Rule[],
  columns: readonly Interval[],
): Pick<RowStarter, 'areAllRuled' | 'areUnruled'> => {
  const isRuled = rows
    .slice(1)
    .map((row, index) => dividersBetween(rules, columns, rows[index] ?? row, row).length > 0);
  const dividers = isRuled.filter(Boolean).length;
  let wasFull = false;
  let hasUnruledRow = false;
  rows.forEach((row, index) => {
    const above = index > 0 && !isRuled[index - 1] ? rows[index - 1] : undefined;
    const isFull = isFullRow(row, columns);
    if (above && wasFull && isFull && (isFullRow(above, columns) || !hasFirst(above, columns))) hasUnruledRow = true;
    wasFull = isFull || (above !== undefined && wasFull);
  });
  return {
    areAllRuled: dividers >= ENOUGH_RULES || (dividers >= FEW_RULES && !hasUnruledRow),
    areUnruled: dividers === 0,
  };
};

/** Share of the lines that go on in small letters where there was no room above. */
const WRAPPED_LINES = 0.2;
const MIN_WRAPPED = 3;

/** Lines without a first cell that are plainly wrapped: then the steps between them are not those from row to row. */
const areWrapped = (rows: readonly Row[], columns: readonly Interval[]): boolean => {
  const last: (Segment | undefined)[] = [];
  let pairs = 0;
  let wrapped = 0;
  for (const row of rows)
    for (const segment of row) {
      const { from } = placeOf(segment, columns);
      const above = last[from];
      last[from] = segment;
      if (!above || hasFirst(row, columns)) continue;
      pairs += 1;
      if (/^\p{Ll}/u.test(segment.text) && !wouldHaveFitted(above, segment, columns[from]?.x1 ?? 0)) wrapped += 1;
    }
  return wrapped >= MIN_WRAPPED && wrapped > WRAPPED_LINES * pairs;
};

/** Steps between lines fall into two groups where cells are padded: within a cell, and from row to row. A step over a rule says nothing. */
export const stepLimitOf = (
  rows: readonly Row[],
  rules: readonly Rule[],
  columns: readonly Interval[],
  usualStep: LineStep,
): number | undefined => {
  const steps = rows
    .slice(1)
    .flatMap((row, index) => {
      const above = rows[index] ?? row;
      return dividersBetween(rules, columns, above, row).length > 0 ? [] : [stepBetween(above, row)];
    })
    .filter((step) => step >= INTERLEAVED_STEP)
    .toSorted((a, b) => a - b);
  const least = Math.max(1, steps.length * MIN_ROW_STEPS);
  const jump = steps.findIndex((step, index) => {
    const next = steps[index + 1];
    return next !== undefined && next - step > PADDING && step <= MAX_WRAP_STEP && steps.length - 1 - index >= least;
  });
  const [below, above] = [steps[jump], steps[jump + 1]];
  if (jump >= 0 && below !== undefined && above !== undefined) return (below + above) / 2;
  const size = rows[0]?.[0]?.size ?? 0;
  const wrapped = Math.min(1.25, usualStep(size) / (1.2 * size));
  return (steps[0] ?? 0) > 1.15 * wrapped && !areWrapped(rows, columns) ? 1.07 * wrapped : undefined;
};
