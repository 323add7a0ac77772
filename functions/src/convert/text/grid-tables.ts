/** Tables drawn all round: "+---+" and "|", or the lines of the box-drawing block. */
import type { TextBlock } from './block.ts';
import { addLine, buildTable, cutCells, joinRow, looksLikeHeader, toColumns } from './cells.ts';
import { expandTabs } from './lines.ts';

const BOX_RULES: readonly (readonly [RegExp, string])[] = [
  [/[┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╒╕╘╛╞╡╤╧╪╓╖╙╜╟╢╥╨╫┏┓┗┛┣┫┳┻╋┠┨┯┷┿╭╮╯╰╇┡┩]/g, '+'],
  [/[│║┃┆┊]/g, '|'],
  [/[─━┄┈]/g, '-'],
  [/═/g, '='],
];

/** With more columns it is no table, and is shown as it stands. */
const MAX_BORDERS = 200;

const toAscii = (line: string): string =>
  /[\u2500-\u257f]/.test(line) ? BOX_RULES.reduce((text, [box, ascii]) => text.replace(box, ascii), line) : line;

const RULE = /^\s*\+[-=:]+(?:\+[-=:]+)*\+$/;

/** Whether such a table begins at a line. */
export const startsGrid = (line: string): boolean => /^\s*[+\u2500-\u257f]/.test(line) && RULE.test(toAscii(line));

/** Rules between all rows let rows have several lines; with rules around the head and the whole alone, each line is a row. */
export const readGridTable = (lines: readonly string[], start: number): TextBlock | undefined => {
  if (!startsGrid(lines[start] ?? '')) return undefined;
  const drawn: string[] = [];
  for (let at = start; at < lines.length; at++) {
    const line = toAscii(toColumns(expandTabs(lines[at] ?? '')));
    if (!/^\s*[+|]/.test(line) || !/[+|]$/.test(line)) break;
    drawn.push(line);
  }
  const borders = [...new Set(drawn.filter((line) => RULE.test(line)).flatMap(crossings))].sort((a, b) => a - b);
  const groups: string[][] = [];
  for (const line of drawn) {
    if (/^\s*\+/.test(line)) groups.push([]);
    else groups.at(-1)?.push(line);
  }
  const bands = groups.filter((group) => group.length > 0);
  if (bands.length === 0) return { nodes: [{ type: 'thematicBreak' }], end: start + drawn.length };
  if (borders.length > MAX_BORDERS)
    return { nodes: [{ type: 'code', value: drawn.join('\n') }], end: start + drawn.length };
  const cut = (line: string) => cutBetween(line, borders);
  const hasHeadRule = drawn.some((line, index) => index > 0 && /^\s*\+[=:]/.test(line));
  const lineRows = !hasHeadRule && bands.length <= 2 && (bands.at(-1)?.length ?? 0) > 1;
  const rows = bands.flatMap((band, index) =>
    lineRows && index === bands.length - 1 ? byLine(band.map(cut)) : [joinRow(band.map(cut))],
  );
  const hasHeader = hasHeadRule || (bands.length === 2 && lineRows) || looksLikeHeader(rows);
  return { nodes: buildTable(rows, hasHeader), end: start + drawn.length };
};

const crossings = (rule: string): number[] => [...rule.matchAll(/\+/g)].map(({ index }) => index);

/** What stands between the borders; a border that a line does not show belongs to a cell that spans it. */
const cutBetween = (line: string, borders: readonly number[]): string[] => {
  const starts = borders.slice(0, -1).map((border) => border + 1);
  const drawn = borders.every((border) => line[border] === '|' || line[border] === '+');
  if (!drawn)
    return line
      .replace(/^\s*\||\|$/g, '')
      .split('|')
      .map(clean);
  return starts.map((start, index) => clean(line.slice(start, borders[index + 1])));
};

const clean = (cell: string): string => cutCells(cell, [0])[0] ?? '';

const byLine = (lines: readonly string[][]): string[][] => {
  const rows: string[][][] = [];
  for (const line of lines) addLine(rows, line);
  return rows.map(joinRow);
};
