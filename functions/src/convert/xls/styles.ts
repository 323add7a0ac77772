/** Fonts, number formats and cell formats of a BIFF8 workbook ([MS-XLS] 2.4.122, 2.4.126, 2.4.353). */
import builtinFormats from '../xlsx/builtin-formats.json' with { type: 'json' };
import type { CellStyle } from '../xlsx/cell-styles.ts';
import type { NumberFormat } from '../xlsx/format-number.ts';
import { createNumberFormat } from '../xlsx/format-number.ts';
import type { XlsRecord } from './records.ts';
import { bodyOf } from './records.ts';
import { StringReader } from './string-reader.ts';

const BUILTIN: Readonly<Record<string, string>> = builtinFormats;
const FONT = 0x0031;
const FORMAT = 0x041e;
const CELL_FORMAT = 0x00e0;
const PALETTE = 0x0092;
const BOLD_WEIGHT = 600;
const SOLID = 1;
/** Colours of the standard palette and of the system that are white. */
const WHITE = [1, 9, 65];
const FIRST_PALETTE_COLOUR = 8;

interface CellFormat {
  font: number;
  format: number;
  fill: number;
  fillColour: number;
  isRuled: boolean;
}

export const createStyles = () => {
  const bold: boolean[] = [];
  const codes = new Map<number, string>();
  const cellFormats: CellFormat[] = [];
  const white = new Set(WHITE);
  const add = (record: XlsRecord): void => {
    const body = bodyOf(record);
    if (record.type === FONT) bold.push(body.u16(6) >= BOLD_WEIGHT);
    else if (record.type === FORMAT) codes.set(body.u16(0), new StringReader(record.parts, 2).string());
    else if (record.type === CELL_FORMAT) cellFormats.push(readCellFormat(record));
    else if (record.type === PALETTE) {
      for (let index = 0; index < body.u16(0); index++) {
        const colour = FIRST_PALETTE_COLOUR + index;
        if ((body.u32(2 + index * 4) & 0xffffff) === 0xffffff) white.add(colour);
        else white.delete(colour);
      }
    }
  };
  const finish = (date1904: boolean): ((index: number) => CellStyle) => {
    const formats = new Map<string, NumberFormat>();
    const formatOf = (id: number): NumberFormat => {
      const code = codes.get(id) ?? BUILTIN[id] ?? 'General';
      const format = formats.get(code) ?? createNumberFormat(code, date1904);
      formats.set(code, format);
      return format;
    };
    // There is no font with the number 4.
    const isBold = (font: number) => bold[font > 4 ? font - 1 : font] ?? false;
    const styles = cellFormats.map(({ font, format, fill, fillColour, isRuled }) => ({
      format: formatOf(format),
      standsOut: isBold(font) || (fill === SOLID && !white.has(fillColour)),
      isRuled,
    }));
    const plain = { format: formatOf(0), standsOut: false, isRuled: false };
    return (index) => styles[index] ?? plain;
  };
  return { add, finish };
};

const readCellFormat = (record: XlsRecord): CellFormat => {
  const body = bodyOf(record);
  const lines = body.u16(10);
  const has = (shift: number) => ((lines >> shift) & 0x0f) !== 0;
  const [left, right, bottom] = [0, 4, 12] as const;
  return {
    font: body.u16(0),
    format: body.u16(2),
    fill: body.u32(14) >>> 26,
    fillColour: body.u16(18) & 0x7f,
    isRuled: has(bottom) || (has(left) && has(right)),
  };
};
