/** Where one table of a sheet ends and the next begins. */
import { cutRows } from './cut-rows.ts';
import { cutTitles } from './cut-titles.ts';
import { isHeaderRow, rowsOf } from './header-row.ts';
import type { GridCell } from './place-cells.ts';
import type { Region } from './region.ts';
import { firstColumn, firstRow, lastColumn, lastRow } from './region.ts';

/** Regions inside regions: real sheets are two or three cuts deep. */
const MAX_CUTS = 12;
/** Tables side by side end in different rows; parts of one table with an empty column between end together, give or take a total. */
const SAME_END_ROWS = 2;

/**
 * Cuts a sheet into its tables and lines of text, in reading order: at empty rows, unless the table is ruled there or goes on below;
 * at empty columns, if a table of its own stands on each side; where tables meet at a corner only; and where a title with a new
 * header row follows.
 */
export const splitRegions = (cells: readonly GridCell[]): Region[] => cut([...cells], MAX_CUTS);

const cutColumns = (region: Region): Region[] => {
  const byColumn = [...region].sort((a, b) => a.column - b.column);
  const groups: Region[] = [];
  let reached = 0;
  for (const cell of byColumn) {
    const group = groups.at(-1);
    if (group && cell.column <= reached + 1) group.push(cell);
    else groups.push([cell]);
    reached = Math.max(reached, cell.lastColumn);
  }
  if (groups.length < 2) return [region];
  const parts: Region[][] = [];
  for (const group of groups.map(inReadingOrder)) {
    const part = parts.at(-1);
    const left = part?.at(-1);
    if (part && left && !areSideBySide(left, group)) part.push(group);
    else parts.push([group]);
  }
  return parts.length < 2 ? [region] : parts.map((part) => inReadingOrder(part.flat()));
};

const inReadingOrder = (cells: Region): Region => [...cells].sort((a, b) => a.row - b.row || a.column - b.column);

const areSideBySide = (left: Region, right: Region): boolean => {
  if (!isTableOfItsOwn(left) || !isTableOfItsOwn(right)) return false;
  const header = (region: Region) => (rowsOf(region)[0] ?? []).map(({ text }) => text).join('\n');
  if (header(left) === header(right)) return true;
  return firstRow(left) !== firstRow(right) || Math.abs(lastRow(left) - lastRow(right)) > SAME_END_ROWS;
};

const isTableOfItsOwn = (region: Region): boolean => {
  const table = cutTitles(region).at(-1) ?? region;
  const rows = rowsOf(table);
  return rows.length > 1 && firstColumn(table) < lastColumn(table) && isHeaderRow(rows[0] ?? [], table);
};

/** Tables that touch neither in a row nor in a column: everything above a row stands left of everything below it, or right. */
const cutCorners = (region: Region): Region[] => {
  const rows = rowsOf(region);
  const leftBelow: number[] = [];
  const rightBelow: number[] = [];
  for (let at = rows.length - 1; at >= 0; at--) {
    leftBelow[at] = Math.min(leftBelow[at + 1] ?? Infinity, firstColumn(rows[at] ?? []));
    rightBelow[at] = Math.max(rightBelow[at + 1] ?? 0, lastColumn(rows[at] ?? []));
  }
  const parts: Region[] = [];
  let left = Infinity;
  let right = 0;
  let part: Region = [];
  rows.forEach((row, at) => {
    const apart = right < (leftBelow[at] ?? 0) || left > (rightBelow[at] ?? Infinity);
    const isBlockBelow = at < rows.length - 1 && (leftBelow[at] ?? 0) < (rightBelow[at] ?? 0);
    if (apart && isBlockBelow && isBlock(part)) {
      parts.push(part);
      part = [];
    }
    part.push(...row);
    left = Math.min(left, firstColumn(row));
    right = Math.max(right, lastColumn(row));
  });
  return [...parts, part];
};

const isBlock = (region: Region): boolean =>
  region.length > 0 && firstRow(region) < lastRow(region) && firstColumn(region) < lastColumn(region);

/** A row with one cell, and below it a row that is set off like a header or says what the first one says. */
const cutRepeatedHeaders = (region: Region): Region[] => {
  const rows = rowsOf(region);
  const textsOf = (row: Region) => row.map(({ column, text }) => `${column} ${text}`).join('\n');
  const header = textsOf(rows[0] ?? []);
  const parts: Region[] = [];
  rows.forEach((row, at) => {
    const next = rows[at + 1] ?? [];
    const isLabel = row.length === 1 && row[0]?.isNumber === false && next.length > 1;
    const begins = isLabel && (textsOf(next) === header || isSetOff(next, rows[at + 2]));
    if (at === 0 || begins) parts.push([...row]);
    else parts.at(-1)?.push(...row);
  });
  return parts;
};

const isSetOff = (row: Region, below: Region | undefined): boolean =>
  row.every(({ standsOut, isNumber }) => standsOut && !isNumber) &&
  below !== undefined &&
  !below.every(({ standsOut }) => standsOut);

const CUTS = [cutTitles, cutRows, cutColumns, cutCorners, cutRepeatedHeaders];

const cut = (region: Region, cutsLeft: number): Region[] => {
  if (region.length < 2 || cutsLeft === 0) return region.length > 0 ? [region] : [];
  for (const method of CUTS) {
    const parts = method(region);
    if (parts.length > 1) return parts.flatMap((part) => cut(part, cutsLeft - 1));
  }
  return [region];
};
