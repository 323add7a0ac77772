/** Small Excel 97 workbooks from records, for tests ([MS-XLS] 2.1.4). */
import { buildOle2 } from '../mail/build-msg.ts';

export const u16 = (...values: number[]): number[] => values.flatMap((value) => [value & 0xff, (value >> 8) & 0xff]);
export const u32 = (value: number): number[] => [...u16(value & 0xffff), ...u16(value >>> 16)];
export const f64 = (value: number): number[] => [...new Uint8Array(new Float64Array([value]).buffer)];
export const record = (type: number, ...data: number[]): number[] => [...u16(type, data.length), ...data];
const letters = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
/** A string of one byte to a character, its length in two. */
export const string = (text: string): number[] => [...u16(text.length), 0, ...letters(text)];

const BEGIN = 0x0809;
const END = record(0x0a);
const begin = (kind: number, version = 0x0600) => record(BEGIN, ...u16(version, kind), ...Array<number>(12).fill(0));

export interface SheetParts {
  name: string;
  /** 0 visible, 1 hidden. */
  state?: number;
  records: readonly number[];
}

/** Records of the globals before and after the list of sheets. */
interface WorkbookParts {
  sheets: readonly SheetParts[];
  globals?: readonly number[];
  version?: number;
}

export const buildXls = ({ sheets, globals = [], version }: WorkbookParts): Uint8Array => {
  const entry = ({ name, state = 0 }: SheetParts, at: number) =>
    record(0x85, ...u32(at), state, 0, name.length, 0, ...letters(name));
  const parts = sheets.map(({ records }) => [...begin(0x10, version), ...records, ...END]);
  const head = begin(5, version);
  const entriesLength = sheets.reduce((sum, sheet) => sum + entry(sheet, 0).length, 0);
  let at = head.length + entriesLength + globals.length + END.length;
  const entries = sheets.flatMap((sheet, index) => {
    const bytes = entry(sheet, at);
    at += parts[index]?.length ?? 0;
    return bytes;
  });
  return buildOle2({ Workbook: Uint8Array.from([...head, ...entries, ...globals, ...END, ...parts.flat()]) });
};

export const label = (row: number, column: number, text: string): number[] =>
  record(0x204, ...u16(row, column, 0), ...string(text));
export const number = (row: number, column: number, value: number, style = 0): number[] =>
  record(0x203, ...u16(row, column, style), ...f64(value));
export const shared = (row: number, column: number, index: number): number[] =>
  record(0xfd, ...u16(row, column, 0), ...u32(index));
