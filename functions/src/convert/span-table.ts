/** Tables whose cells hold blocks and may span. */
import type { PhrasingContent, RootContent, TableCell, TableRow } from 'mdast';
import { toCellContent } from './cell-content.ts';

export interface SpanCell {
  blocks: readonly RootContent[];
  rowSpan: number;
  columnSpan: number;
}

/** No table of a document is wider; a file that says so is wrong or hostile. */
const MAX_SPAN = 1000;

/** A span or a repetition as a file states it: at least 1, at most 1000. */
export const toSpan = (value: string | undefined): number => {
  const span = Number.parseInt(value ?? '', 10);
  return span >= 1 ? Math.min(span, MAX_SPAN) : 1;
};

/**
 * The table of some rows, each with only the cells that begin in it; a table of one cell is a frame and gives its content. Without a header
 * row (`hasHeader`, or all of the first row bold) an empty first row stands for none.
 */
export const buildSpanTable = (rows: readonly (readonly SpanCell[])[], hasHeader: boolean): RootContent[] => {
  const [first] = rows;
  const only = rows.length === 1 && first?.length === 1 ? first[0] : undefined;
  if (only) return [...only.blocks];
  if (!first) return [];
  const children = rows.map((row, index) => toTableRow(row, rows.length - index));
  const header = hasHeader || isBoldRow(children[0]);
  const empty: TableRow = { type: 'tableRow', children: first.map(() => ({ type: 'tableCell', children: [] })) };
  return [{ type: 'table', children: header ? children : [empty, ...children] }];
};

const toTableRow = (cells: readonly SpanCell[], rowsLeft: number): TableRow => ({
  type: 'tableRow',
  children: cells.map((cell): TableCell => {
    const children = toCellContent(cell.blocks);
    const rowSpan = Math.min(cell.rowSpan, rowsLeft);
    if (rowSpan === 1 && cell.columnSpan === 1) return { type: 'tableCell', children };
    return { type: 'tableCell', children, data: { provenance: { rowSpan, columnSpan: cell.columnSpan } } };
  }),
});

/** Whether all that stands in a row is bold: the row is then a header. */
export const isBoldRow = (row: TableRow | undefined): boolean => {
  const filled = (row?.children ?? []).filter((cell) => cell.children.length > 0);
  return filled.length > 0 && filled.every((cell) => cell.children.every(isStrong));
};

const isStrong = (node: PhrasingContent): boolean =>
  node.type === 'strong' || node.type === 'break' || (node.type === 'text' && node.value.trim() === '');
