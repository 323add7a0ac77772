/** The compliance matrix as CSV: RFC 4180, in UTF-8 with the byte order mark without which Excel reads another encoding. */
import Papa from 'papaparse';
import type { Analysis } from '../contracts/analysis.ts';
import { startsLikeFormula } from './formula-guard.ts';
import { type CellValue, MATRIX_COLUMNS, matrixNames } from './matrix-columns.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * CSV has no types: text that begins like a formula would run when the file is opened. An apostrophe in front, which
 * spreadsheet programs take as "this is text", disarms it. JSON and XLSX hold the text without it.
 */
const disarm = (value: CellValue): string | number => {
  if (value === undefined) return '';
  return typeof value === 'string' && startsLikeFormula(value) ? `'${value}` : value;
};

/** Text fields are always quoted, so that a separator of another locale inside the text starts no new cell. */
export const toCsv = (analysis: Analysis): string => {
  const names = matrixNames(analysis);
  const rows = (analysis.complianceMatrix?.rows ?? []).map((row) =>
    MATRIX_COLUMNS.map((column) => disarm(column.value(row, names))),
  );
  const text = Papa.unparse(
    { fields: MATRIX_COLUMNS.map(({ header }) => header), data: rows },
    { newline: '\r\n', quotes: (value) => typeof value === 'string' && value !== '' },
  );
  return `${BYTE_ORDER_MARK}${text}\r\n`;
};
