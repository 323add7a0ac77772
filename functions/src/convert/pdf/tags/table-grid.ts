/** Where the cells of a tagged table stand in its grid, by their spans (ISO 32000-1, 14.8.4.3.4): on this page, and after what earlier pages have left open. */
import type { ShownColumns } from './short-rows.ts';
import type { TagCell, TagRow } from './tag-model.ts';

const MAX_COLUMNS = 200;
/** More rows without text say that the tags are not what the page shows. */
const MAX_EMPTY_ROWS = 3;

export interface GridCell {
  /** Unset for one without text. */
  cell?: TagCell;
  column: number;
  columnSpan: number;
  rowSpan: number;
}

export interface GridRow {
  row: TagRow;
  cells: GridCell[];
}

export interface TagGrid {
  columnCount: number;
  rows: GridRow[];
  /** For each column, how many more rows a cell reaches down that began above the last row; for the next page, which may begin within that row. */
  openBefore: number[];
  open: number[];
  lastRow: string;
}

/** The cells of a row, those without text too. */
const cellsOf = (row: TagRow, shown: ShownColumns | undefined): (TagCell | undefined)[] => {
  const count = Math.min(shown?.columnCount ?? row.cellCount, MAX_COLUMNS);
  const cells: (TagCell | undefined)[] = new Array(count).fill(undefined);
  for (const cell of row.cells) {
    const position = shown?.columnOf.get(cell) ?? cell.position;
    if (position < cells.length) cells[position] = cell;
  }
  return cells;
};

const placeRow = (
  row: TagRow,
  open: readonly number[],
  shown: ShownColumns | undefined,
): { cells: GridCell[]; next: number[] } => {
  const next = open.map((left) => Math.max(0, left - 1));
  const cells: GridCell[] = [];
  let column = 0;
  for (const cell of cellsOf(row, shown)) {
    while ((open[column] ?? 0) > 0) column += 1;
    const columnSpan = Math.min(cell?.columnSpan ?? 1, MAX_COLUMNS - column);
    if (columnSpan < 1) break;
    const rowSpan = cell?.rowSpan ?? 1;
    cells.push({ ...(cell ? { cell } : {}), column, columnSpan, rowSpan });
    for (let at = column; at < column + columnSpan; at++) next[at] = rowSpan - 1;
    column += columnSpan;
  }
  return { cells, next: Array.from(next, (left) => left ?? 0) };
};

const widthOf = ({ cells }: GridRow): number => {
  const last = cells.at(-1);
  return last ? last.column + last.columnSpan : 0;
};

/** Whether every column of the row is taken by one of its cells or by one from above. */
const isFull = (row: GridRow, open: readonly number[], columnCount: number): boolean => {
  const taken = new Set(
    row.cells.flatMap(({ column, columnSpan }) => Array.from({ length: columnSpan }, (_, at) => column + at)),
  );
  for (let column = 0; column < columnCount; column++)
    if (!taken.has(column) && (open[column] ?? 0) === 0) return false;
  return widthOf(row) <= columnCount;
};

/** Rows without text between two that have some: not where a cell reaches down, and no more than a few. */
const withEmptyRows = (rows: readonly GridRow[], columnCount: number, before: TagGrid | undefined): GridRow[] => {
  if (rows.some(({ cells }) => cells.some(({ rowSpan }) => rowSpan > 1))) return [...rows];
  const empty = (row: TagRow): GridRow => ({
    row: { ...row, path: '', cells: [] },
    cells: Array.from({ length: columnCount }, (_, column) => ({ column, columnSpan: 1, rowSpan: 1 })),
  });
  return rows.flatMap((one, index) => {
    const above = rows[index - 1]?.row;
    const isBeside = above?.parentPath === one.row.parentPath;
    // On a further page a head that is printed again, or a row that is cut, does not stand right above the next one.
    const isCut = before && (above?.path === before.lastRow || above?.cells.every(({ isHeader }) => isHeader));
    const missing = above && isBeside && !isCut ? one.row.index - above.index - 1 : 0;
    const shown = missing > 0 && missing <= MAX_EMPTY_ROWS ? missing : 0;
    return [...Array.from({ length: shown }, () => empty(one.row)), one];
  });
};

/**
 * `before`: the grid of the same table on an earlier page; `shown`: the columns of cells where rows leave some out. Undefined where the
 * rows do not fit each other.
 */
export const gridOf = (
  rows: readonly TagRow[],
  before: TagGrid | undefined,
  shown?: ShownColumns,
): TagGrid | undefined => {
  const goesOnIn = before !== undefined && rows[0]?.path === before.lastRow;
  let open: number[] = before ? (goesOnIn ? before.openBefore : before.open) : [];
  let openBefore = open;
  const placed = rows.map((row) => {
    const { cells, next } = placeRow(row, open, shown);
    const result = { row: { row, cells }, open };
    openBefore = open;
    open = next;
    return result;
  });
  const columnCount = placed.reduce((most, { row }) => Math.max(most, widthOf(row)), before?.columnCount ?? 0);
  if (columnCount < 1) return undefined;
  for (const { row } of placed) {
    const [only] = row.cells;
    if (row.cells.length === 1 && only?.column === 0 && only.columnSpan === 1) only.columnSpan = columnCount;
  }
  if (!placed.every(({ row, open: above }) => isFull(row, above, columnCount))) return undefined;
  return {
    columnCount,
    rows: withEmptyRows(
      placed.map(({ row }) => row),
      columnCount,
      before,
    ),
    openBefore,
    open,
    lastRow: rows.at(-1)?.path ?? '',
  };
};
