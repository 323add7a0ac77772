/** Tables by their tags, where the tags say what the page shows; all others are left to the lines and the spaces of the page. */
import { cellParagraphs } from '../cell-text.ts';
import type { TableBlock, TableCell, TableRow } from '../layout-model.ts';
import { type Box, type Segment, unionOf } from '../page-model.ts';
import { findRepeatedHead, headOf, type TableHead, withHead } from './repeated-head.ts';
import { placeShortRows } from './short-rows.ts';
import { areShown } from './shown-rows.ts';
import { type GridCell, gridOf, type TagGrid } from './table-grid.ts';
import type { TagCell, TagRow, TagTable } from './tag-model.ts';

/** Neighbours may come this close to each other, or overlap this much. */
const SLACK_PT = 3;
/** Share of its letters that may stand in a table's area without being tagged as its own. */
const MAX_FOREIGN_SHARE = 0.02;
const MIN_FILLED_CELLS = 3;
/** At least the height of a row. */
const BLANK_PT = 16;
/** A page with more is no page of tables. */
const MAX_TABLES = 100;

const lettersOf = (segments: readonly Segment[]): number => segments.reduce((sum, { text }) => sum + text.length, 0);

const isInside = (segment: Segment, box: Box): boolean => {
  const [x, y] = [(segment.x0 + segment.x1) / 2, (segment.top + segment.bottom) / 2];
  return x > box.x0 - SLACK_PT && x < box.x1 + SLACK_PT && y > box.top - 1 && y < box.bottom + 1;
};

interface FilledCell extends GridCell {
  segments: Segment[];
  box?: Box;
}

type FilledRow = FilledCell[];

const fill = (grid: TagGrid, contents: ReadonlyMap<TagCell, Segment[]>): FilledRow[] =>
  grid.rows.map(({ cells }) =>
    cells.map((cell): FilledCell => {
      const segments = (cell.cell && contents.get(cell.cell)) ?? [];
      return { ...cell, segments, ...(segments.length === 0 ? {} : { box: unionOf(segments) }) };
    }),
  );

const shownOf = (tagged: TagGrid, filled: readonly FilledRow[]): { grid: TagGrid; rows: FilledRow[] } => {
  const shown = areShown(filled.map((row) => row.flatMap(({ box }) => box ?? [])));
  const isShown = (_: unknown, index: number): boolean => shown[index] !== false;
  return { grid: { ...tagged, rows: tagged.rows.filter(isShown) }, rows: filled.filter(isShown) };
};

/** Each row below the one before, each cell right of the one before. */
const standsInOrder = (rows: readonly FilledRow[]): boolean => {
  let floor = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const boxes = row.flatMap(({ box }) => (box ? [box] : []));
    if (boxes.some(({ top }) => top < floor - SLACK_PT)) return false;
    if (boxes.some((box, index) => box.x0 < (boxes[index - 1]?.x1 ?? box.x0) - SLACK_PT)) return false;
    const own = row.flatMap(({ box, rowSpan }) => (box && rowSpan === 1 ? [box.bottom] : []));
    if (own.length > 0) floor = Math.max(floor, ...own);
  }
  return true;
};

/** Left and right edge of what stands in each column alone; undefined where two columns overlap. */
const columnsOf = (rows: readonly FilledRow[], columnCount: number): Box[] | undefined => {
  const columns = Array.from({ length: columnCount }, () => unionOf([]));
  for (const { box, column, columnSpan } of rows.flat())
    if (box && columnSpan === 1) columns[column] = unionOf([columns[column] ?? box, box]);
  let edge = Number.NEGATIVE_INFINITY;
  for (const { x0, x1 } of columns) {
    if (x0 < edge - SLACK_PT) return undefined;
    edge = Math.max(edge, x1);
  }
  return columns;
};

const filledCells = ({ rows }: TableBlock): number =>
  rows.reduce((sum, { cells }) => sum + cells.filter(({ paragraphs }) => paragraphs.length > 0).length, 0);

const overlaps = (a: Box, b: Box): boolean => a.x0 < b.x1 && b.x0 < a.x1 && a.top < b.bottom && b.top < a.bottom;

/** The lines of the page know better: they hold more in one table, or part it into more cells. */
const isContradicted = (
  own: ReadonlySet<Segment>,
  filled: number,
  ruled: TableBlock,
  all: readonly Segment[],
): boolean => {
  if (filledCells(ruled) > filled) return true;
  return all.some((segment) => !own.has(segment) && segment.tag?.role !== 'artifact' && isInside(segment, ruled.box));
};

const boxOfEmpty = ({ column }: GridCell, row: Box, columns: readonly Box[]): Box => {
  const { x0, x1 } = columns[column] ?? row;
  return Number.isFinite(x0) ? { ...row, x0, x1 } : row;
};

const toRow = (row: FilledRow, columns: readonly Box[], element: string): TableRow => {
  const box = unionOf(row.flatMap((cell) => (cell.box ? [cell.box] : [])));
  return {
    element,
    cells: row.map(
      (cell): TableCell => ({
        box: cell.box ?? boxOfEmpty(cell, box, columns),
        paragraphs: cellParagraphs(cell.segments),
        rowSpan: cell.rowSpan,
        columnSpan: cell.columnSpan,
      }),
    ),
  };
};

/** A cell does not reach below the rows that are shown. */
const withinRows = (rows: readonly TableRow[]): TableRow[] =>
  rows.map((row, index) => ({
    ...row,
    cells: row.cells.map((cell) => ({ ...cell, rowSpan: Math.min(cell.rowSpan, rows.length - index) })),
  }));

const isHeadRow = (row: FilledRow): boolean =>
  row.some(({ cell }) => cell) && row.every(({ cell }) => !cell || cell.isHeader);

/** The names of columns alone, over rows to be filled in: nothing follows them closely, and no lines of the page show these rows. */
const isBlankBelow = ([head]: readonly FilledRow[], { upright, ruled }: TaggedPage): boolean => {
  if (!head || !isHeadRow(head)) return false;
  const box = unionOf(head.flatMap((cell) => cell.box ?? []));
  const below = { ...box, top: box.bottom, bottom: box.bottom + BLANK_PT };
  return !upright.some((segment) => overlaps(segment, below)) && !ruled.some((other) => overlaps(other.box, box));
};

interface TablePart {
  block: TableBlock;
  grid: TagGrid;
  own: Set<Segment>;
  head: TableHead;
}

interface TaggedPage {
  pageNumber: number;
  upright: readonly Segment[];
  ruled: readonly TableBlock[];
  contents: ReadonlyMap<TagCell, Segment[]>;
}

/** Whether all that stands in the table's area is tagged as its own, and the lines of the page do not say otherwise. */
const isAllItsOwn = (own: ReadonlySet<Segment>, filled: number, { upright, ruled }: TaggedPage): boolean => {
  const box = unionOf([...own]);
  const foreign = upright.filter((segment) => !own.has(segment) && isInside(segment, box));
  if (lettersOf(foreign) > MAX_FOREIGN_SHARE * lettersOf([...own])) return false;
  return !ruled.some((other) => overlaps(other.box, box) && isContradicted(own, filled, other, upright));
};

/** A row of the head that is shown again need not hold its text again. */
const isEmptyHead = ({ cells }: TagRow, { contents }: TaggedPage): boolean =>
  cells.every((cell) => cell.isHeader && !contents.has(cell));

const readTable = (table: TagTable, page: TaggedPage, before: TablePart | undefined): TablePart | undefined => {
  const rowsHere = before ? table.rows.filter((row) => !isEmptyHead(row, page)) : table.rows;
  const boxOf = (cell: TagCell): Box | undefined => {
    const segments = page.contents.get(cell);
    return segments && unionOf(segments);
  };
  const tagged = gridOf(rowsHere, before?.grid, before ? undefined : placeShortRows(rowsHere, boxOf));
  if (!tagged || tagged.columnCount < 2) return undefined;
  const { grid, rows } = shownOf(tagged, fill(tagged, page.contents));
  const segments = rows.flat().flatMap((cell) => cell.segments);
  const filled = rows.flat().filter(({ box }) => box).length;
  if (!before && (filled < MIN_FILLED_CELLS || (rows.length < 2 && !isBlankBelow(rows, page)))) return undefined;
  const columns = columnsOf(rows, grid.columnCount);
  if (!columns || segments.length === 0 || !standsInOrder(rows)) return undefined;
  const box = unionOf(segments);
  const repeated = before ? findRepeatedHead(before.head, page.upright, box) : [];
  const own = new Set([...segments, ...repeated]);
  const headCells = before && repeated.length > 0 ? before.head.rows.flatMap(({ cells }) => cells).length : 0;
  if (!isAllItsOwn(own, filled + headCells, page)) return undefined;
  const [drawn, ...others] = page.ruled.filter((other) => overlaps(other.box, box));
  const starts =
    drawn && others.length === 0 && drawn.columnCount === grid.columnCount ? drawn.columnStarts : undefined;
  const headRows = rows.findIndex((row) => !isHeadRow(row));
  const block: TableBlock = {
    kind: 'table',
    pageNumber: page.pageNumber,
    element: table.path,
    box: drawn ? unionOf([box, drawn.box]) : box,
    columnCount: grid.columnCount,
    headerRows: headRows > 0 ? headRows : 1,
    boldHead: headRows > 0 || (rows[0] ?? []).every((cell) => cell.segments.every(({ bold }) => bold)),
    rows: withinRows(rows.map((row, index) => toRow(row, columns, grid.rows[index]?.row.path ?? ''))),
    columnStarts: starts ?? columns.map(({ x0 }) => (Number.isFinite(x0) ? x0 : box.x0)),
  };
  return {
    grid,
    own,
    block: before && repeated.length > 0 ? withHead(block, before.head, repeated) : block,
    head: before?.head ?? headOf(block),
  };
};

export interface TaggedTables {
  tables: TableBlock[];
  /** What stands outside of them. */
  rest: Segment[];
}

/** Reads the pages one after the other: a table that goes on is told by its element, and so are the cells that reach down from the page above. */
export interface TaggedTableReader {
  /** `ruled`: the tables that the lines of the page make of `upright`, asked for only where there are tagged ones. */
  read(upright: readonly Segment[], pageNumber: number, ruled: () => readonly TableBlock[]): TaggedTables;
}

const contentsOf = (upright: readonly Segment[]): Map<TagCell, Segment[]> => {
  const contents = new Map<TagCell, Segment[]>();
  for (const segment of upright) {
    const cell = segment.tag?.cell;
    if (!cell) continue;
    const known = contents.get(cell);
    if (known) known.push(segment);
    else contents.set(cell, [segment]);
  }
  return contents;
};

export const createTaggedTableReader = (): TaggedTableReader => {
  const parts = new Map<string, TablePart>();
  return {
    read(upright, pageNumber, ruledTables) {
      const contents = contentsOf(upright);
      const tagged = [...new Set([...contents.keys()].map(({ row }) => row.table))].filter(
        ({ holdsTable }) => !holdsTable,
      );
      const tables: TableBlock[] = [];
      if (tagged.length === 0 || tagged.length > MAX_TABLES) return { tables, rest: [...upright] };
      const page = { pageNumber, upright, ruled: ruledTables(), contents };
      const taken = new Set<Segment>();
      for (const table of tagged) {
        const part = readTable(table, page, parts.get(table.path));
        if (!part) continue;
        parts.set(table.path, part);
        tables.push(part.block);
        for (const segment of part.own) taken.add(segment);
      }
      return { tables, rest: upright.filter((segment) => !taken.has(segment)) };
    },
  };
};
