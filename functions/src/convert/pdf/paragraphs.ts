/** From the rows of a column to text blocks: paragraphs, list items and what may become headings. */
import type { Column, Line, ListMarker, TextBlock } from './layout-model.ts';
import type { LineStep } from './line-steps.ts';
import { readHeadingNumber, readMarker } from './markers.ts';
import { shiftedMarks, withMarks } from './note-marks.ts';
import { type Box, unionOf } from './page-model.ts';
import type { Row } from './rows.ts';
import { isRunInTitle } from './run-in-titles.ts';
import { elementGoesOn } from './tags/element-bounds.ts';

/** A line step this many times the usual one parts two blocks. */
const BLOCK_STEP = 1.22;
const SAME_SIZE_PT = 0.7;
const SAME_EDGE_PT = 3;
/** A line over this share of its column is not broken on purpose unless it ends a sentence. */
const LONG_LINE = 0.7;
const DOT_LEADER = /\.{4,}|(?:\.\s){4,}|…{2,}/;

/** In ems between two pieces of a line: more than a justified line or a title with a tab has. */
const SPREAD_EM = 3;

/** A number or a mark at the beginning stands apart in any heading or item. */
const isSpread = (row: Row): boolean => {
  const [first] = row;
  const mark = first && (readHeadingNumber(first.text) ?? readMarker(first.text)?.text);
  const pieces = mark !== undefined && mark === first?.text.trim() ? row.slice(1) : row;
  return pieces.some(({ x0, size }, index) => x0 - (pieces[index - 1]?.x1 ?? x0) > SPREAD_EM * size);
};

/** A row as one line. A mark in a piece of its own, or with a wide gap behind it, tells where the item's text begins. */
export const lineOf = (row: Row): Line | undefined => {
  const [first, second] = row;
  if (!first) return undefined;
  const text = row.map((segment) => segment.text).join(' ');
  const longest = row.toSorted((a, b) => b.text.length - a.text.length)[0] ?? first;
  const box = unionOf(row);
  let offset = 0;
  const marks = row.flatMap((segment) => {
    const shifted = shiftedMarks(segment.noteMarks, offset);
    offset += segment.text.length + 1;
    return shifted;
  });
  const line: Line = {
    ...box,
    text,
    baseline: longest.baseline,
    size: longest.size,
    bold: longest.bold,
    italic: longest.italic,
    ...(row.every(({ coloured }) => coloured) ? { coloured: true } : {}),
    ...(row.every(({ underlined }) => underlined) ? { underlined: true } : {}),
    boldLead: first.boldLead || (first.bold && row.at(-1)?.bold === false),
    firstWordWidth: first.firstWordWidth,
    ...(row.every(({ isFormValue }) => isFormValue) ? { isFormValue: true } : {}),
    ...withMarks(marks),
    ...(isSpread(row) ? { isSpread: true } : {}),
    ...(longest.tag === undefined ? {} : { tag: longest.tag }),
  };
  const mark = readMarker(text);
  if (!mark) return line;
  const ownPiece = first.text === mark.text;
  const contentX0 = ownPiece && second ? second.x0 : first.x0 + first.firstWordWidth + 0.3 * first.size;
  return { ...line, marker: { text: mark.text, kind: mark.kind, x0: first.x0, contentX0 } };
};

/** Set amid its column, with room on either side. */
export const isCentred = (line: Box, column: Column): boolean => {
  const [left, right] = [line.x0 - column.x0, column.x1 - line.x1];
  return left > 20 && Math.abs(left - right) < Math.max(6, 0.06 * (column.x1 - column.x0));
};

/** Whether `next` had room behind `line`, so that its writer began a new line on purpose. */
const hadRoom = (line: Line, next: Line, edge: number): boolean =>
  line.x1 + 0.3 * line.size + next.firstWordWidth < edge - 0.6 * line.size;

const endsSentence = (text: string): boolean => /[.:;!?]["”’)\]]*$/.test(text);

/** A number at the start of a wrapped line is no mark: "… as stated in section\n3. The …" stands flush with its paragraph. */
const isFalseMarker = (last: Line, line: Line, block: readonly Line[], edge: number, closeBy: boolean): boolean => {
  if (!line.marker || line.marker.kind === 'bullet' || !closeBy) return false;
  const [first] = block;
  if (!first || endsSentence(last.text) || hadRoom(last, line, edge)) return false;
  const left = first.marker ? first.marker.contentX0 : (block[1]?.x0 ?? first.x0);
  return Math.abs(line.x0 - left) < SAME_EDGE_PT && Math.abs(line.x0 - first.x0) > (first.marker ? SAME_EDGE_PT : -1);
};

/** A title that is set into the first line of its text becomes a line of its own. */
const linesOf = (row: Row): Line[] => {
  const [first, ...others] = row;
  const runsIn =
    first?.bold &&
    others.length > 0 &&
    others.every(({ bold }) => !bold) &&
    /\p{L}/u.test(first.text.replace(/^\S+/, ''));
  const isTitle = (runsIn && readHeadingNumber(first.text) !== undefined) || isRunInTitle(row);
  const parts = first && isTitle ? [[first], others] : [row];
  return parts.flatMap((part, index) => {
    const line = lineOf(part);
    return line ? [parts.length > 1 && index === 0 ? { ...line, runIn: true } : line] : [];
  });
};

interface Context {
  column: Column;
  usualStep: LineStep;
  /** Right edge to which the lines around this one are filled. */
  edge: number;
}

const isCloseBy = (last: Line, line: Line, usualStep: Context['usualStep']): boolean => {
  const step = line.baseline - last.baseline;
  return step > 0 && step <= BLOCK_STEP * usualStep(Math.max(line.size, last.size));
};

const isSetLike = (above: Line | undefined, line: Line): boolean =>
  above?.italic === line.italic && above.underlined === line.underlined && above.coloured === line.coloured;

/** A title by itself: another look below it is another title. */
const isShortBold = (block: readonly Line[]): boolean =>
  block.length === 1 && block.every(({ bold, boldLead }) => bold && !boldLead);

/** In ems: lines of one title stand no further apart, unless the first of them is full. */
const OTHER_TITLE_EM = 1.6;

/** No title ends so. */
const GOES_ON = /[,–—-]$|\s(?:and|or|of|the|for|to|in|on|with|by)$/i;

const isOtherTitle = (last: Line | undefined, line: Line, edge: number): boolean =>
  last !== undefined &&
  line.baseline - last.baseline > OTHER_TITLE_EM * line.size &&
  hadRoom(last, line, edge) &&
  !GOES_ON.test(last.text);

/** Lines of one weight, one below the other, with no mark of a new beginning: a heading of several lines. */
const continuesBold = (block: readonly Line[], line: Line, edge: number): boolean =>
  line.bold &&
  !isOtherTitle(block.at(-1), line, edge) &&
  block.every(({ bold, marker }) => bold && marker?.kind !== 'bullet') &&
  isSetLike(block[0], line) &&
  readHeadingNumber(line.text) === undefined;

/** In ems: lines of a title in capitals, amid its column, stand this far apart at most. */
const TITLE_STEP_EM = 1.85;

const isOneTitle = (last: Line, line: Line, column: Column): boolean =>
  last.bold &&
  line.bold &&
  last.size === line.size &&
  last.italic === line.italic &&
  last.underlined === line.underlined &&
  line.baseline - last.baseline > 0 &&
  line.baseline - last.baseline <= TITLE_STEP_EM * line.size &&
  [last, line].every(({ text }) => /\p{Lu}{2}.*\s.*\p{Lu}{2}/u.test(text) && !/\p{Ll}|[.:;]$/u.test(text)) &&
  readHeadingNumber(line.text) === undefined &&
  isCentred(last, column) &&
  isCentred(line, column);

const continues = (block: readonly Line[], line: Line, context: Context): boolean => {
  const { column, usualStep, edge } = context;
  const [first, last] = [block[0], block.at(-1)];
  if (!first || !last || last.runIn || line.runIn || last.isFormValue !== line.isFormValue) return false;
  const tagged = elementGoesOn(last, line);
  if (tagged !== undefined) return tagged;
  if (isOneTitle(last, line, column)) return true;
  if (!isCloseBy(last, line, usualStep) || Math.abs(line.size - first.size) > SAME_SIZE_PT) return false;
  if (line.marker && !isFalseMarker(last, line, block, edge, true)) return false;
  if (DOT_LEADER.test(last.text) || (DOT_LEADER.test(line.text) && endsSentence(last.text))) return false;
  if (isCentred(last, column) && isCentred(line, column)) return line.bold === last.bold;
  if (continuesBold(block, line, edge))
    return !endsSentence(last.text) || (/:$/.test(last.text) && !hadRoom(last, line, edge));
  if (line.bold && last.bold && isShortBold(block) && !isSetLike(first, line)) return false;
  return runsOn(block, last, line, context) && fitsIndent(block, first, last, line);
};

/** Whether the sentence goes on: the line above is full, or its text is clearly not at an end. */
const runsOn = (block: readonly Line[], last: Line, line: Line, { column, edge }: Context): boolean => {
  const room = hadRoom(last, line, edge);
  const wholeBold = block.every(({ bold, boldLead }) => bold && !boldLead);
  if (line.bold !== last.bold && (room || (wholeBold && last.x1 < edge - 30))) return false;
  if (!room) return true;
  const isLong = last.x1 - column.x0 > LONG_LINE * (column.x1 - column.x0);
  return !endsSentence(last.text) && (isLong || /^[\p{Ll}(]/u.test(line.text));
};

/** Whether the line begins where lines of this block begin. Numbered clauses often go on at the margin, left of their number. */
const fitsIndent = (block: readonly Line[], first: Line, last: Line, line: Line): boolean => {
  if (first.marker) {
    if (line.x0 > first.marker.x0 - SAME_EDGE_PT) return true;
    return first.marker.kind !== 'bullet' && !endsSentence(last.text);
  }
  const left = block.length > 1 ? (block[1]?.x0 ?? first.x0) : first.x0;
  const indented = line.x0 > left + 0.9 * line.size;
  return !(indented && (block.length > 1 || endsSentence(last.text)));
};

/**
 * For each line, the right edge that the lines directly above and below it reach. Text may be set narrower than its column, so where a run of
 * lines has filled ones of its own, these tell; a run of short lines (an address) is measured by the column.
 */
const edgesOf = (lines: readonly Line[], column: Column, usualStep: Context['usualStep']): number[] => {
  const edges: number[] = [];
  let from = 0;
  for (let index = 0; index < lines.length; index++) {
    const [line, next] = [lines[index], lines[index + 1]];
    if (line && next && isCloseBy(line, next, usualStep) && Math.abs(line.size - next.size) <= SAME_SIZE_PT) continue;
    const run = lines.slice(from, index + 1);
    const reach = Math.max(...run.map(({ x1 }) => x1));
    const wide = reach - column.x0 > 0.6 * (column.x1 - column.x0);
    for (const _line of run) edges.push(wide && run.length > 2 ? reach : column.x1);
    from = index + 1;
  }
  return edges;
};

const blockOf = (lines: Line[], column: Column, pageNumber: number): TextBlock => {
  const marker: ListMarker | undefined = lines[0]?.marker;
  return { kind: 'text', pageNumber, box: unionOf(lines), lines, column, ...(marker ? { marker } : {}) };
};

/** `rows` from top to bottom; `column` is the width that its text may fill. */
export const findParagraphs = (
  rows: readonly Row[],
  column: Column,
  pageNumber: number,
  usualStep: LineStep,
): TextBlock[] => {
  const blocks: TextBlock[] = [];
  let block: Line[] = [];
  const lines = rows.flatMap(linesOf);
  const edges = edgesOf(lines, column, usualStep);
  for (const [index, line] of lines.entries()) {
    if (block.length > 0 && !continues(block, line, { column, usualStep, edge: edges[index] ?? column.x1 })) {
      blocks.push(blockOf(block, column, pageNumber));
      block = [];
    }
    const { marker: _marker, ...unmarked } = line;
    block.push(block.length > 0 ? unmarked : line);
  }
  if (block.length > 0) blocks.push(blockOf(block, column, pageNumber));
  return blocks;
};
