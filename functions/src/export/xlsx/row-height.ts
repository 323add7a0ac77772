/** How high a row has to be for its wrapped text. Not every program works that out when it opens a file; Excel does it on edit. */
import type { SheetColumn, SheetRow } from './sheet.ts';

/** Points: a line of 10 pt Calibri, and the most that Excel gives a row. */
const LINE_PT = 13;
const MOST_PT = 409;

/** A column's width counts digits; running text in Calibri is narrower (measured: 1.25 letters to a digit). */
const LETTERS_PER_DIGIT = 1.12;

/** East Asian letters and emoji take the room of two. */
const isWide = (codePoint: number): boolean => codePoint >= 0x1100 && (codePoint < 0x2000 || codePoint > 0x2e7f);

const textWidth = (text: string): number => {
  let width = 0;
  for (const character of text) width += isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
  return width;
};

/** Lines that a paragraph takes when words move down whole and a word wider than the column is broken. */
const wrappedLines = (paragraph: string, room: number): number => {
  let lines = 1;
  let used = 0;
  for (const word of paragraph.split(' ')) {
    const width = textWidth(word);
    const withSpace = used === 0 ? width : used + 1 + width;
    if (withSpace <= room) {
      used = withSpace;
      continue;
    }
    if (used > 0) lines += 1;
    lines += Math.ceil(width / room) - 1;
    used = width % room || Math.min(width, room);
  }
  return lines;
};

const cellLines = (text: string, room: number): number =>
  text.length <= room / 2 && !text.includes('\n')
    ? 1
    : text.split('\n').reduce((lines, paragraph) => lines + wrappedLines(paragraph, room), 0);

/** In points. Rather a little too high than a line cut off. */
export const rowHeightPt = (row: SheetRow, columns: readonly SheetColumn[]): number => {
  const most = Math.floor(MOST_PT / LINE_PT);
  let lines = 1;
  columns.forEach(({ width, level }, index) => {
    const cell = row.cells[index];
    if (typeof cell !== 'string' || level === 'technical') return;
    lines = Math.max(lines, cellLines(cell.slice(0, width * most * 2), Math.floor(width * LETTERS_PER_DIGIT)));
  });
  return Math.min(lines, most) * LINE_PT + 2;
};
