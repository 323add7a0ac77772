/** What modifiers say of characters, paragraphs and rows ([MS-DOC] 2.6.1–2.6.3). */
import type { ByteView } from '../ole2/byte-view.ts';
import type { CellShape } from '../word-text/build-table.ts';
import type { Modifier } from './property-modifiers.ts';
import { modifiersOf } from './property-modifiers.ts';

/** A toggle may also say: as the style says, or the opposite of it. */
type Toggle = boolean | 'style' | 'opposite';

export interface CharacterProperties {
  bold?: Toggle;
  italic?: Toggle;
  strike?: Toggle;
  hidden?: Toggle;
  inserted?: boolean;
  deleted?: boolean;
  /** Marks such as 0x01 and 0x08 are pictures and the like only if it is set. */
  isSpecial?: boolean;
  style?: number;
  /** Character of a symbol font that is shown instead. */
  symbol?: number;
}

export interface ParagraphProperties {
  inTable?: boolean;
  isRowEnd?: boolean;
  depth?: number;
  isInnerCellEnd?: boolean;
  isInnerRowEnd?: boolean;
  listLevel?: number;
  /** 1-based; 0 for no list. */
  list?: number;
  outlineLevel?: number;
  /** Twips. */
  indentLeft?: number;
  /** Twips; negative where the first line hangs out to the left. */
  firstLine?: number;
  row?: { left: number; cells: CellShape[] };
  isHeaderRow?: boolean;
}

const CHARACTER = {
  deleted: 0x0800,
  inserted: 0x0801,
  bold: 0x0835,
  italic: 0x0836,
  strike: 0x0837,
  hidden: 0x083c,
  special: 0x0855,
  style: 0x4a30,
  symbol: 0x6a09,
} as const;

const toggleOf = (value: number): Toggle => {
  if (value === 0x80) return 'style';
  return value === 0x81 ? 'opposite' : value !== 0;
};

export const characterProperties = (list: ByteView): CharacterProperties => {
  const properties: CharacterProperties = {};
  for (const { code, at } of modifiersOf(list)) {
    switch (code) {
      case CHARACTER.deleted:
        properties.deleted = list.u8(at) !== 0;
        break;
      case CHARACTER.inserted:
        properties.inserted = list.u8(at) !== 0;
        break;
      case CHARACTER.bold:
        properties.bold = toggleOf(list.u8(at));
        break;
      case CHARACTER.italic:
        properties.italic = toggleOf(list.u8(at));
        break;
      case CHARACTER.strike:
        properties.strike = toggleOf(list.u8(at));
        break;
      case CHARACTER.hidden:
        properties.hidden = toggleOf(list.u8(at));
        break;
      case CHARACTER.special:
        properties.isSpecial = list.u8(at) !== 0;
        break;
      case CHARACTER.style:
        properties.style = list.u16(at);
        break;
      case CHARACTER.symbol:
        properties.symbol = list.u16(at + 2);
        break;
      default:
    }
  }
  return properties;
};

/** `longList`: what stands elsewhere, at a place in the stream of data, because it is too long for its page. */
export const paragraphProperties = (
  list: ByteView,
  longList: (place: number) => ParagraphProperties = () => ({}),
): ParagraphProperties => {
  const properties: ParagraphProperties = {};
  for (const modifier of modifiersOf(list)) {
    if (LONG_LISTS.has(modifier.code)) Object.assign(properties, longList(list.u32(modifier.at)));
    else applyToParagraph(properties, list, modifier);
  }
  return properties;
};

const LONG_LISTS: ReadonlySet<number> = new Set([0x6645, 0x6646, 0x646b]);
const PARAGRAPH = {
  inTable: 0x2416,
  rowEnd: 0x2417,
  depth: 0x6649,
  innerCellEnd: 0x244b,
  innerRowEnd: 0x244c,
  listLevel: 0x260a,
  list: 0x460b,
  outlineLevel: 0x2640,
  /** As Word 97 and as later ones write it. */
  indentLeft97: 0x840f,
  indentLeft: 0x845e,
  firstLine97: 0x8411,
  firstLine: 0x8460,
  defineRow: 0xd608,
  joinCells: 0xd62b,
  headerRow: 0x3404,
  tableLook: 0x740a,
} as const;

const applyToParagraph = (properties: ParagraphProperties, list: ByteView, { code, at, length }: Modifier): void => {
  switch (code) {
    case PARAGRAPH.inTable:
      properties.inTable = list.u8(at) !== 0;
      return;
    case PARAGRAPH.rowEnd:
      properties.isRowEnd = list.u8(at) !== 0;
      return;
    case PARAGRAPH.depth:
      properties.depth = Math.max(0, list.i32(at));
      return;
    case PARAGRAPH.innerCellEnd:
      properties.isInnerCellEnd = list.u8(at) !== 0;
      return;
    case PARAGRAPH.innerRowEnd:
      properties.isInnerRowEnd = list.u8(at) !== 0;
      return;
    case PARAGRAPH.listLevel:
      properties.listLevel = list.u8(at);
      return;
    case PARAGRAPH.list:
      properties.list = Math.max(0, list.i16(at));
      return;
    case PARAGRAPH.outlineLevel:
      properties.outlineLevel = list.u8(at);
      return;
    case PARAGRAPH.indentLeft97:
    case PARAGRAPH.indentLeft:
      properties.indentLeft = list.i16(at);
      return;
    case PARAGRAPH.firstLine97:
    case PARAGRAPH.firstLine:
      properties.firstLine = list.i16(at);
      return;
    case PARAGRAPH.defineRow:
      properties.row = rowOf(list, at, length);
      return;
    case PARAGRAPH.joinCells:
      joinAbove(properties, list.u8(at), list.u8(at + 1));
      return;
    case PARAGRAPH.headerRow:
      if (list.u8(at) !== 0) properties.isHeaderRow = true;
      return;
    case PARAGRAPH.tableLook:
      lookOf(properties, list.u16(at + 2));
      return;
    default:
  }
};

/** Edges of all cells, then 20 bytes on each cell, which may be missing for the last ones. */
const rowOf = (list: ByteView, at: number, length: number): NonNullable<ParagraphProperties['row']> => {
  const count = Math.min(list.u8(at), Math.floor((length - 3) / 2));
  const cellsAt = at + 1 + (count + 1) * 2;
  const cells = Array.from({ length: Math.max(0, count) }, (_, index): CellShape => {
    const flags = cellsAt + index * 20 + 2 <= at + length ? list.u16(cellsAt + index * 20) : 0;
    return {
      right: list.i16(at + 1 + (index + 1) * 2),
      joinsLeft: (flags & 3) === 1,
      joinsAbove: ((flags >> 5) & 3) === 1,
    };
  });
  return { left: list.i16(at + 1), cells };
};

const joinAbove = ({ row }: ParagraphProperties, index: number, flags: number): void => {
  const cell = row?.cells[index];
  if (cell) cell.joinsAbove = flags === 1;
};

const HEADER_ROW = 0x20;
/** Which parts of a table's look are used; without any, nothing is said. */
const lookOf = (properties: ParagraphProperties, used: number): void => {
  if ((used & HEADER_ROW) !== 0) properties.isHeaderRow = true;
  else if (used !== 0) properties.isHeaderRow ??= false;
};
