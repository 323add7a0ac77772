/** Where a sheet falls apart at empty rows. */
import { cutTitles } from './cut-titles.ts';
import { isHeaderRow, rowsOf } from './header-row.ts';
import type { Region } from './region.ts';
import { firstColumn, firstRow, lastColumn, lastRow } from './region.ts';

/** Bands of rows with an empty row between; ruled rows are not empty, and a table that goes on below is one band. */
export const cutRows = (region: Region): Region[] => {
  const bands: Region[] = [];
  let reached = 0;
  for (const cell of region) {
    const band = bands.at(-1);
    if (band && cell.row <= reached + 1) band.push(cell);
    else bands.push([cell]);
    reached = Math.max(reached, cell.lastRow, cell.ruledTo);
  }
  return joinBands(bands);
};

/** A table that may go on below an empty row. */
interface OpenTable {
  region: Region;
  header: Region;
  firstColumn: number;
  lastColumn: number;
  lastRow: number;
  /** Undefined while the header stands alone. */
  isHeaded: boolean | undefined;
}

const openTable = (region: Region): OpenTable => {
  const table = cutTitles(region).at(-1) ?? region;
  const [header = []] = rowsOf(table);
  return {
    region,
    header,
    firstColumn: firstColumn(table),
    lastColumn: lastColumn(table),
    lastRow: lastRow(table),
    isHeaded: header.length === table.length ? undefined : isHeader(header, table),
  };
};

const isHeader = (header: Region, table: Region): boolean => header.length > 2 && isHeaderRow(header, table);

const joinBands = (bands: readonly Region[]): Region[] => {
  const joined: OpenTable[] = [];
  for (const band of bands) {
    const above = joined.at(-1);
    if (above && goesOn(above, band)) {
      for (const cell of band) above.region.push(cell);
      above.lastRow = lastRow(band);
    } else joined.push(openTable(band));
  }
  return joined.map(({ region }) => region);
};

/** One empty row inside a table: below it stands a row of values under the same columns, not a header of its own. */
const goesOn = (above: OpenTable, below: Region): boolean => {
  const [first = []] = rowsOf(below);
  if (firstRow(below) - above.lastRow !== 2 || first.length < 2) return false;
  if (isHeaderAlone(above)) return isBodyOf(above, below, first);
  above.isHeaded ??= isHeader(above.header, [...above.header, ...below]);
  if (!above.isHeaded) return false;
  return (
    firstColumn(below) === above.firstColumn &&
    lastColumn(below) <= above.lastColumn &&
    first.some(({ isNumber }) => isNumber) &&
    !first.every(({ standsOut }) => standsOut)
  );
};

/** One row, set off by its style, with nothing below it yet. */
const isHeaderAlone = ({ header, isHeaded, region }: OpenTable): boolean =>
  isHeaded === undefined &&
  header.length > 1 &&
  header.at(-1) === region.at(-1) &&
  header.every(({ standsOut, isNumber }) => standsOut && !isNumber);

const isBodyOf = (header: OpenTable, below: Region, first: Region): boolean =>
  firstColumn(below) === header.firstColumn &&
  lastColumn(below) === header.lastColumn &&
  !first.every(({ standsOut }) => standsOut);
