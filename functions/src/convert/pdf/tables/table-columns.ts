/** The columns of a table without drawn cells: what stands below each other, told by the fullest rows first. */
import type { Segment } from '../page-model.ts';
import type { Row } from '../rows.ts';
import type { Interval } from './rule-edges.ts';

/** Less is a touch, not an overlap. */
const OVERLAP_PT = 1;

const overlaps = (a: Interval, b: Interval): boolean =>
  Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0) > Math.min(OVERLAP_PT, (a.x1 - a.x0) / 2);

/** Pieces that stand in more places are scattered, not set in columns. */
const MAX_COLUMNS = 100;

/** A column, and the rows that have something in it. */
interface GrowingColumn extends Interval {
  rows: Set<Row>;
}

/** Whether some row has something in both. */
const areBothFilled = (a: GrowingColumn, b: GrowingColumn): boolean => {
  const [small, large] = a.rows.size < b.rows.size ? [a, b] : [b, a];
  for (const row of small.rows) if (large.rows.has(row)) return true;
  return false;
};

/** One column of several; the largest of them takes the rows of the others. */
const united = (columns: readonly GrowingColumn[]): GrowingColumn => {
  const [largest, ...others] = columns.toSorted((a, b) => b.rows.size - a.rows.size);
  const rows = largest?.rows ?? new Set<Row>();
  for (const other of others) for (const row of other.rows) rows.add(row);
  return {
    x0: Math.min(...columns.map(({ x0 }) => x0)),
    x1: Math.max(...columns.map(({ x1 }) => x1)),
    rows,
  };
};

/** Neighbours that no row fills both of are one column: a head on the left of its cell, figures on the right. */
const mergeNeighbours = (columns: readonly GrowingColumn[]): GrowingColumn[] => {
  const merged: GrowingColumn[] = [];
  for (const column of columns.toSorted((a, b) => a.x0 - b.x0)) {
    const last = merged.at(-1);
    if (last && !areBothFilled(last, column)) merged[merged.length - 1] = united([last, column]);
    else merged.push(column);
  }
  return merged;
};

/** Adds one row. What would make one of two columns that are both filled elsewhere runs over them, and is no evidence. */
const grow = (columns: GrowingColumn[], row: Row): GrowingColumn[] => {
  let next = columns;
  for (const segment of row) {
    const hit = next.filter((column) => overlaps(column, segment));
    const own = { x0: segment.x0, x1: segment.x1, rows: new Set([row]) };
    if (hit.some(({ rows }) => rows.has(row))) continue;
    if (hit.some((column, index) => hit.some((other, at) => at > index && areBothFilled(column, other)))) continue;
    next = [...next.filter((column) => !hit.includes(column)), united([...hit, own])];
  }
  return next;
};

/** Left to right, none where there are too many; `walls` are x of lines between columns, which alone decide where there are any. */
export const findColumns = (rows: readonly Row[], walls: readonly number[] = []): Interval[] => {
  if (walls.length > 0) return walledColumns(rows.flat(), walls);
  let columns: GrowingColumn[] = [];
  for (const row of rows.toSorted((a, b) => b.length - a.length)) {
    columns = grow(columns, row);
    if (columns.length > MAX_COLUMNS) return [];
  }
  return mergeNeighbours(columns).map(({ x0, x1 }) => ({ x0, x1 }));
};

const walledColumns = (segments: readonly Segment[], walls: readonly number[]): Interval[] => {
  const x0 = Math.min(...segments.map((segment) => segment.x0));
  const x1 = Math.max(...segments.map((segment) => segment.x1));
  const edges = [Math.min(x0, (walls[0] ?? x0) - 1), ...walls, Math.max(x1, (walls.at(-1) ?? x1) + 1)];
  return edges
    .slice(1)
    .map((to, index) => ({ x0: (edges[index] ?? to) + 1, x1: to - 1 }))
    .filter((column) => segments.some((segment) => overlaps(segment, column)));
};

/** First and last column that something stands in. */
export interface Place {
  from: number;
  to: number;
}

const nearest = (middle: number, columns: readonly Interval[]): number => {
  const index = columns.findIndex(
    ({ x1 }, at) => middle <= x1 || middle < ((columns[at + 1]?.x0 ?? Number.POSITIVE_INFINITY) + x1) / 2,
  );
  return index < 0 ? columns.length - 1 : index;
};

export const placeOf = (segment: Interval, columns: readonly Interval[]): Place => {
  const hit = columns.flatMap((column, index) => (overlaps(column, segment) ? [index] : []));
  const [from, to] = [hit[0], hit.at(-1)];
  if (from !== undefined && to !== undefined) return { from, to };
  const index = nearest((segment.x0 + segment.x1) / 2, columns);
  return { from: index, to: index };
};

/** In ems: pieces of one column that begin, end or have their middle this near to each other are in line. */
const IN_LINE_EM = 0.4;

const isInLine = (a: Segment, b: Segment): boolean => {
  const slack = IN_LINE_EM * Math.min(a.size, b.size);
  return (
    Math.abs(a.x0 - b.x0) < slack || Math.abs(a.x1 - b.x1) < slack || Math.abs(a.x0 + a.x1 - b.x0 - b.x1) / 2 < slack
  );
};

/** How many neighbours in a column a piece is compared with: those above and below it. */
const NEIGHBOURS = 3;

/** Share of the pieces that are in line with another one of their column: that sets a table apart from text with holes in it. */
export const shareInLine = (rows: readonly Row[], columns: readonly Interval[]): number => {
  const byColumn = columns.map((): Segment[] => []);
  let pieces = 0;
  for (const row of rows)
    for (const segment of row) {
      const { from, to } = placeOf(segment, columns);
      pieces += 1;
      if (from === to) byColumn[from]?.push(segment);
    }
  const inLine = byColumn.flatMap((column) =>
    column.filter((segment, index) =>
      column
        .slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1)
        .some((other) => other !== segment && isInLine(segment, other)),
    ),
  );
  return inLine.length / pieces;
};
