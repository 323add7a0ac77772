/** What a PDF's structure tree (ISO 32000-1, 14.7 and 14.8) says about the text of one page: evidence, to be weighed against what the page shows. */

export interface TagCell {
  row: TagRow;
  /** Place among the cells of its row, from 0. */
  position: number;
  rowSpan: number;
  columnSpan: number;
  isHeader: boolean;
}

export interface TagRow {
  table: TagTable;
  path: string;
  /** Place among the children of what holds it: rows between two others that have no text on this page leave a gap. */
  index: number;
  parentPath: string;
  /** Also of those cells that hold nothing on this page. */
  cellCount: number;
  cells: TagCell[];
}

export interface TagTable {
  path: string;
  /** Those with text on this page. */
  rows: TagRow[];
  /** A table that stands in a cell of another: the outer one is a frame. */
  holdsTable: boolean;
}

export type TagRole = 'heading' | 'paragraph' | 'label' | 'item' | 'contents' | 'caption' | 'note' | 'artifact';

/** The innermost element of its own line or lines that holds a piece of text. */
export interface Tag {
  role: TagRole;
  /** Places of the elements from the root down: the same element has the same path on each page. */
  path: string;
  /** Of a heading: 1 to 6, 0 for one without. */
  level?: number;
  /** Path of the list item that it stands in. */
  item?: string;
  cell?: TagCell;
}

/** The element of each marked content id of a page. */
export type PageTags = ReadonlyMap<number, Tag>;

export const ARTIFACT: Tag = { role: 'artifact', path: '' };
