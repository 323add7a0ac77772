/** A region of a sheet as paragraphs, or as a table. */
import type { Paragraph, PhrasingContent, RootContent, Table, TableRow } from 'mdast';
import { isHeaderRow, joinHeaderRows, rowsOf } from './header-row.ts';
import type { GridCell } from './place-cells.ts';
import type { Region } from './region.ts';
import { firstColumn } from './region.ts';

/** A line of text alone under a table is a note on it if it is longer than a label. */
const LONGEST_LABEL = 40;

/** One column is text, unless its first cell is set off as a header; else a table, and the notes that stand under it. */
export const blocksOfRegion = (region: Region): RootContent[] => {
  const rows = rowsOf(region);
  if (rows.every(({ length }) => length === 1) && isText(region)) return region.flatMap(paragraphsOf);
  const left = firstColumn(region);
  const notes: GridCell[] = [];
  while (rows.length > 2) {
    const last = rows.at(-1) ?? [];
    const [note] = last;
    if (!note || last.length > 1 || !isNote(note, left)) break;
    notes.unshift(note);
    rows.pop();
  }
  return [tableOf(joinHeaderRows(rows)), ...notes.flatMap(paragraphsOf)];
};

const isNote = (cell: GridCell, left: number): boolean =>
  !cell.isNumber &&
  cell.text.length > LONGEST_LABEL &&
  (cell.column === left || cell.lastColumn > cell.column || cell.standsOut);

const isText = (region: Region): boolean => {
  const [first, ...rest] = region;
  if (region.some((cell) => cell.column !== first?.column)) return false;
  return !(rest.length > 1 && first?.standsOut === true && rest.every((cell) => !cell.standsOut));
};

/** Columns without text are left out; a merged cell spans what is left of its rows and columns. */
const tableOf = (rows: readonly Region[]): Table => {
  const cells = rows.flat();
  const rowNumbers = ascending(cells.map(({ row }) => row));
  const columnNumbers = ascending(cells.map(({ column }) => column));
  const columnPlaces = new Map(columnNumbers.map((column, place) => [column, place]));
  const width = columnNumbers.length;
  const isHeader = isOneColumnHeader(rows, width) || isHeaderRow(rows[0] ?? [], cells);
  const children: TableRow[] = isHeader ? [] : [emptyRow(width)];
  const open: number[] = Array<number>(width).fill(0);
  rows.forEach((row, index) => {
    const tableRow: TableRow = { type: 'tableRow', children: [] };
    let place = 0;
    const fill = (until: number) => {
      for (; place < until; place++) {
        if ((open[place] ?? 0) <= index) tableRow.children.push({ type: 'tableCell', children: [] });
      }
    };
    for (const cell of row) {
      fill(columnPlaces.get(cell.column) ?? 0);
      const columnSpan = countFrom(columnNumbers, place, cell.lastColumn);
      const rowSpan = countFrom(rowNumbers, index, cell.lastRow);
      const children = contentOf(cell);
      const spans = rowSpan > 1 || columnSpan > 1 ? { data: { provenance: { rowSpan, columnSpan } } } : {};
      tableRow.children.push({ type: 'tableCell', children, ...spans });
      for (const end = place + columnSpan; place < end; place++) open[place] = index + rowSpan;
    }
    fill(width);
    children.push(tableRow);
  });
  return { type: 'table', children };
};

const isOneColumnHeader = (rows: readonly Region[], width: number): boolean =>
  width === 1 && rows.length > 1 && rows[0]?.[0]?.standsOut === true;

const emptyRow = (width: number): TableRow => ({
  type: 'tableRow',
  children: Array.from({ length: width }, () => ({ type: 'tableCell', children: [] })),
});

const ascending = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);

/** How many of the numbers from a place on are not over a limit. */
const countFrom = (numbers: readonly number[], place: number, limit: number): number => {
  let end = place;
  while (end < numbers.length && (numbers[end] ?? Infinity) <= limit) end += 1;
  return end - place;
};

const paragraphsOf = (cell: GridCell): Paragraph[] =>
  cell.text.split(/\n\s*\n/).map((text): Paragraph => ({ type: 'paragraph', children: contentOf({ ...cell, text }) }));

/** Lines with breaks between. */
const contentOf = ({ text, url }: GridCell): PhrasingContent[] => {
  const children = text
    .split(/\r\n?|\n/)
    .flatMap((value, index): PhrasingContent[] =>
      index === 0 ? [{ type: 'text', value }] : [{ type: 'break' }, { type: 'text', value }],
    );
  if (url === undefined) return children;
  return [{ type: 'link', url, children: children.filter((node) => node.type === 'text' || node.type === 'break') }];
};
