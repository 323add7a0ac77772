/** Whether the first row of a table says what its columns are. */
import type { GridCell } from './place-cells.ts';

/** A cell longer than this is a text, and must not be lost in a header. */
const LONGEST_HEADER = 100;
const SENTENCE = /^.{40,}[.!?]$/s;

/** Cells by row, in order; rows without a cell are not there. */
export const rowsOf = (cells: readonly GridCell[]): GridCell[][] => {
  const rows: GridCell[][] = [];
  let row = -1;
  for (const cell of cells) {
    if (cell.row === row) rows.at(-1)?.push(cell);
    else rows.push([cell]);
    row = cell.row;
  }
  return rows;
};

/**
 * A header has short text in at least half of the columns, and is set off by its style; or it fills all columns
 * with texts that differ, above a table of three columns and more or above numbers.
 */
export const isHeaderRow = (row: readonly GridCell[], table: readonly GridCell[]): boolean => {
  const below = table.filter((cell) => cell.row > (row[0]?.row ?? 0));
  const columns = new Set(table.map(({ column }) => column)).size;
  const covered = row.reduce((sum, cell) => sum + Math.max(cell.lastColumn, styledTo(cell)) - cell.column + 1, 0);
  if (below.length === 0 || isOneCell(row) || covered * 2 < columns || row.some(isProse)) return false;
  const texts = row.filter(({ isNumber }) => !isNumber);
  if (texts.length > 0 && row.every(({ standsOut }) => standsOut) && !below.every(({ standsOut }) => standsOut))
    return true;
  const differ = new Set(row.map(({ text }) => text)).size === row.length;
  if (texts.length < row.length || row.length < columns || !differ) return false;
  return columns > 2 || below.some(({ isNumber }) => isNumber);
};

/** Empty cells in the style of a header belong to it. */
const styledTo = ({ column, standsOutTo }: GridCell): number => standsOutTo ?? column;

/** A cell alone is a title, merged or not, unless the empty cells beside it are set off as it is. */
const isOneCell = ([cell, ...others]: readonly GridCell[]): boolean =>
  others.length === 0 && (cell === undefined || cell.lastColumn > cell.column || styledTo(cell) === cell.column);

const isProse = ({ text }: GridCell): boolean => text.length > LONGEST_HEADER || SENTENCE.test(text);

/** Fewer empty columns in a header are the place of the rows' names, and what stands in them below names some rows. */
const LEAST_CONTINUED = 2;

/**
 * A header that is written in two rows, each with the columns that the other leaves empty, as one row; all other rows as they are. Rows
 * with merged cells stay: there the upper one groups the lower one.
 */
export const joinHeaderRows = (rows: readonly GridCell[][]): GridCell[][] => {
  const [upper = [], lower = [], ...body] = rows;
  const apart = [...rows];
  if (body.length === 0 || lower.length < LEAST_CONTINUED || [...upper, ...lower].some(isMerged)) return apart;
  const used = new Set(upper.map(({ column }) => column));
  if (lower.some((cell) => used.has(cell.column) || cell.isNumber || isProse(cell))) return apart;
  const row = upper[0]?.row ?? 0;
  const joined = [...upper, ...lower.map((cell) => ({ ...cell, row, lastRow: row }))].sort(
    (a, b) => a.column - b.column,
  );
  const columns = new Set(rows.flat().map(({ column }) => column)).size;
  const names = lower.map(({ column }) => column);
  const named = body.filter((line) => names.every((column) => line.some((cell) => cell.column === column)));
  const table = [...joined, ...body.flat()];
  const isHeader = isHeaderRow(upper, rows.flat()) && isHeaderRow(joined, table);
  return isHeader && named.length * 2 >= body.length && joined.length === columns ? [joined, ...body] : apart;
};

const isMerged = ({ row, column, lastRow, lastColumn }: GridCell): boolean => lastRow > row || lastColumn > column;
