/** Excel holds 32,767 characters in a cell and repairs (empties) a file that has more. Longer text goes on in rows below. */
import type { CellValue } from '../matrix-columns.ts';
import type { SheetRow } from './sheet.ts';

/** UTF-16 units (https://support.microsoft.com/office/excel-specifications-and-limits). */
const CELL_LIMIT = 32_767;
const CONTINUES = ' [continued in the row below]';
const CONTINUED = '[continued] ';

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

const pieces = (text: string): string[] => {
  if (text.length <= CELL_LIMIT) return [text];
  const found: string[] = [];
  let rest = text;
  while (rest.length > CELL_LIMIT) {
    const room = CELL_LIMIT - CONTINUES.length;
    const cut = isHighSurrogate(rest.charCodeAt(room - 1)) ? room - 1 : room;
    found.push(rest.slice(0, cut) + CONTINUES);
    rest = CONTINUED + rest.slice(cut);
  }
  return [...found, rest];
};

/** One row, or several when a cell is too long. The first cell (the ID) is repeated, so that sorting keeps them together. */
export const splitLongCells = (row: SheetRow): SheetRow[] => {
  if (row.cells.every((cell) => typeof cell !== 'string' || cell.length <= CELL_LIMIT)) return [row];
  const columns = row.cells.map((cell): CellValue[] => (typeof cell === 'string' ? pieces(cell) : [cell]));
  const height = Math.max(...columns.map((column) => column.length));
  return Array.from({ length: height }, (_, line) => ({
    ...row,
    cells: columns.map((column, index) => (index === 0 && line > 0 ? (column[line] ?? column[0]) : column[line])),
  }));
};
