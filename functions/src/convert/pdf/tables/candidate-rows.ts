/** Which rows may be those of a table, by their pieces alone, and how far apart they stand. */
import { readMarker } from '../markers.ts';
import type { Row } from '../rows.ts';
import { isSpacedProse } from './prose-rows.ts';
import type { Interval } from './rule-edges.ts';

/** More pieces in a row are a drawing. */
const MAX_PIECES = 60;
const LEADER = /\.{4,}|(?:\.\s){4,}|…{2,}|_{6,}/;
/** An amount to be filled in is a cell of its own, and so is a blank beside others. */
const BLANK_AMOUNT = /^[$€£]\s?_+$/;
const BLANK = /^_+$/;
const BLANK_BESIDE = 3;
/** In line heights: lines closer than this stand side by side, as one cell has more lines than the other and they are centred. */
export const INTERLEAVED_STEP = 0.75;
/** Text larger than the table's first row by this is a heading beside it. */
export const LARGER_PT = 0.7;
/** Pieces that begin this near to each other begin at one edge. */
export const SAME_EDGE_PT = 3;

const hasLeader = (row: Row): boolean =>
  row.some(
    ({ text }) => LEADER.test(text) && !BLANK_AMOUNT.test(text) && !(row.length >= BLANK_BESIDE && BLANK.test(text)),
  );

export const isLeader = (row: Row): boolean => row.length >= 2 && hasLeader(row);
const isList = (row: Row): boolean => row.length === 2 && readMarker(`${row[0]?.text} `) !== undefined;
/** In ems and as a ratio: the gaps between the words of a line that is set to both edges are narrow, and much the same. */
const JUSTIFIED_GAP_EM = 1.3;
const JUSTIFIED_RATIO = 2;
const JUSTIFIED_PIECES = 4;

const isJustified = (row: Row): boolean => {
  const words = readMarker(`${row[0]?.text} `) === undefined ? row : row.slice(1);
  if (words.length < JUSTIFIED_PIECES) return false;
  const gaps = words.slice(1).map(({ x0, size }, index) => (x0 - (words[index]?.x1 ?? x0)) / size);
  const widest = Math.max(...gaps);
  return widest < JUSTIFIED_GAP_EM && widest < JUSTIFIED_RATIO * Math.min(...gaps);
};

/** May be a row of a table: several pieces that are neither a list item, nor words of a justified line, nor an entry of contents. */
export const isCandidate = (row: Row): boolean =>
  row.length >= 2 &&
  row.length <= MAX_PIECES &&
  !isList(row) &&
  !isJustified(row) &&
  !isSpacedProse(row) &&
  !hasLeader(row);

export const extentOf = (row: Row): Interval => ({ x0: row[0]?.x0 ?? 0, x1: row.at(-1)?.x1 ?? 0 });
export const overlaps = (a: Interval, b: Interval): boolean => a.x0 < b.x1 && b.x0 < a.x1;

/** From row to row, in line heights of 1.2 em. */
export const stepBetween = (above: Row, below: Row): number => {
  const [a, b] = [above[0], below[0]];
  return a && b ? (b.baseline - a.baseline) / (1.2 * Math.max(a.size, b.size)) : 0;
};
