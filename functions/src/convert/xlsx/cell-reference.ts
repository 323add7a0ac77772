/** Cell addresses: "B7", "A1:K1". */

export interface CellRange {
  /** 1-based, both ends inclusive. */
  firstRow: number;
  lastRow: number;
  firstColumn: number;
  lastColumn: number;
}

/** Columns of a sheet (https://support.microsoft.com/office/excel-specifications-and-limits). */
export const MAX_COLUMNS = 16_384;
const MAX_ROWS = 1_048_576;

/** The 1-based column of "B" or "B7"; undefined for what is none. */
export const columnOf = (reference: string): number | undefined => {
  let column = 0;
  for (let at = 0; at < reference.length && at < 4; at++) {
    const letter = reference.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column >= 1 && column <= MAX_COLUMNS ? column : undefined;
};

/** The range of "B7" or "B7:D9"; undefined for what is none. */
export const rangeOf = (reference: string): CellRange | undefined => {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/.exec(reference);
  const firstColumn = columnOf(match?.[1] ?? '');
  const lastColumn = columnOf(match?.[3] ?? match?.[1] ?? '');
  const firstRow = Number(match?.[2]);
  const lastRow = Number(match?.[4] ?? match?.[2]);
  if (firstColumn === undefined || lastColumn === undefined || !(firstRow >= 1 && lastRow <= MAX_ROWS))
    return undefined;
  return lastRow < firstRow || lastColumn < firstColumn ? undefined : { firstRow, lastRow, firstColumn, lastColumn };
};
