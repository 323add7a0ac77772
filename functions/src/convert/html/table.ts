/** HTML tables to mdast. */
import type { RootContent, TableCell, TableRow } from 'mdast';
import { toCellContent } from '../cell-content.ts';
import { isBoldRow } from '../span-table.ts';
import type { HtmlElement } from './dom.ts';
import { attribute, isElement } from './dom.ts';
import type { HtmlReading } from './reading.ts';
import { lookingLike } from './reading.ts';
import { unseenElement } from './visibility.ts';

type ReadFlow = (element: HtmlElement) => RootContent[];

const MAX_SPAN = 1000;

/**
 * A caption as a paragraph of its own, then the table. Without a header (no thead, no row of th or in bold at the top) an empty
 * first row stands for none. What a table only lays out is taken out of it, cell by cell.
 */
export const readTable = (reading: HtmlReading, table: HtmlElement, readFlow: ReadFlow): RootContent[] => {
  const sections = shown(table.childNodes.filter(isElement), readFlow);
  const captions = sections.filter(({ tagName }) => tagName === 'caption').flatMap(readFlow);
  for (const caption of captions) {
    if (caption.type === 'paragraph')
      caption.data = { provenance: { ...caption.data?.provenance, blockKind: 'caption' } };
  }
  const rows = ['thead', 'tbody', 'tfoot'].flatMap((name) => rowsOf(sections, name, readFlow));
  const [first] = rows;
  if (!first) return captions;
  const inRow = <T>(row: Row, read: () => T): T => lookingLike(reading, row.around, read);
  if (isLayout(table, rows)) {
    return [...captions, ...rows.flatMap((row) => inRow(row, () => row.cells.flatMap(readFlow)))];
  }
  const children = rows.map((row) => inRow(row, () => readRow(row, readFlow)));
  if (!hasHeader(rows, first) && !isBoldRow(children[0])) children.unshift(emptyRow(children[0]));
  return [...captions, { type: 'table', children }];
};

interface Row {
  /** The section and the row itself. */
  around: HtmlElement[];
  cells: HtmlElement[];
}

/** What is hidden is read too, so that it is noted. */
const shown = (elements: readonly HtmlElement[], readFlow: ReadFlow): HtmlElement[] =>
  elements.filter((element) => {
    if (unseenElement(element) === undefined) return true;
    readFlow(element);
    return false;
  });

/** tr may also stand right below table in trees that were not parsed from text. */
const rowsOf = (sections: readonly HtmlElement[], name: string, readFlow: ReadFlow): Row[] =>
  sections
    .filter(({ tagName }) => tagName === name || (name === 'tbody' && tagName === 'tr'))
    .flatMap((section) => {
      if (section.tagName === 'tr') return [{ around: [section], cells: cellsOf(section, readFlow) }];
      return shown(section.childNodes.filter(isElement), readFlow)
        .filter((row) => row.tagName === 'tr')
        .map((row) => ({ around: [section, row], cells: cellsOf(row, readFlow) }));
    })
    .filter(({ cells }) => cells.length > 0);

const cellsOf = (row: HtmlElement, readFlow: ReadFlow): HtmlElement[] =>
  shown(
    row.childNodes.filter(isElement).filter((cell) => cell.tagName === 'td' || cell.tagName === 'th'),
    readFlow,
  );

/** A table of a single cell; one that says so; one without heads and rules whose cells hold headings, a menu or further tables. */
const isLayout = (table: HtmlElement, rows: readonly Row[]): boolean => {
  const cells = rows.flatMap((row) => row.cells);
  if (cells.some(({ tagName }) => tagName === 'th')) return false;
  if (/^(?:presentation|none)$/.test(attribute(table, 'role') ?? '') || cells.length === 1) return true;
  const isRuled = Number.parseInt(attribute(table, 'border') ?? '0', 10) > 0;
  const isMarked = table.childNodes.some((node) => isElement(node) && /^(?:thead|caption)$/.test(node.tagName));
  return !isRuled && !isMarked && cells.some(holdsPage);
};

const PAGE_PARTS = /^(?:h[1-4]|table|nav|main|article|section|form)$/;

/** Looks a few levels deep: what lays out a page does not hide it. */
const holdsPage = (cell: HtmlElement): boolean => {
  let level = [cell];
  for (let depth = 0; depth < 5; depth++) {
    level = level.flatMap((element) => element.childNodes.filter(isElement));
    if (level.some(({ tagName }) => PAGE_PARTS.test(tagName))) return true;
  }
  return false;
};

const hasHeader = (rows: readonly Row[], first: Row): boolean =>
  rows.some(({ around }) => around[0]?.tagName === 'thead') || first.cells.every((cell) => cell.tagName === 'th');

const readRow = ({ cells }: Row, readFlow: ReadFlow): TableRow => ({
  type: 'tableRow',
  children: cells.map((cell): TableCell => {
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
