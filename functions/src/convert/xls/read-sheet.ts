/** The records of one worksheet, in the form in which sheets of every format are laid out. */
import type { ByteView } from '../ole2/byte-view.ts';
import type { RunningText } from '../source-tree.ts';
import type { CellStyle } from '../xlsx/cell-styles.ts';
import { writtenLines } from '../xlsx/header-footer.ts';
import type { FileCell, FileSheet } from '../xlsx/read-sheet.ts';
import errors from './errors.json' with { type: 'json' };
import { readLink } from './hyperlink.ts';
import type { XlsRecord } from './records.ts';
import { bodyOf, recordsFrom } from './records.ts';
import { StringReader } from './string-reader.ts';
import type { XlsWorkbook } from './workbook.ts';

type CellValue = string | number | boolean;

export interface SheetContent extends FileSheet {
  /** Of text boxes, in the order of the file. */
  boxTexts: string[];
  running: RunningText[];
  charts: number;
  comments: number;
}

const ERRORS: Readonly<Record<string, string>> = errors;
const COLUMNS = 256;
/** [MS-XLS] 2.3.2; only those that say something of the text. */
const RECORD = {
  BEGIN: 0x0809,
  END: 0x000a,
  SHARED: 0x00fd,
  LABEL: 0x0204,
  RICH_LABEL: 0x00d6,
  NUMBER: 0x0203,
  PACKED: 0x027e,
  MANY_PACKED: 0x00bd,
  TRUTH_OR_ERROR: 0x0205,
  BLANK: 0x0201,
  MANY_BLANK: 0x00be,
  FORMULA: 0x0006,
  FORMULA_TEXT: 0x0207,
  ROW: 0x0208,
  COLUMNS: 0x007d,
  MERGED: 0x00e5,
  LINK: 0x01b8,
  HEADER: 0x0014,
  FOOTER: 0x0015,
  COMMENT: 0x001c,
  OBJECT: 0x005d,
  BOX_TEXT: 0x01b6,
} as const;
const IS_HIDDEN_ROW = 0x20;
const NOTE = 0x19;
const CHART = 0x05;

/**
 * The sheets by where they begin, in the order in which they stand in the stream. One that begins within another would be read twice,
 * and is none.
 */
export const readSheets = (workbook: XlsWorkbook, places: readonly number[]): Map<number, SheetContent> => {
  const sheets = new Map<number, SheetContent>();
  let reached = 0;
  for (const at of [...places].sort((one, other) => one - other)) {
    if (at < reached) continue;
    const reader = new SheetReader(workbook);
    let depth = 0;
    for (const record of recordsFrom(workbook.stream, at)) {
      reached = record.at + 1;
      // A chart on the sheet has records of its own in between.
      if (record.type === RECORD.BEGIN) depth += 1;
      else if (record.type === RECORD.END) depth -= 1;
      else if (depth === 1) reader.take(record);
      if (depth <= 0) break;
    }
    sheets.set(at, reader.finish());
  }
  return sheets;
};

/** Of records on one cell; a shorter one says nothing. */
const LEAST_BYTES: Readonly<Record<number, number>> = {
  [RECORD.FORMULA]: 14,
  [RECORD.RICH_LABEL]: 8,
  [RECORD.SHARED]: 10,
  [RECORD.BLANK]: 6,
  [RECORD.NUMBER]: 14,
  [RECORD.LABEL]: 8,
  [RECORD.TRUTH_OR_ERROR]: 8,
  [RECORD.PACKED]: 10,
};

const keyOf = (row: number, column: number): number => row * (COLUMNS + 1) + column;

class SheetReader {
  readonly #workbook: XlsWorkbook;
  readonly #ruled = new Set<number>();
  readonly #urls = new Map<number, string>();
  /** A formula with a text for result: it stands in the record after. */
  #awaitsText: { row: number; column: number; style: CellStyle } | undefined;
  #objectType = 0;
  readonly #sheet: SheetContent = {
    cells: [],
    hiddenRows: new Set(),
    hiddenColumns: [],
    merges: [],
    formulasWithoutValue: 0,
    cellsShownEmpty: 0,
    relationships: new Map(),
    root: undefined,
    boxTexts: [],
    running: [],
    charts: 0,
    comments: 0,
  };

  constructor(workbook: XlsWorkbook) {
    this.#workbook = workbook;
  }

  take(record: XlsRecord): void {
    const body = bodyOf(record);
    if (body.length < (LEAST_BYTES[record.type] ?? 0)) return;
    switch (record.type) {
      case RECORD.SHARED:
        this.#cell(body, this.#workbook.strings[body.u32(6)] ?? '');
        return;
      case RECORD.LABEL:
      case RECORD.RICH_LABEL:
        this.#cell(body, new StringReader(record.parts, 6).string());
        return;
      case RECORD.NUMBER:
        this.#cell(body, body.f64(6));
        return;
      case RECORD.PACKED:
        this.#cell(body, numberOf(body.u32(6)));
        return;
      case RECORD.MANY_PACKED:
        for (let at = 4, column = body.u16(2); at + 8 <= body.length; at += 6, column++) {
          this.#put(body.u16(0), column, body.u16(at), numberOf(body.u32(at + 2)));
        }
        return;
      case RECORD.TRUTH_OR_ERROR:
        this.#cell(body, body.u8(7) === 0 ? body.u8(6) !== 0 : errorOf(body.u8(6)));
        return;
      case RECORD.BLANK:
        this.#cell(body, undefined);
        return;
      case RECORD.MANY_BLANK:
        for (let at = 4, column = body.u16(2); at + 4 <= body.length; at += 2, column++) {
          this.#put(body.u16(0), column, body.u16(at), undefined);
        }
        return;
      case RECORD.FORMULA:
        this.#formula(body);
        return;
      case RECORD.FORMULA_TEXT:
        this.#formulaText(new StringReader(record.parts, 0).string());
        return;
      default:
        this.#other(record, body);
    }
  }

  finish(): SheetContent {
    const sheet = this.#sheet;
    sheet.cells.sort((one, other) => one.row - other.row || one.column - other.column);
    for (const cell of sheet.cells) {
      while (this.#ruled.has(keyOf(cell.ruledTo + 1, cell.column))) cell.ruledTo += 1;
      const url = this.#urls.get(keyOf(cell.row, cell.column));
      if (url !== undefined) cell.url = url;
    }
    return sheet;
  }

  #other(record: XlsRecord, body: ByteView): void {
    const sheet = this.#sheet;
    switch (record.type) {
      case RECORD.ROW:
        if ((body.u16(12) & IS_HIDDEN_ROW) !== 0) sheet.hiddenRows.add(body.u16(0) + 1);
        return;
      case RECORD.COLUMNS:
        if ((body.u16(8) & 1) === 0 && body.u16(4) !== 0) return;
        sheet.hiddenColumns.push({
          firstRow: 1,
          lastRow: 1,
          firstColumn: body.u16(0) + 1,
          lastColumn: lastOf(body.u16(2)),
        });
        return;
      case RECORD.MERGED:
        for (let at = 2; at + 8 <= body.length; at += 8) sheet.merges.push(rangeAt(body, at));
        return;
      case RECORD.LINK: {
        const url = readLink(body);
        if (url !== undefined) this.#urls.set(keyOf(body.u16(0) + 1, body.u16(4) + 1), url);
        return;
      }
      case RECORD.HEADER:
      case RECORD.FOOTER:
        if (body.length < 3) return;
        sheet.running.push(
          ...writtenLines(new StringReader(record.parts, 0).string(), record.type === RECORD.HEADER ? 'head' : 'foot'),
        );
        return;
      case RECORD.COMMENT:
        sheet.comments += 1;
        return;
      case RECORD.OBJECT:
        this.#objectType = body.u16(4);
        if (this.#objectType === CHART) sheet.charts += 1;
        return;
      case RECORD.BOX_TEXT:
        if (this.#objectType === NOTE || record.parts.length < 2) return;
        sheet.boxTexts.push(new StringReader(record.parts.slice(1), 0).characters(body.u16(10)));
        return;
      default:
    }
  }

  #cell(body: ByteView, value: CellValue | undefined): void {
    this.#put(body.u16(0), body.u16(2), body.u16(4), value);
  }

  #formula(body: ByteView): void {
    const [row, column, style] = [body.u16(0), body.u16(2), body.u16(4)];
    this.#awaitsText = undefined;
    if (body.u16(12) !== 0xffff) this.#put(row, column, style, body.f64(6));
    else if (body.u8(6) === 0) this.#awaitsText = { row, column, style: this.#workbook.styleOf(style) };
    else if (body.u8(6) === 1) this.#put(row, column, style, body.u8(8) !== 0);
    else this.#put(row, column, style, body.u8(6) === 2 ? errorOf(body.u8(8)) : '');
  }

  #formulaText(text: string): void {
    const cell = this.#awaitsText;
    this.#awaitsText = undefined;
    if (cell) this.#show(cell.row, cell.column, cell.style, text);
  }

  #put(row: number, column: number, style: number, value: CellValue | undefined): void {
    this.#show(row, column, this.#workbook.styleOf(style), value);
  }

  #show(row: number, column: number, { format, standsOut, isRuled }: CellStyle, value: CellValue | undefined): void {
    if (column >= COLUMNS) return;
    const text = value === undefined ? '' : shown(value, format).trim();
    if (text !== '') {
      const isNumber = typeof value !== 'string';
      const cell: FileCell = { row: row + 1, column: column + 1, text, isNumber, standsOut, ruledTo: row + 1 };
      this.#sheet.cells.push(cell);
      return;
    }
    if (isRuled) this.#ruled.add(keyOf(row + 1, column + 1));
    if (value !== undefined && String(value).trim() !== '') this.#sheet.cellsShownEmpty += 1;
  }
}

const shown = (value: CellValue, format: CellStyle['format']): string => {
  if (typeof value === 'number') return format.showNumber(value);
  return typeof value === 'boolean' ? (value ? 'TRUE' : 'FALSE') : format.showText(value);
};

const errorOf = (code: number): string => ERRORS[String(code)] ?? '#N/A';

const lastOf = (column: number): number => Math.min(COLUMNS, column + 1);

const rangeAt = (body: ByteView, at: number) => ({
  firstRow: body.u16(at) + 1,
  lastRow: body.u16(at + 2) + 1,
  firstColumn: body.u16(at + 4) + 1,
  lastColumn: lastOf(body.u16(at + 6)),
});

/** A number in four bytes: a whole one, or the upper half of a floating one; either may be in hundredths ([MS-XLS] 2.5.218). */
const numberOf = (packed: number): number => {
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, packed & 0xfffffffc);
  const value = (packed & 2) === 0 ? view.getFloat64(0) : packed >> 2;
  return (packed & 1) === 0 ? value : value / 100;
};
