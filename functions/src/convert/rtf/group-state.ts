/** What a group of RTF has and hands down to the groups in it. */
import type { CellShape } from '../word-text/build-table.ts';

/** A field's code comes first; then what it shows. */
export interface RtfField {
  /** Where its result leads to. */
  url: string | undefined;
  isChecked: boolean;
}

/** Where the text of a group goes. */
export type Destination =
  | { kind: 'text' | 'skipped' | 'picture' | 'info' | 'fonts' | 'stylesheet' }
  /** Into a value such as a style's name. */
  | { kind: 'value'; pieces: string[] };

export interface GroupState {
  destination: Destination;
  /** The destination around a text that is there twice, for programs with and without Unicode. */
  aroundUnicode?: Destination;
  field: RtfField | undefined;
  font: number | undefined;
  characterStyle: number | undefined;
  bold: boolean;
  italic: boolean;
  strike: boolean;
  hidden: boolean;
  inserted: boolean;
  deleted: boolean;
  /** How many characters stand after \u for programs without Unicode. */
  unicodeSkip: number;
  style: number;
  outlineLevel: number | undefined;
  inTable: boolean;
  tableDepth: number;
  listLevel: number;
  listId: number | undefined;
  /** Twips. */
  indentLeft: number | undefined;
  /** Twips; negative where the first line hangs out to the left. */
  firstLine: number | undefined;
  /** The row of a table in a table is described here. */
  inNestedRow: boolean;
}

export const PLAIN_CHARACTERS = {
  font: undefined,
  characterStyle: undefined,
  bold: false,
  italic: false,
  strike: false,
  hidden: false,
  inserted: false,
  deleted: false,
} as const;

export const PLAIN_PARAGRAPH = {
  style: 0,
  outlineLevel: undefined,
  inTable: false,
  tableDepth: 1,
  listLevel: 0,
  listId: undefined,
  indentLeft: undefined,
  firstLine: undefined,
} as const;

export const firstState = (): GroupState => ({
  destination: { kind: 'text' },
  field: undefined,
  ...PLAIN_CHARACTERS,
  ...PLAIN_PARAGRAPH,
  unicodeSkip: 1,
  inNestedRow: false,
});

/** A table row that is being described; it holds until the next \trowd. */
export interface RowDefinition {
  left: number;
  isHeader: boolean | undefined;
  cells: CellShape[];
  /** Said of the cell whose right edge comes next. */
  joinsLeft: boolean;
  joinsAbove: boolean;
}

export const newRow = (): RowDefinition => ({
  left: 0,
  isHeader: undefined,
  cells: [],
  joinsLeft: false,
  joinsAbove: false,
});
