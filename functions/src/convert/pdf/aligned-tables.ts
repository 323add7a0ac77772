/** Tables without walls: what belongs to one row is told by rules, by the steps between lines, and by whether a word would have fitted above. */
import { acrossRules, findSpan, headAbove, type Interval, stepBetween } from './aligned-spans.ts';
import { cellParagraphs } from './cell-text.ts';
import type { TableBlock, TableCell } from './layout-model.ts';
import type { LineStep } from './line-steps.ts';
import { type Rule, type Segment, unionOf } from './page-model.ts';
import type { Row } from './rows.ts';

const columnOf = (segment: Segment, columns: readonly Interval[]): number => {
  const middle = (segment.x0 + segment.x1) / 2;
  const index = columns.findIndex(
    ({ x1 }, at) => middle <= x1 || middle < ((columns[at + 1]?.x0 ?? Infinity) + x1) / 2,
  );
  return index < 0 ? columns.length - 1 : index;
};

/** Whether the segment's first word would have had room behind the segment above: then it does not continue it. */
const wouldHaveFitted = (above: Segment, below: Segment, column: Interval | undefined): boolean =>
  above.x1 + 0.3 * above.size + below.firstWordWidth <= (column?.x1 ?? 0) - 0.2 * above.size;

interface RowStarter {
  columns: Interval[];
  /** y of horizontal rules across the table. */
  rules: number[];
  /** Lines above this y are one head row. */
  headUntil: number;
  /** Steps above this many line heights part rows; undefined when steps do not tell. */
  stepLimit: number | undefined;
}

const ruleBetween = (rules: readonly number[], above: Row, below: Row): boolean => {
  const [a, b] = [above[0], below[0]];
  return (
    a !== undefined && b !== undefined && rules.some((at) => at > a.baseline - 1 && at < b.baseline - 0.2 * b.size)
  );
};

const startsRow = (above: Row, below: Row, starter: RowStarter, cellAbove: (Segment | undefined)[]): boolean => {
  if (ruleBetween(starter.rules, above, below)) return true;
  if (below.every(({ baseline }) => baseline < starter.headUntil)) return false;
  if (starter.rules.length >= 4) return false;
  const step = stepBetween(above, below);
  if (starter.stepLimit !== undefined) return step > starter.stepLimit;
  if (step > 1.5) return true;
  const places = below.map((segment) => ({ segment, column: columnOf(segment, starter.columns) }));
  const fitted = places.map(({ segment, column }) => {
    const last = cellAbove[column];
    return last ? wouldHaveFitted(last, segment, starter.columns[column]) : column === 0;
  });
  if (places[0]?.column !== 0) return fitted.every(Boolean);
  if (fitted.some(Boolean)) return true;
  const everyColumn = places.length === starter.columns.length;
  return everyColumn && places.every(({ segment }) => !/^[\p{Ll}(]/u.test(segment.text));
};

/** In line heights: the least padding that shows, and the widest step within a cell. */
const PADDING = 0.18;
const MAX_WRAP_STEP = 1.3;
/** Share of the steps that must be from row to row. */
const MIN_ROW_STEPS = 0.15;

/** Steps between lines fall into two groups where cells are padded: within a cell, and from row to row. A step over a rule says nothing. */
const stepLimitOf = (rows: readonly Row[], rules: readonly number[], usualStep: LineStep): number | undefined => {
  const steps = rows
    .slice(1)
    .flatMap((row, index) => {
      const above = rows[index] ?? row;
      return ruleBetween(rules, above, row) ? [] : [stepBetween(above, row)];
    })
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
  return (steps[0] ?? 0) > 1.15 * wrapped ? 1.07 * wrapped : undefined;
};

const toTable = (
  rows: readonly Row[],
  columns: Interval[],
  rules: readonly Rule[],
  pageNumber: number,
  usualStep: LineStep,
): TableBlock => {
  const box = unionOf(rows.flat());
  const [first] = rows[0] ?? [];
  const across = acrossRules(rules, box.x0, box.x1, first ? first.baseline - 0.3 * first.size : box.top, box.bottom);
  const headLines =
    across[0] === undefined ? 0 : rows.filter((row) => (row[0]?.baseline ?? 0) < (across[0] ?? 0)).length;
  const headUntil = across.length <= 3 && headLines <= 4 ? (across[0] ?? 0) : 0;
  const starter: RowStarter = { columns, rules: across, headUntil, stepLimit: stepLimitOf(rows, across, usualStep) };
  const lines: Row[][] = [];
  let cellAbove: (Segment | undefined)[] = [];
  rows.forEach((row, index) => {
    const above = rows[index - 1];
    if (!above || startsRow(above, row, starter, cellAbove)) {
      lines.push([]);
      cellAbove = [];
    }
    lines.at(-1)?.push(row);
    for (const segment of row) cellAbove[columnOf(segment, columns)] = segment;
  });
  const firstRule = across[0];
  const headerRows =
    firstRule === undefined || across.length > 3
      ? 1
      : Math.max(1, lines.filter((line) => (line[0]?.[0]?.baseline ?? 0) < firstRule).length);
  return {
    kind: 'table',
    pageNumber,
    box,
    columnCount: columns.length,
    headerRows: headerRows > 2 ? 1 : headerRows,
    boldHead: (lines[0] ?? []).flat().every(({ bold }) => bold),
    columnStarts: columns.map(({ x0 }) => x0),
    rows: lines.map((line) => ({
      cells: columns.map((column, index): TableCell => {
        const segments = line.flat().filter((segment) => columnOf(segment, columns) === index);
        const cell =
          segments.length > 0 ? unionOf(segments) : { ...unionOf(line.flat()), x0: column.x0, x1: column.x1 };
        return { box: cell, paragraphs: cellParagraphs(segments), rowSpan: 1, columnSpan: 1 };
      }),
    })),
  };
};

/** Columns as wide as the lines of the head above them are. */
const withHead = (columns: readonly Interval[], head: readonly Segment[]): Interval[] =>
  columns.map((column, index) => ({
    x0: column.x0,
    x1: Math.max(column.x1, ...head.filter((segment) => columnOf(segment, columns) === index).map(({ x1 }) => x1)),
  }));

export type RowGroup = { rows: Row[] } | { table: TableBlock };

/** The rows of a column, parted into runs of text and tables. */
export const findAlignedTables = (
  rows: readonly Row[],
  rules: readonly Rule[],
  pageNumber: number,
  usualStep: LineStep,
): RowGroup[] => {
  const groups: RowGroup[] = [];
  let textFrom = 0;
  const flushText = (to: number): void => {
    if (to > textFrom) groups.push({ rows: rows.slice(textFrom, to) });
  };
  for (let index = 0; index < rows.length; index++) {
    const span = findSpan(rows, index, rules);
    if (!span) continue;
    const from = headAbove(rows, span, rules, textFrom);
    flushText(from);
    const columns = withHead(span.columns, rows.slice(from, span.from).flat());
    groups.push({ table: toTable(rows.slice(from, span.to), columns, rules, pageNumber, usualStep) });
    textFrom = span.to;
    index = span.to - 1;
  }
  flushText(rows.length);
  return groups;
};
