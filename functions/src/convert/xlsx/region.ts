/** A part of a sheet, and how far it goes. */
import type { GridCell } from './place-cells.ts';

/** Cells that belong together, by row, then by column; never empty. */
export type Region = GridCell[];

export const firstColumn = (region: Region): number =>
  region.reduce((least, { column }) => Math.min(least, column), Infinity);
export const lastColumn = (region: Region): number => region.reduce((most, cell) => Math.max(most, cell.lastColumn), 0);
export const lastRow = (region: Region): number => region.reduce((most, cell) => Math.max(most, cell.lastRow), 0);
export const firstRow = (region: Region): number => region[0]?.row ?? 0;
