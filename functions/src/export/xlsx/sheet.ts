/** A sheet before it is written: what stands in it and how it should look. */
import type { CellValue, ColumnLevel } from '../matrix-columns.ts';

/** Names of the light colours in styles.ts. */
export type Tint = 'red' | 'amber' | 'green' | 'blue' | 'violet' | 'grey';

export interface SheetColumn {
  header: string;
  /** In characters of the default font. */
  width: number;
  /** Offered as a drop-down list; other text is refused by the spreadsheet program. */
  choices?: readonly string[];
  /** Colours a cell by the text it holds, also after a choice was changed. */
  tints?: Readonly<Record<string, Tint>>;
  /** `detail` is not printed; `technical` is also folded away behind a [+] above the columns. Last in a sheet, in this order. */
  level?: ColumnLevel;
}

export interface SheetRow {
  cells: readonly CellValue[];
  /** A line that opens a part of the sheet. */
  heading?: boolean;
}

export interface Sheet {
  /** At most 31 characters, none of \ / ? * [ ] : */
  name: string;
  columns: readonly SheetColumn[];
  rows: readonly SheetRow[];
  /** Columns that stay in sight when the sheet is scrolled sideways. */
  frozenColumns: number;
  /** For lists of like rows; a report made of parts has none. */
  filter: boolean;
  paper: 'letter' | 'tabloid';
}
