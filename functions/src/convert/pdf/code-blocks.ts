/** Code, commands and the like: lines set in a monospaced font amid text that is not. */
import type { CodeBlock, Column } from './layout-model.ts';
import type { LineStep } from './line-steps.ts';
import { medianOf, type PageContent, type Segment, unionOf } from './page-model.ts';
import type { Row } from './rows.ts';

/** Share of the letters of a document, or of one of its pages, that makes it a typewritten one: then the font tells nothing. */
const TYPEWRITTEN = 0.85;
/** In usual steps: lines further apart have an empty line between them, and these stand in different blocks. */
const EMPTY_LINE_STEP = 1.6;
const BLOCK_STEP = 2.5;
/** Share of the lines that have signs which prose has not. */
const MIN_SIGNED = 1 / 3;
/** Brackets, signs of equality, options, paths and names with capitals or low lines inside of words. */
const CODE_SIGN = /[{}<>=|\\]|\[[\p{L}\s.]+\]|(?:^|\s)--?\p{L}|\w_\w|\p{Ll}\d?\p{Lu}|(?:^|\s)[~.]?\/\w/u;
/** In ems: a line alone is code only where it is indented so far. */
const MIN_INDENT_EM = 1;
/** In letters: a hole is no wider in any code that is read. */
const MAX_HOLE = 200;

const monoShare = (segments: readonly Segment[]): number => {
  let [all, mono] = [0, 0];
  for (const segment of segments) {
    all += segment.text.length;
    if (segment.mono) mono += segment.text.length;
  }
  return mono / Math.max(1, all);
};

/** Numbers of the pages on which a monospaced font sets code apart. */
export const pagesWithCode = (pages: readonly PageContent[]): Set<number> => {
  const isTypewritten = monoShare(pages.flatMap(({ segments }) => segments)) >= TYPEWRITTEN;
  const found = pages.filter(({ segments }) => {
    const share = monoShare(segments);
    return share > 0 && share < TYPEWRITTEN;
  });
  return new Set(isTypewritten ? [] : found.map(({ pageNumber }) => pageNumber));
};

const isMono = (row: Row): boolean => row.length > 0 && row.every(({ mono }) => mono);

const stepOf = (above: Row, below: Row, usualStep: LineStep): number =>
  ((below[0]?.baseline ?? 0) - (above[0]?.baseline ?? 0)) / usualStep(below[0]?.size ?? 1);

/** `isCut`: it stands at the top or the end of its flow, so that more of it may stand on another page. */
const isCode = (rows: readonly Row[], column: Column, isCut: boolean): boolean => {
  const [first, second] = rows;
  const signed = rows.filter((row) => CODE_SIGN.test(row.map(({ text }) => text).join(' ')));
  if (!first || signed.length < MIN_SIGNED * rows.length) return false;
  const [start] = first;
  return second !== undefined || isCut || (start !== undefined && start.x0 - column.x0 > MIN_INDENT_EM * start.size);
};

/** A line with its indentation and its holes, told by where its pieces stand. */
const lineText = (row: Row, left: number, advance: number): string =>
  row.reduce((line, { text, x0 }) => {
    const at = Math.min(line.length + MAX_HOLE, Math.round((x0 - left) / advance));
    return line.padEnd(Math.max(at, line.length + (line === '' ? 0 : 1))) + text;
  }, '');

const toBlock = (rows: readonly Row[], pageNumber: number, usualStep: LineStep): CodeBlock => {
  const box = unionOf(rows.flat());
  const advance = Math.max(0.1, medianOf(rows.flat().map(({ x0, x1, text }) => (x1 - x0) / text.length)));
  const lines = rows.flatMap((row, index) => {
    const above = rows[index - 1];
    const text = lineText(row, box.x0, advance);
    return above && stepOf(above, row, usualStep) > EMPTY_LINE_STEP ? ['', text] : [text];
  });
  return { kind: 'code', pageNumber, box, lines, advance };
};

/** The rows of a flow, parted into blocks of code and runs of other rows. */
export const findCodeBlocks = (
  rows: readonly Row[],
  column: Column,
  pageNumber: number,
  usualStep: LineStep,
): (Row[] | CodeBlock)[] => {
  const parts: (Row[] | CodeBlock)[] = [];
  let from = 0;
  for (let start = 0; start < rows.length; start++) {
    let end = start;
    while (end < rows.length && isMono(rows[end] ?? [])) {
      const [above, row] = [rows[end - 1], rows[end]];
      if (end > start && above && row && stepOf(above, row, usualStep) > BLOCK_STEP) break;
      end += 1;
    }
    const block = rows.slice(start, end);
    if (end > start && isCode(block, column, start === 0 || end === rows.length)) {
      if (start > from) parts.push(rows.slice(from, start));
      parts.push(toBlock(block, pageNumber, usualStep));
      from = end;
    }
    start = Math.max(start, end - 1);
  }
  if (from < rows.length) parts.push(rows.slice(from));
  return parts;
};

/** Code that goes on over a page break, each part indented as it stands on its page. */
export const joinCode = (last: CodeBlock, next: CodeBlock): CodeBlock => {
  const shift = Math.max(-MAX_HOLE, Math.min(MAX_HOLE, Math.round((next.box.x0 - last.box.x0) / last.advance)));
  const indented = (lines: readonly string[], by: number): string[] =>
    lines.map((line) => (line === '' ? '' : ' '.repeat(Math.max(0, by)) + line));
  return { ...last, lines: [...indented(last.lines, -shift), ...indented(next.lines, shift)] };
};
