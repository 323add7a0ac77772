/** HTML tables to mdast. */
import type { RootContent, TableCell, TableRow } from 'mdast';
import { toCellContent } from '../cell-content.ts';
import type { HtmlElement } from './dom.ts';
import { attribute, isElement, isHidden } from './dom.ts';

type ReadFlow = (element: HtmlElement) => RootContent[];

const MAX_SPAN = 1000;

/**
 * A caption as a paragraph of its own, then the table. Without a header (no thead, no row of th at the top) an empty
 * first row stands for none. A table of a single cell is only layout: its content is taken out of it.
 */
export const readTable = (table: HtmlElement, readFlow: ReadFlow): RootContent[] => {
  const sections = table.childNodes.filter(isElement).filter((element) => !isHidden(element));
  const captions = sections.filter(({ tagName }) => tagName === 'caption').flatMap(readFlow);
  for (const caption of captions) {
    if (caption.type === 'paragraph')
      caption.data = { provenance: { ...caption.data?.provenance, blockKind: 'caption' } };
  }
  const rows = [...rowsOf(sections, 'thead'), ...rowsOf(sections, 'tbody'), ...rowsOf(sections, 'tfoot')];
  const [first] = rows;
  const cells = rows.flatMap(cellsOf);
  const [only] = cells;
  if (cells.length === 1 && only && only.tagName === 'td') return [...captions, ...readFlow(only)];
  if (!first || cells.length === 0) return captions;
  const read = rows.map((row) => readRow(row, readFlow));
  const children = hasHeader(sections, first) ? read : [emptyRow(read[0]), ...read];
  return [...captions, { type: 'table', children }];
};

/** tr may also stand right below table in trees that were not parsed from text. */
const rowsOf = (sections: readonly HtmlElement[], name: string): HtmlElement[] =>
  sections
    .filter(({ tagName }) => tagName === name || (name === 'tbody' && tagName === 'tr'))
    .flatMap((section) => (section.tagName === 'tr' ? [section] : section.childNodes.filter(isElement)))
    .filter((row) => row.tagName === 'tr' && !isHidden(row) && cellsOf(row).length > 0);

const cellsOf = (row: HtmlElement): HtmlElement[] =>
  row.childNodes
    .filter(isElement)
    .filter((cell) => (cell.tagName === 'td' || cell.tagName === 'th') && !isHidden(cell));

const hasHeader = (sections: readonly HtmlElement[], first: HtmlElement): boolean => {
  if (rowsOf(sections, 'thead').length > 0) return true;
  return cellsOf(first).every((cell) => cell.tagName === 'th');
};

const readRow = (row: HtmlElement, readFlow: ReadFlow): TableRow => ({
  type: 'tableRow',
  children: cellsOf(row).map((cell): TableCell => {
    const children = toCellContent(readFlow(cell));
    const rowSpan = span(cell, 'rowspan');
    const columnSpan = span(cell, 'colspan');
    if (rowSpan === 1 && columnSpan === 1) return { type: 'tableCell', children };
    return { type: 'tableCell', children, data: { provenance: { rowSpan, columnSpan } } };
  }),
});

const emptyRow = (row: TableRow | undefined): TableRow => ({
  type: 'tableRow',
  children: (row?.children ?? []).map(() => ({ type: 'tableCell', children: [] })),
});

const span = (cell: HtmlElement, name: string): number => {
  const value = Number.parseInt(attribute(cell, name) ?? '1', 10);
  return value >= 1 ? Math.min(value, MAX_SPAN) : 1;
};
