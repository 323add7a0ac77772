/** Tables whose cells are not drawn: columns by what stands below each other, rows by rules, shading and the steps between lines. */
import type { TableBlock } from '../layout-model.ts';
import type { LineStep } from '../line-steps.ts';
import type { Segment } from '../page-model.ts';
import { type Rule, unionOf } from '../page-model.ts';
import type { Row } from '../rows.ts';
import { findRegion, headAbove } from './find-region.ts';
import { placeCells } from './place-cells.ts';
import { type RowStarter, ruledRows, startsRow, stepLimitOf } from './row-starts.ts';
import { acrossRules, type Interval } from './rule-edges.ts';
import { placeOf } from './table-columns.ts';

/** Rules at most so many are those of the head and the foot, not of the rows. */
const FEW_RULES = 3;
/** A head has at most so many lines. */
const MAX_HEAD_LINES = 4;

/** The lines of each row of the table. */
const gatherRows = (rows: readonly Row[], starter: RowStarter): Row[][] => {
  const lines: Row[][] = [];
  let cellAbove: (Segment | undefined)[] = [];
  rows.forEach((row, index) => {
    const above = rows[index - 1];
    if (!above || startsRow(above, row, starter, cellAbove)) {
      lines.push([]);
      cellAbove = [];
    }
    lines.at(-1)?.push(row);
    for (const segment of row) cellAbove[placeOf(segment, starter.columns).from] = segment;
  });
  return lines;
};

const toTable = (
  rows: readonly Row[],
  columns: Interval[],
  rules: readonly Rule[],
  pageNumber: number,
  usualStep: LineStep,
): TableBlock => {
  const box = unionOf(rows.flat());
  const near = rules.filter(
    ({ direction, at, from, to }) =>
      direction === 'horizontal' && at > box.top - 1 && at < box.bottom + 1 && from < box.x1 && to > box.x0,
  );
  const [first] = rows[0] ?? [];
  const across = acrossRules(near, box.x0, box.x1, first ? first.baseline - 0.3 * first.size : box.top, box.bottom);
  const headLines =
    across[0] === undefined ? 0 : rows.filter((row) => (row[0]?.baseline ?? 0) < (across[0] ?? 0)).length;
  const headUntil = across.length <= FEW_RULES && headLines <= MAX_HEAD_LINES ? (across[0] ?? 0) : 0;
  const stepLimit = stepLimitOf(rows, near, columns, usualStep);
  const lines = gatherRows(rows, { columns, rules: near, headUntil, stepLimit, ...ruledRows(rows, near, columns) });
  const placed = placeCells(lines, columns, near);
  const firstRule = across[0];
  const ruledHead =
    firstRule === undefined || across.length > FEW_RULES
      ? 1
      : Math.max(1, lines.filter((line) => (line[0]?.[0]?.baseline ?? 0) < firstRule).length);
  return {
    kind: 'table',
    pageNumber,
    box,
    columnCount: columns.length,
    headerRows: placed.titledRows > 0 ? placed.titledRows : ruledHead > 2 ? 1 : ruledHead,
    boldHead: (lines[0] ?? []).flat().every(({ bold }) => bold),
    columnStarts: columns.map(({ x0 }) => x0),
    rows: placed.rows.map((cells) => ({ cells })),
  };
};

/** Columns as wide as the lines of the head above them are. */
const withHead = (columns: readonly Interval[], head: readonly Segment[]): Interval[] =>
  columns.map((column, index) => ({
    x0: column.x0,
    x1: Math.max(column.x1, ...head.filter((segment) => placeOf(segment, columns).to === index).map(({ x1 }) => x1)),
  }));

export type RowGroup = { rows: Row[] } | { table: TableBlock };

/** How often a stretch of rows without a table is looked at again from a later row. */
const MAX_TRIES = 4;

/** The rows of a column, parted into runs of text and tables. `rules` may include the edges of shaded areas. */
export const findAlignedTables = (
  rows: readonly Row[],
  rules: readonly Rule[],
  pageNumber: number,
  usualStep: LineStep,
): RowGroup[] => {
  const groups: RowGroup[] = [];
  let textFrom = 0;
  let tries = 0;
  const flushText = (to: number): void => {
    if (to > textFrom) groups.push({ rows: rows.slice(textFrom, to) });
  };
  for (let index = 0; index < rows.length; index++) {
    const { region, looked } = findRegion(rows, index, rules);
    if (!region) {
      tries = looked > index + 1 ? tries + 1 : 0;
      if (tries < MAX_TRIES) continue;
      tries = 0;
      index = looked - 1;
      continue;
    }
    tries = 0;
    const from = headAbove(rows, region, rules, textFrom);
    flushText(from);
    const columns = withHead(region.columns, rows.slice(from, region.from).flat());
    groups.push({ table: toTable(rows.slice(from, region.to), columns, rules, pageNumber, usualStep) });
    textFrom = region.to;
    index = region.to - 1;
  }
  flushText(rows.length);
  return groups;
};
