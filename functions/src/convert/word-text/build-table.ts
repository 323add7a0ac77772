/** Rows that say where their cells end, to one table: columns are what the edges of all rows have in common. */
import type { PhrasingContent, RootContent, TableCell, TableRow } from 'mdast';
import { toCellContent } from '../cell-content.ts';
import { collectRuns, plainText } from '../markdown/inline-runs.ts';

/** Where a cell stands; lengths in twips (1/1440 inch) from one common line. */
export interface CellShape {
  right: number;
  /** Joined to the cell at its left. */
  joinsLeft?: boolean;
  /** Joined to the cell above. */
  joinsAbove?: boolean;
}

export interface RowShape {
  left: number;
  /** Undefined if the file marks no rows, neither as header nor as none. */
  isHeader: boolean | undefined;
  cells: readonly CellShape[];
}

export interface WordRow extends RowShape {
  cells: readonly (CellShape & { blocks: RootContent[] })[];
}

interface GridCell {
  column: number;
  columnSpan: number;
  rowSpan: number;
  joinsAbove: boolean;
  blocks: RootContent[];
}

/** Edges closer than this (1.4 mm) are one: rows drawn by hand are never quite in line. */
const SAME_EDGE = 80;
/** Word has no more columns. */
const MAX_COLUMNS = 63;

/**
 * A table with its spans; a table of one cell is a frame and gives its content. A header row is marked as
 * one, or is all bold; where the file marks no rows at all, it may also only read like one. An empty first row stands for none.
 */
export const buildTable = (rows: readonly WordRow[]): RootContent[] => {
  const edges = edgesOf(rows);
  const grid = rows.map((row) => placeRow(row, edges));
  joinDown(grid);
  const filled = grid.map((row) => row.filter((cell) => !cell.joinsAbove)).filter((row) => row.length > 0);
  const [first] = filled;
  if (!first) return [];
  const [frame] = first;
  if (filled.length === 1 && first.length === 1 && frame) return frame.blocks;
  const children = filled.map(toTableRow);
  if (isHeaderRow(rows[0], children)) return [{ type: 'table', children }];
  const empty: TableRow = { type: 'tableRow', children: first.map(() => ({ type: 'tableCell', children: [] })) };
  return [{ type: 'table', children: [empty, ...children] }];
};

/** Right edges of all columns, ascending. The left edge of a row that is moved in counts where it meets a column's. */
const edgesOf = (rows: readonly WordRow[]): number[] => {
  const all = [...new Set(rows.flatMap(({ cells }) => cells.map(({ right }) => right)))].sort((a, b) => a - b);
  const edges: number[] = [];
  for (const edge of all) {
    const last = edges.at(-1);
    if (last === undefined || edge - last > SAME_EDGE) edges.push(edge);
  }
  return edges;
};

const placeOf = (edges: readonly number[], value: number): number => {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) + SAME_EDGE < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

const placeRow = (row: WordRow, edges: readonly number[]): GridCell[] => {
  const cells: GridCell[] = [];
  let column = indentOf(row.left, edges);
  if (column > 0) cells.push({ column: 0, columnSpan: column, rowSpan: 1, joinsAbove: false, blocks: [] });
  for (const { right, joinsLeft, joinsAbove = false, blocks } of row.cells) {
    const columnSpan = Math.max(1, Math.min(MAX_COLUMNS, placeOf(edges, right) + 1 - column));
    const previous = cells.at(-1);
    if (joinsLeft && previous) {
      previous.columnSpan += columnSpan;
      previous.blocks.push(...blocks);
    } else cells.push({ column, columnSpan, rowSpan: 1, joinsAbove, blocks: [...blocks] });
    column += columnSpan;
  }
  return cells;
};

/** How many columns stand left of the row: none, unless its left edge is one of theirs. */
const indentOf = (left: number, edges: readonly number[]): number => {
  const place = placeOf(edges, left);
  return Math.abs((edges[place] ?? Infinity) - left) <= SAME_EDGE ? place + 1 : 0;
};

/** Gives each cell that is joined down its row span; text in a cell that is joined away goes to the one that stays. */
const joinDown = (rows: readonly GridCell[][]): void => {
  const above = new Map<number, GridCell>();
  for (const row of rows) {
    const ended = new Set(above.keys());
    for (const cell of row) {
      const origin = above.get(cell.column);
      if (cell.joinsAbove && origin?.columnSpan === cell.columnSpan) {
        origin.rowSpan += 1;
        origin.blocks.push(...cell.blocks);
      } else {
        cell.joinsAbove = false;
        above.set(cell.column, cell);
      }
      ended.delete(cell.column);
    }
    for (const column of ended) above.delete(column);
  }
};

const toTableRow = (row: readonly GridCell[]): TableRow => ({
  type: 'tableRow',
  children: row.map(({ blocks, rowSpan, columnSpan }): TableCell => {
    const children = toCellContent(blocks);
    if (rowSpan === 1 && columnSpan === 1) return { type: 'tableCell', children };
    return { type: 'tableCell', children, data: { provenance: { rowSpan, columnSpan } } };
  }),
});

const isHeaderRow = (row: WordRow | undefined, children: readonly TableRow[]): boolean =>
  row?.isHeader === true || isBold(children[0]) || (row?.isHeader === undefined && readsLikeHeader(children));

const LONGEST_LABEL = 40;

/** Above further rows, a short label in every cell, each another one and none of them a number. */
const readsLikeHeader = ([first, ...rest]: readonly TableRow[]): boolean => {
  const labels = (first?.children ?? []).map((cell) => plainText(collectRuns(cell.children)));
  return (
    rest.length > 0 &&
    labels.length > 1 &&
    new Set(labels).size === labels.length &&
    labels.every((label) => /\p{L}/u.test(label) && !/^\P{L}*\d/u.test(label) && label.length <= LONGEST_LABEL)
  );
};

const isBold = (row: TableRow | undefined): boolean => {
  const filled = (row?.children ?? []).filter((cell) => cell.children.length > 0);
  return filled.length > 0 && filled.every((cell) => cell.children.every(isStrong));
};

const isStrong = (node: PhrasingContent): boolean =>
  node.type === 'strong' || node.type === 'break' || (node.type === 'text' && node.value.trim() === '');
