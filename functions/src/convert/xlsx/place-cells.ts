/** The cells that a reader of a sheet sees, where that reader sees them. */
import type { CellRange } from './cell-reference.ts';
import type { FileCell, FileSheet } from './read-sheet.ts';

/** A cell in a grid from which hidden rows and columns are gone. */
export interface GridCell extends FileCell {
  /** Last row and column that it covers; they are its own unless it is merged. */
  lastRow: number;
  lastColumn: number;
}

export interface VisibleSheet {
  /** By row, then by column. */
  cells: GridCell[];
  /** Rows, columns and single cells that hold text and are not shown. */
  hidden: { rows: number; columns: number; cells: number; texts: string[] };
}

/** Merged cells reach no further than the last row and column with text; text below a merged cell is not shown. */
export const placeCells = (sheet: FileSheet): VisibleSheet => {
  const rows = createAxis(sheet.hiddenRows);
  const columns = createAxis(columnsIn(sheet.hiddenColumns, sheet.cells));
  const merged = new Map(sheet.merges.map((merge) => [`${merge.firstRow} ${merge.firstColumn}`, merge]));
  const visible: GridCell[] = [];
  const hiddenRows = new Set<number>();
  const hiddenColumns = new Set<number>();
  const texts = [...(sheet.textsShownEmpty ?? [])];
  for (const cell of sheet.cells) {
    const merge = sheet.merges.length > 0 ? merged.get(`${cell.row} ${cell.column}`) : undefined;
    const lastRow = rows.before((merge?.lastRow ?? cell.row) + 1);
    const lastColumn = columns.before((merge?.lastColumn ?? cell.column) + 1);
    // The text of a merged cell shows as long as a part of it does.
    const row = rows.before(cell.row) + 1;
    const column = columns.before(cell.column) + 1;
    if (lastRow < row) hiddenRows.add(cell.row);
    else if (lastColumn < column) hiddenColumns.add(cell.column);
    else {
      const standsOutTo = columns.before((cell.standsOutTo ?? cell.column) + 1);
      visible.push({ ...cell, row, column, lastRow, lastColumn, ruledTo: rows.before(cell.ruledTo + 1), standsOutTo });
      continue;
    }
    texts.push(cell.text);
  }
  visible.sort((a, b) => a.row - b.row || a.column - b.column);
  clip(visible);
  const cells = withoutCovered(visible);
  const covered = visible.length - cells.length;
  if (covered > 0) {
    const kept = new Set(cells);
    for (const cell of visible) if (!kept.has(cell)) texts.push(cell.text);
  }
  return {
    cells,
    hidden: { rows: hiddenRows.size, columns: hiddenColumns.size, cells: covered + sheet.cellsShownEmpty, texts },
  };
};

/** Counts what is visible before a place: `before(5)` of 1–4 without a hidden one is 4. */
const createAxis = (hidden: ReadonlySet<number>): { before(place: number): number } => {
  const sorted = [...hidden].sort((a, b) => a - b);
  if (sorted.length === 0) return { before: (place) => place - 1 };
  return {
    before: (place) => {
      let low = 0;
      let high = sorted.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((sorted[middle] ?? 0) < place) low = middle + 1;
        else high = middle;
      }
      return place - 1 - low;
    },
  };
};

const columnsIn = (ranges: readonly CellRange[], cells: readonly FileCell[]): Set<number> => {
  const last = cells.reduce((most, { column }) => Math.max(most, column), 0);
  const columns = new Set<number>();
  for (const { firstColumn, lastColumn } of ranges) {
    for (let column = firstColumn; column <= Math.min(lastColumn, last); column++) columns.add(column);
  }
  return columns;
};

const clip = (cells: readonly GridCell[]): void => {
  const lastRow = cells.at(-1)?.row ?? 0;
  const lastColumn = cells.reduce((most, { column }) => Math.max(most, column), 0);
  for (const cell of cells) {
    cell.lastRow = Math.min(cell.lastRow, lastRow);
    cell.lastColumn = Math.min(cell.lastColumn, lastColumn);
  }
};

/** Without the cells that stand below a merged one, where a program has left their text in the file. */
const withoutCovered = (cells: readonly GridCell[]): GridCell[] => {
  /** By column: the row down to which a merged cell covers it. */
  const coveredTo: number[] = [];
  return cells.filter((cell) => {
    if ((coveredTo[cell.column] ?? 0) >= cell.row) return false;
    if (cell.lastRow > cell.row || cell.lastColumn > cell.column) {
      for (let column = cell.column; column <= cell.lastColumn; column++) coveredTo[column] = cell.lastRow;
    }
    return true;
  });
};
