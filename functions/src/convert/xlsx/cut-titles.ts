/** Titles that stand on top of a table. */
import { isHeaderRow, rowsOf } from './header-row.ts';
import type { GridCell } from './place-cells.ts';
import type { Region } from './region.ts';
import { firstColumn, lastColumn } from './region.ts';

/** Rows at the top with one cell only are titles, not rows of the table below. */
export const cutTitles = (region: Region): Region[] => {
  const width = [firstColumn(region), lastColumn(region)] as const;
  const titles: Region[] = [];
  let at = 0;
  while (at < region.length && isTitle(region, at, width)) {
    const cell = region[at];
    if (cell) titles.push([cell]);
    at += 1;
  }
  return [...titles, region.slice(at)].filter(({ length }) => length > 0);
};

/** A cell over some columns but not the first is a header of theirs. */
const isTitle = (region: Region, at: number, [first, last]: readonly [number, number]): boolean => {
  const cell = region[at];
  if (!cell || cell.isNumber || region[at - 1]?.row === cell.row) return false;
  if (first === last) return false;
  const next = region[at + 1];
  if (next && next.row <= cell.lastRow) return false;
  if (isHeaderOf(region.slice(at + 1), cell, last)) return false;
  const span = cell.lastColumn - cell.column;
  return cell.column === first || span === 0 || cell.lastColumn >= last - 1;
};

/** Its row is set off as far as the table is wide, and what follows has no header of its own. */
const isHeaderOf = (below: Region, cell: GridCell, last: number): boolean => {
  if (cell.lastColumn > cell.column || (cell.standsOutTo ?? 0) < last || below.length === 0) return false;
  const [first = []] = rowsOf(below);
  return first.length > 1 && !first.every(({ standsOut }) => standsOut) && !isHeaderRow(first, below);
};
