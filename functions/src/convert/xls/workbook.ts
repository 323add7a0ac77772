/** The globals of a BIFF8 workbook: its sheets, strings and cell styles ([MS-XLS] 2.1.7.20.3). */
import { AppError } from '../../errors.ts';
import { ByteView } from '../ole2/byte-view.ts';
import type { CellStyle } from '../xlsx/cell-styles.ts';
import type { XlsRecord } from './records.ts';
import { bodyOf, recordsFrom } from './records.ts';
import { StringReader } from './string-reader.ts';
import { createStyles } from './styles.ts';

export interface XlsSheet {
  name: string;
  /** Where its records begin. */
  at: number;
  isHidden: boolean;
  /** A sheet of cells; the others are charts and macros. */
  isWorksheet: boolean;
}

export interface XlsWorkbook {
  stream: ByteView;
  sheets: XlsSheet[];
  strings: readonly string[];
  styleOf(index: number): CellStyle;
}

const BIFF8 = 0x0600;
const BEGIN = 0x0809;
const END = 0x000a;
const FILE_PASS = 0x002f;
const DATE_1904 = 0x0022;
const SHEET = 0x0085;
const STRINGS = 0x00fc;

/** Throws FILE_DAMAGED, FILE_ENCRYPTED, and FORMAT_UNSUPPORTED for what Excel wrote before 1997. */
export const readWorkbook = (bytes: Uint8Array, fileName: string): XlsWorkbook => {
  const stream = new ByteView(bytes);
  if (stream.u16(0) !== BEGIN)
    throw new AppError('FILE_DAMAGED', { fileName, problem: 'its workbook has no beginning' });
  if (stream.u16(4) !== BIFF8) throw tooOld(fileName);
  const sheets: XlsSheet[] = [];
  const strings: string[] = [];
  const styles = createStyles();
  let date1904 = false;
  for (const record of recordsFrom(stream, 0)) {
    const body = bodyOf(record);
    if (record.type === END) break;
    if (record.type === FILE_PASS) throw new AppError('FILE_ENCRYPTED', { fileName });
    if (record.type === DATE_1904) date1904 = body.u16(0) !== 0;
    else if (record.type === SHEET) sheets.push(readSheetEntry(record));
    else if (record.type === STRINGS) readStrings(record, strings);
    else styles.add(record);
  }
  return { stream, sheets, strings, styleOf: styles.finish(date1904) };
};

const tooOld = (fileName: string): AppError =>
  new AppError('FORMAT_UNSUPPORTED', {
    fileName,
    problem:
      'it is an Excel workbook of the format used before 1997; open it in Excel or LibreOffice and save it as .xlsx',
    supported: 'Excel workbooks of Excel 97 and later',
  });

const readSheetEntry = (record: XlsRecord): XlsSheet => {
  const body = bodyOf(record);
  return {
    name: new StringReader(record.parts, 6).string(1),
    at: body.u32(0),
    isHidden: (body.u8(4) & 3) !== 0,
    isWorksheet: body.u8(5) === 0,
  };
};

const readStrings = ({ parts }: XlsRecord, strings: string[]): void => {
  const reader = new StringReader(parts, 8);
  while (!reader.isAtEnd) strings.push(reader.string());
};
