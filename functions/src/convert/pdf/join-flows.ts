/** Puts together what the end of a page or column has parted: paragraphs, list items and tables. */
import type { RunningLine } from '../source-tree.ts';
import { joinCode } from './code-blocks.ts';
import type { LayoutBlock, Line, TableBlock, TableRow, TextBlock } from './layout-model.ts';
import { readMarker } from './markers.ts';
import { toBoundingBox, unionOf } from './page-model.ts';

const SAME_EDGE_PT = 4;

/** A line that ends in one of these has not ended its sentence, however short it is. */
const UNFINISHED =
  /(?:^|\s)(?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|nor|but|as|than|that|which|between|within|under|its|their|his|her|shall|must|will|may|be|is|are)$/i;

const SENTENCE_END = /[.!?:;]["”’)\]]*$/;

/** Share of the column's width that a full line of prose reaches, ragged as its edge may be. */
const FULL_LINE_SHARE = 0.8;

/** Lines that fill the column, all but the last: what stops there without a full stop has not ended. */
const isProse = ({ lines, column }: TextBlock): boolean =>
  lines.length > 1 && lines.slice(0, -1).every(({ x1 }) => x1 - column.x0 > FULL_LINE_SHARE * (column.x1 - column.x0));

/** A sentence goes on: the first part does not end one, and the second neither looks like a heading nor begins a list item. */
const goesOn = (last: TextBlock, next: TextBlock): boolean => {
  const [end, start] = [last.lines.at(-1), next.lines[0]];
  if (!end || !start || next.marker) return false;
  if (Math.abs(end.size - start.size) > 0.6 || end.bold !== start.bold) return false;
  if (SENTENCE_END.test(end.text)) return false;
  if (UNFINISHED.test(end.text)) return true;
  const filled = end.x1 + start.firstWordWidth > last.column.x1 - 1.5 * end.size;
  if (isProse(last) && end.x1 > (last.column.x0 + last.column.x1) / 2) return true;
  return /^[\p{Ll}(]/u.test(start.text) ? filled || last.lines.length > 1 || /[,-]$/.test(end.text) : filled;
};

/** The lines of the second part; where it stands on another page its first line says so. */
const onPage = ({ lines, pageNumber }: TextBlock, last: TextBlock): Line[] => {
  const before = last.lines.findLast((line) => line.pageNumber !== undefined)?.pageNumber ?? last.pageNumber;
  return lines.map((line, index) => (index === 0 && pageNumber !== before ? { ...line, pageNumber } : line));
};

const headerOf = (table: TableBlock): string =>
  JSON.stringify(table.rows.slice(0, table.headerRows).map(({ cells }) => cells.map(({ paragraphs }) => paragraphs)));

const sameColumns = (last: TableBlock, next: TableBlock): boolean =>
  last.columnCount === next.columnCount &&
  last.columnStarts.every(
    (x, index) => Math.abs(x - (next.columnStarts[index] ?? Number.POSITIVE_INFINITY)) < SAME_EDGE_PT * 3,
  );

/** The same columns, and no other names for them. */
const isSameTable = (last: TableBlock, next: TableBlock): boolean => {
  if (last.element !== undefined && next.element !== undefined) return last.element === next.element;
  return looksLikeSame(last, next);
};

const looksLikeSame = (last: TableBlock, next: TableBlock): boolean =>
  sameColumns(last, next) && (!(last.boldHead && next.boldHead) || headerOf(last) === headerOf(next));

/** A row that the page break has cut is one element, or goes on without a first cell. */
const isRestOfRow = (row: TableRow, last: TableRow, table: TableBlock): boolean =>
  row.element !== undefined && last.element !== undefined ? row.element === last.element : looksLikeRest(row, table);

/** Clauses beside their titles, in a table of two columns without a head: text without a title is always the rest of one. */
const hasClauses = ({ columnCount, headerRows }: TableBlock): boolean => columnCount === 2 && headerRows === 0;

const looksLikeRest = (row: TableRow, table: TableBlock): boolean =>
  row.cells.length === table.columnCount &&
  row.cells[0]?.paragraphs.length === 0 &&
  (hasClauses(table) || row.cells.some(({ paragraphs }) => /^\p{Ll}/u.test(paragraphs[0]?.[0] ?? '')));

const withRows = (table: TableBlock, rows: readonly TableRow[], pageNumber: number): TableBlock => {
  const [first, ...others] = rows.map((row): TableRow => ({ pageNumber, ...row }));
  const last = table.rows.at(-1);
  if (!first || !last || !isRestOfRow(first, last, table) || last.cells.length !== first.cells.length)
    return { ...table, rows: first ? [...table.rows, first, ...others] : table.rows };
  const cells = last.cells.map((cell, index) => {
    const [head, ...tail] = first.cells[index]?.paragraphs ?? [];
    if (!head) return cell;
    const end = cell.paragraphs.at(-1)?.at(-1);
    const start = `${head[0]} `;
    const isUnended = end !== undefined && !SENTENCE_END.test(end) && readMarker(start) === undefined;
    const goesOn = end !== undefined && (/^\p{Ll}/u.test(start) || isUnended);
    const paragraphs = goesOn
      ? [...cell.paragraphs.slice(0, -1), [...(cell.paragraphs.at(-1) ?? []), ...head]]
      : [...cell.paragraphs, head];
    const place = goesOn
      ? { paragraph: cell.paragraphs.length - 1, line: cell.paragraphs.at(-1)?.length ?? 0 }
      : { paragraph: cell.paragraphs.length, line: 0 };
    const pageBreaks =
      pageNumber === (last.pageNumber ?? table.pageNumber)
        ? []
        : [...(cell.pageBreaks ?? []), { ...place, pageNumber }];
    return { ...cell, paragraphs: [...paragraphs, ...tail], pageBreaks };
  });
  return { ...table, rows: [...table.rows.slice(0, -1), { ...last, cells }, ...others] };
};

/** The head of a table that is printed again on the next page runs along like a running head. */
const repeatedHead = (table: TableBlock): RunningLine => {
  const cells = table.rows.slice(0, table.headerRows).flatMap((row) => row.cells);
  return {
    text: cells.flatMap(({ paragraphs }) => paragraphs.flat()).join(' '),
    pageNumber: table.pageNumber,
    position: 'head',
    bbox: toBoundingBox(unionOf(cells.map(({ box }) => box))),
  };
};

export interface JoinedFlows {
  blocks: LayoutBlock[];
  /** Heads of tables that were repeated, and are now once in the text. */
  runningLines: RunningLine[];
}

/** `flows`: the blocks of each column, in reading order. A block that goes on is kept on the page where it begins. */
export const joinFlows = (flows: readonly (readonly LayoutBlock[])[]): JoinedFlows => {
  const runningLines: RunningLine[] = [];
  const joined: LayoutBlock[] = [];
  for (const blocks of flows) {
    const [first, ...rest] = blocks;
    if (!first) continue;
    const last = joined.at(-1);
    if (last?.kind === 'text' && first.kind === 'text' && goesOn(last, first)) {
      const { gapBelow: _gap, ...kept } = last;
      joined[joined.length - 1] = {
        ...kept,
        lines: [...last.lines, ...onPage(first, last)],
        ...(first.gapBelow === undefined ? {} : { gapBelow: first.gapBelow }),
      };
    } else if (last?.kind === 'table' && first.kind === 'table' && isSameTable(last, first)) {
      const repeats = first.headerRows > 0 && headerOf(last) === headerOf(first);
      if (repeats) runningLines.push(repeatedHead(first));
      joined[joined.length - 1] = withRows(last, first.rows.slice(repeats ? first.headerRows : 0), first.pageNumber);
    } else if (last?.kind === 'code' && first.kind === 'code') joined[joined.length - 1] = joinCode(last, first);
    else joined.push(first);
    joined.push(...rest);
  }
  return { blocks: joined, runningLines };
};
