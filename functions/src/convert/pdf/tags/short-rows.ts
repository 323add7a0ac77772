/** Rows of a tagged table whose empty cells have no element of their own, as Chromium leaves them out: the page shows which columns are filled. */
import { type Box, unionOf } from '../page-model.ts';
import type { TagCell, TagRow } from './tag-model.ts';

/** A cell may begin this far left of what stands in its column elsewhere. */
const SLACK_PT = 3;

export interface ShownColumns {
  columnCount: number;
  columnOf: ReadonlyMap<TagCell, number>;
}

const centreOf = ({ x0, x1 }: Box): number => (x0 + x1) / 2;

/** The column that a cell stands in: the one whose text it overlaps, else the last one that begins left of its middle. */
const columnAt = (box: Box, columns: readonly Box[]): number => {
  const beside = columns.findIndex(({ x0, x1 }) => box.x0 < x1 && x0 < box.x1);
  return beside === -1 ? columns.findLastIndex(({ x0 }) => x0 - SLACK_PT <= centreOf(box)) : beside;
};

/**
 * For each cell of the rows that are too short its column; undefined where no row is, where cells have spans, or where two cells of a row
 * would share a column.
 */
export const placeShortRows = (
  rows: readonly TagRow[],
  boxOf: (cell: TagCell) => Box | undefined,
): ShownColumns | undefined => {
  const columnCount = Math.max(0, ...rows.map((row) => row.cellCount));
  const isShort = (row: TagRow): boolean => row.cellCount < columnCount;
  const hasSpans = rows.some(({ cells }) => cells.some((cell) => cell.columnSpan > 1 || cell.rowSpan > 1));
  if (columnCount < 2 || hasSpans || !rows.some(isShort)) return undefined;
  const full = rows.filter((row) => !isShort(row)).flatMap(({ cells }) => cells);
  const columns = Array.from({ length: columnCount }, (_, column) =>
    unionOf(full.flatMap((cell) => (cell.position === column ? (boxOf(cell) ?? []) : []))),
  );
  if (columns.some(({ x0 }) => !Number.isFinite(x0))) return undefined;
  const columnOf = new Map<TagCell, number>(full.map((cell) => [cell, cell.position]));
  for (const row of rows.filter(isShort)) {
    let last = -1;
    for (const cell of row.cells) {
      const box = boxOf(cell);
      const column = box ? columnAt(box, columns) : -1;
      if (column <= last) return undefined;
      columnOf.set(cell, column);
      last = column;
    }
  }
  return { columnCount, columnOf };
};
