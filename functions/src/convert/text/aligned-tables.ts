/** Tables that are nothing but texts one below the other, with blank columns between them. */
import type { TextBlock } from './block.ts';
import { addLine, buildTable, cutCells, joinRow, looksLikeHeader, toColumns } from './cells.ts';
import { expandTabs, isLabelled } from './lines.ts';

const MIN_LINES = 3;
const MIN_GUTTER = 2;
/** Longer lines are no rows of columns. */
const MAX_WIDTH = 1000;
const MARKERS = /^(?:[-*+•●▪◦‣–—·o]|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)])?$/;

/**
 * All the lines from `start` to `end` as one table, if at least one gap of two columns runs through all of them and both sides of it are
 * filled in most lines. Labels with a colon and list markers make no column of a table.
 */
export const readAlignedTable = (
  lines: readonly string[],
  start: number,
  end: number,
  hasHeader = false,
): TextBlock | undefined => {
  if (end - start < MIN_LINES) return undefined;
  const run = lines.slice(start, end).map((line) => toColumns(expandTabs(line)));
  if (run.some((line) => line.length > MAX_WIDTH)) return undefined;
  const gapped = run.filter((line) => /\S\s{2,}\S/.test(line)).length;
  if (gapped < MIN_LINES || gapped * 5 < run.length * 3) return undefined;
  const starts = columnStarts(run);
  if (starts.length < 2) return undefined;
  const rows: string[][][] = [];
  const cells = run.map((line) => cutCells(line, starts));
  for (const line of cells) addLine(rows, line);
  const texts = rows.map(joinRow);
  const isText = texts.length >= MIN_LINES - 1 && starts.every((_, column) => isFilled(cells, column));
  const isList = texts.every(([first = '']) => MARKERS.test(first)) && starts.length < 3;
  const isLabels = starts.length === 2 && texts.every(([first = '']) => isLabelled(first));
  if (!isText || isList || isLabels || texts.some((row) => row.some((cell) => /(?:\.\s?){4,}\d*$/.test(cell))))
    return undefined;
  return { nodes: buildTable(texts, hasHeader || looksLikeHeader(texts)), end };
};

/** Where text begins after each gap that runs through all lines. */
const columnStarts = (lines: readonly string[]): number[] => {
  const width = lines.reduce((most, line) => Math.max(most, line.length), 0);
  const used = new Uint8Array(width);
  for (const line of lines) for (let at = 0; at < line.length; at++) if (line[at] !== ' ') used[at] = 1;
  const starts: number[] = [];
  let gap = MIN_GUTTER;
  for (let at = 0; at < width; at++) {
    if (used[at] === 0) gap += 1;
    else {
      if (gap >= MIN_GUTTER) starts.push(at);
      gap = 0;
    }
  }
  return starts;
};

const isFilled = (cells: readonly (readonly string[])[], column: number): boolean =>
  cells.filter((line) => line[column] !== '').length * 5 >= cells.length * 2;
