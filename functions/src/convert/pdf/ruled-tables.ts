/** Tables whose cells are drawn: where horizontal and vertical rules cross, they make a grid; cells without a wall between them are one. */

import { cellParagraphs } from './cell-text.ts';
import type { TableBlock, TableCell, TableRow } from './layout-model.ts';
import { type Box, type Rule, type Segment, unionOf } from './page-model.ts';
import { hasUndrawnRows } from './tables/undrawn-rows.ts';

/** Rules meet, and continue each other, within this distance. */
const TOUCH_PT = 3;

/** Two are a frame: what stands in it is read like any text, and may be a table whose columns are not drawn. */
const MIN_WALLS = 3;

const distinct = (values: readonly number[]): number[] => {
  const result: number[] = [];
  for (const value of values.toSorted((a, b) => a - b)) {
    const last = result.at(-1);
    if (last === undefined || value - last > TOUCH_PT) result.push(value);
  }
  return result;
};

const crosses = (a: Rule, b: Rule): boolean =>
  a.direction !== b.direction &&
  a.at >= b.from - TOUCH_PT &&
  a.at <= b.to + TOUCH_PT &&
  b.at >= a.from - TOUCH_PT &&
  b.at <= a.to + TOUCH_PT;

/** Sets of rules that hang together by crossings. */
const components = (rules: readonly Rule[]): Rule[][] => {
  const parent = rules.map((_, index) => index);
  const find = (index: number): number => {
    let at = index;
    while (parent[at] !== at) at = parent[at] ?? at;
    return at;
  };
  const vertical = rules.flatMap((rule, index) => (rule.direction === 'vertical' ? [index] : []));
  rules.forEach((rule, index) => {
    if (rule.direction === 'vertical') return;
    for (const other of vertical) {
      const wall = rules[other];
      if (wall && crosses(rule, wall)) parent[find(other)] = find(index);
    }
  });
  const groups = new Map<number, Rule[]>();
  rules.forEach((rule, index) => {
    const root = find(index);
    groups.set(root, [...(groups.get(root) ?? []), rule]);
  });
  return [...groups.values()];
};

interface Grid extends Box {
  xs: number[];
  ys: number[];
  walls: Rule[];
}

const gridOf = (rules: readonly Rule[]): Grid | undefined => {
  const vertical = rules.filter(({ direction }) => direction === 'vertical');
  const horizontal = rules.filter(({ direction }) => direction === 'horizontal');
  const xs = distinct(vertical.map(({ at }) => at));
  const ys = distinct(horizontal.map(({ at }) => at));
  const [x0, x1, top, bottom] = [xs[0], xs.at(-1), ys[0], ys.at(-1)];
  if (x0 === undefined || x1 === undefined || top === undefined || bottom === undefined) return undefined;
  if (xs.length < MIN_WALLS || ys.length < 2) return undefined;
  return { x0, x1, top, bottom, xs, ys, walls: [...rules] };
};

const hasWall = (grid: Grid, direction: Rule['direction'], at: number, from: number, to: number): boolean => {
  const middle = (from + to) / 2;
  return grid.walls.some(
    (rule) =>
      rule.direction === direction && Math.abs(rule.at - at) <= TOUCH_PT && rule.from <= middle && rule.to >= middle,
  );
};

/** How many columns and rows a cell spans that begins at this place: to the first wall on its right and below. */
const spanAt = (grid: Grid, row: number, column: number, isFree: (column: number) => boolean) => {
  const { xs, ys } = grid;
  const [top = 0, below = 0] = [ys[row], ys[row + 1]];
  const [left = 0, after = 0] = [xs[column], xs[column + 1]];
  let right = column + 1;
  while (right < xs.length - 1 && isFree(right) && !hasWall(grid, 'vertical', xs[right] ?? 0, top, below)) right++;
  let down = row + 1;
  while (down < ys.length - 1 && !hasWall(grid, 'horizontal', ys[down] ?? 0, left, after)) down++;
  return { columns: right - column, rows: down - row };
};

/** For each place of the grid, the number of the cell it belongs to. */
const cellNumbers = (grid: Grid): number[][] => {
  const numbers = grid.ys.slice(1).map(() => grid.xs.slice(1).map(() => -1));
  let next = 0;
  numbers.forEach((line, row) => {
    line.forEach((taken, column) => {
      if (taken !== -1 || line[column] !== -1) return;
      const span = spanAt(grid, row, column, (at) => line[at] === -1);
      for (const below of numbers.slice(row, row + span.rows)) below.fill(next, column, column + span.columns);
      next += 1;
    });
  });
  return numbers;
};

const indexAt = (edges: readonly number[], value: number): number => {
  for (let index = 0; index + 1 < edges.length; index++)
    if (value < (edges[index + 1] ?? Number.POSITIVE_INFINITY)) return index;
  return edges.length - 2;
};

const tableOf = (grid: Grid, segments: readonly Segment[], pageNumber: number): TableBlock | undefined => {
  const numbers = cellNumbers(grid);
  const contents = new Map<number, Segment[]>();
  for (const segment of segments) {
    const row = indexAt(grid.ys, (segment.top + segment.bottom) / 2);
    const column = indexAt(grid.xs, segment.x1 - segment.x0 > 12 ? segment.x0 + 6 : (segment.x0 + segment.x1) / 2);
    const cell = numbers[row]?.[column] ?? 0;
    contents.set(cell, [...(contents.get(cell) ?? []), segment]);
  }
  const seen = new Set<number>();
  const rows = numbers.map((line, row) => ({
    cells: line.flatMap((cell, column): TableCell[] => {
      if (seen.has(cell)) return [];
      seen.add(cell);
      const columnSpan = line.filter((other) => other === cell).length;
      const rowSpan = numbers.filter((other) => other[column] === cell).length;
      const box = {
        x0: grid.xs[column] ?? 0,
        x1: grid.xs[column + columnSpan] ?? 0,
        top: grid.ys[row] ?? 0,
        bottom: grid.ys[row + rowSpan] ?? 0,
      };
      return [{ box, rowSpan, columnSpan, paragraphs: cellParagraphs(contents.get(cell) ?? []) }];
    }),
  }));
  const isFilled = ({ cells }: TableRow): boolean => cells.some(({ paragraphs }) => paragraphs.length > 0);
  const filled = rows.filter(isFilled);
  const firstFilled = rows.findIndex(isFilled);
  // A blank row that is cut like the others is there to be filled in; a band without walls is space.
  const kept = rows.filter((row, index) => isFilled(row) || (index > firstFilled && row.cells.length > 1));
  const cellsWithText = filled.reduce(
    (sum, { cells }) => sum + cells.filter(({ paragraphs }) => paragraphs.length > 0).length,
    0,
  );
  if (cellsWithText < 2) return undefined;
  const box = unionOf([grid, ...segments]);
  const headBottom = filled[0]?.cells[0]?.box.bottom ?? grid.top;
  const head = segments.filter(({ top, bottom }) => (top + bottom) / 2 < headBottom);
  const spansRows = rows.some(({ cells }) => cells.some(({ rowSpan }) => rowSpan > 1));
  return {
    kind: 'table',
    pageNumber,
    box,
    columnCount: grid.xs.length - 1,
    headerRows: 1,
    boldHead: head.length > 0 && head.every(({ bold }) => bold),
    rows: spansRows ? rows : kept,
    columnStarts: grid.xs.slice(0, -1),
  };
};

export interface RuledTables {
  tables: TableBlock[];
  /** What stands outside of them. */
  rest: Segment[];
}

/** `rules` merged by mergeRules. */
export const findRuledTables = (
  segments: readonly Segment[],
  rules: readonly Rule[],
  pageNumber: number,
): RuledTables => {
  const grids = components(rules).flatMap((group) => {
    const grid = gridOf(group);
    return grid ? [grid] : [];
  });
  const tables: TableBlock[] = [];
  let rest = [...segments];
  for (const grid of grids) {
    const inside = rest.filter(({ x0, x1, top, bottom }) => {
      const [x, y] = [(x0 + x1) / 2, (top + bottom) / 2];
      return x > grid.x0 - TOUCH_PT && x < grid.x1 + TOUCH_PT && y > grid.top - TOUCH_PT && y < grid.bottom + TOUCH_PT;
    });
    const table = hasUndrawnRows(grid, inside) ? undefined : tableOf(grid, inside, pageNumber);
    if (!table) continue;
    tables.push(table);
    const taken = new Set(inside);
    rest = rest.filter((segment) => !taken.has(segment));
  }
  return { tables, rest };
};
