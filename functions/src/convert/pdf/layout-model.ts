/** What the pages become before they are Markdown's tree: text blocks and tables in reading order. */
import type { Box, Segment } from './page-model.ts';

/** A line of running text: one row of a column, its segments put together. */
export interface Line extends Omit<Segment, 'rotated'> {
  marker?: ListMarker;
  /** Set on the first line of each further page that its block goes on over. */
  pageNumber?: number;
  /** Its pieces stand far apart, as the cells of a table do, or a running title and its page number. */
  isSpread?: boolean;
  /** A numbered title in bold before its text on the same line: it stands alone. */
  runIn?: boolean;
}

/** What introduces a list item: a bullet, "(a)", "1." … */
export interface ListMarker {
  text: string;
  kind: 'bullet' | 'number' | 'letter' | 'roman';
  x0: number;
  /** Where the item's own text begins. */
  contentX0: number;
}

export interface Column {
  x0: number;
  x1: number;
  /** How far it stands right of the first column of its page: indents are compared without it. */
  shift: number;
}

export interface TextBlock {
  kind: 'text';
  pageNumber: number;
  box: Box;
  lines: Line[];
  marker?: ListMarker;
  /** Distance to the block above and below in the same column; undefined at its edge. */
  gapAbove?: number;
  gapBelow?: number;
  /** A footnote. */
  isNote?: boolean;
  /** Left and right edge of the column it stands in. */
  column: Column;
}

export interface TableCell {
  box: Box;
  /** The lines of each paragraph of the cell, from top to bottom. */
  paragraphs: string[][];
  /** The lines that begin a further page of the cell. */
  pageBreaks?: { paragraph: number; line: number; pageNumber: number }[];
  rowSpan: number;
  columnSpan: number;
}

export interface TableRow {
  /** Set where it is not the page on which its table begins. */
  pageNumber?: number;
  /** Path of the structure element that it was read from. */
  element?: string;
  /** Only cells that begin in this row, left to right. */
  cells: TableCell[];
}

export interface TableBlock {
  kind: 'table';
  pageNumber: number;
  /** Path of the structure element that it was read from. */
  element?: string;
  box: Box;
  columnCount: number;
  /** 0 where it has no head. */
  headerRows: number;
  /** All text of its first row is bold: it names the columns. */
  boldHead: boolean;
  rows: TableRow[];
  /** Left edges of its columns: a table on the next page with the same ones may be its continuation. */
  columnStarts: number[];
}

/** Lines that keep their breaks and their indentation. */
export interface CodeBlock {
  kind: 'code';
  pageNumber: number;
  box: Box;
  lines: string[];
  /** How wide each letter is. */
  advance: number;
}

export type LayoutBlock = TextBlock | TableBlock | CodeBlock;
