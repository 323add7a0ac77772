/** The lines of a text to blocks. */
import type { RootContent } from 'mdast';
import { ListBuilder } from '../list-builder.ts';
import type { RunningText } from '../source-tree.ts';
import { readAlignedTable } from './aligned-tables.ts';
import type { TextBlock } from './block.ts';
import { readGridTable, startsGrid } from './grid-tables.ts';
import { goesOnWith, noteNumber, splitItems, type TextItem } from './items.ts';
import { findJoins, indentOf, type LineProfile, profileOf, splitLines } from './lines.ts';
import { readMarkedHeading } from './marked-headings.ts';
import { takeFurniture } from './page-furniture.ts';
import { toParagraphs, wordsOf } from './paragraph.ts';
import { readPipeTable, readTabTable } from './pipe-tables.ts';
import { isTableRule, readRuledTable } from './ruled-tables.ts';
import { isRunInTitle, TitleLevels, titleOf } from './titles.ts';
import { readFenced, readIndentedCode } from './verbatim.ts';

/** The blocks of a text, and the heads and feet of its printed pages. */
export const readText = (text: string): { blocks: RootContent[]; runningLines: RunningText[] } => {
  const { lines, runningLines } = takeFurniture(splitLines(text));
  return { blocks: new TextReader(withoutMargin(lines)).read(), runningLines };
};

/** Without the columns that are blank in all lines. */
const withoutMargin = (lines: readonly string[]): string[] => {
  const margin = lines.reduce(
    (least, line) => (line === '' ? least : Math.min(least, /^ */.exec(line)?.[0].length ?? 0)),
    Number.POSITIVE_INFINITY,
  );
  return margin > 0 ? lines.map((line) => line.slice(margin)) : [...lines];
};

const HORIZONTAL_RULE = /^\s*([-_*=~#+.—─═])(?:\s*\1){2,}$|^-- ?$/;
const MAX_QUOTES = 12;
const MOST_TITLE_LINES = 3;

class TextReader {
  readonly #lines: readonly string[];
  readonly #profile: LineProfile;
  readonly #isWord: (word: string) => boolean;
  readonly #usualBlanks: number;
  readonly #blocks: RootContent[] = [];
  readonly #lists = new ListBuilder(this.#blocks);
  readonly #openStyles = new Set<string>();
  readonly #levels: TitleLevels;
  readonly #depth: number;
  readonly #numbers = new Map<string, number>();
  #lastLine = '';
  #isAfterLine = false;

  constructor(lines: readonly string[], levels = new TitleLevels(), depth = 0) {
    this.#lines = lines;
    this.#profile = profileOf(lines);
    this.#isWord = wordsOf(lines);
    this.#usualBlanks = usualBlanks(lines);
    this.#levels = levels;
    this.#depth = depth;
  }

  read(): RootContent[] {
    let at = 0;
    let blanks = 0;
    while (at < this.#lines.length) {
      if (this.#lines[at] === '') {
        at += 1;
        blanks += 1;
        continue;
      }
      const block = this.#readMarked(at);
      const start = at;
      at = block ? block.end : this.#readRun(at, blanks);
      if (block) this.#place(block.nodes, indentOf(this.#lines[start] ?? ''));
      this.#isAfterLine =
        at - start === 1 && this.#blocks.at(-1)?.type === 'paragraph' && isShort(this.#lines[start] ?? '');
      this.#lastLine = this.#lines[at - 1] ?? '';
      blanks = 0;
    }
    return this.#blocks;
  }

  /** A block that shows by its first lines what it is. */
  #readMarked(at: number): TextBlock | undefined {
    const lines = this.#lines;
    const base = this.#lists.isOpen ? indentOf(lines[at] ?? '') : 0;
    const table =
      readFenced(lines, at) ?? readGridTable(lines, at) ?? readPipeTable(lines, at) ?? readRuledTable(lines, at);
    if (table) return table;
    const heading = readMarkedHeading(lines, at);
    if (heading) {
      this.#endLists();
      this.#levels.note(heading.depth);
      return heading.block;
    }
    if (HORIZONTAL_RULE.test(lines[at] ?? '')) return { nodes: [{ type: 'thematicBreak' }], end: at + 1 };
    return this.#readQuote(at) ?? (this.#lists.isOpen && base > 0 ? undefined : readIndentedCode(lines, at, 0));
  }

  #readQuote(start: number): TextBlock | undefined {
    const isQuoted = (line: string | undefined) => line !== undefined && /^>/.test(line);
    if (!isQuoted(this.#lines[start]) || this.#depth >= MAX_QUOTES) return undefined;
    let end = start;
    while (isQuoted(this.#lines[end])) end += 1;
    const marks = this.#depth === MAX_QUOTES - 1 ? /^(?:> ?)+/ : /^> ?/;
    const quoted = this.#lines.slice(start, end).map((line) => line.replace(marks, ''));
    const children = new TextReader(quoted, this.#levels, this.#depth + 1).read();
    return { nodes: children.length > 0 ? [{ type: 'blockquote', children: children as [] }] : [], end };
  }

  #place(nodes: readonly RootContent[], indent: number): void {
    for (const node of nodes) {
      if (node.type !== 'heading' && this.#lists.isOpen && this.#lists.addContinuation(node, indent)) continue;
      this.#endLists();
      this.#blocks.push(node);
    }
  }

  #endLists(): void {
    this.#lists.end();
    this.#openStyles.clear();
    this.#numbers.clear();
  }

  /** Lines up to the next empty one or the next marked block. */
  #readRun(start: number, blanks: number): number {
    const lines = this.#lines;
    const end = this.#endOfRun(start);
    const run = lines.slice(start, end);
    const table = readTabTable(lines, start) ?? readAlignedTable(lines, start, end);
    if (table) {
      this.#place(table.nodes, indentOf(lines[start] ?? ''));
      return table.end;
    }
    const joins = findJoins(run, this.#profile);
    if (run.length > 1 && joins[0] === false && this.#readTitle(start, start + 1, blanks, true)) return start + 1;
    if (this.#readTitle(start, end, blanks, false)) return end;
    for (const item of splitItems(run, this.#openStyles, joins)) this.#addItem(item);
    return end;
  }

  /** `isRunIn`: text follows right below. */
  #readTitle(start: number, end: number, blanks: number, isRunIn: boolean): boolean {
    const lines = this.#lines;
    const run = lines.slice(start, end);
    if (run.length > MOST_TITLE_LINES || (!isRunIn && end < lines.length && lines[end] !== '')) return false;
    const next = this.#runAfter(end);
    const title = titleOf({
      lines: run,
      blanksAbove: blanks,
      usualBlanks: this.#usualBlanks,
      isFirst: this.#blocks.length === 0,
      inList: this.#lists.isOpen && goesOnWith(run[0] ?? '', this.#numbers),
      isAfterLine: this.#isAfterLine,
      lastLine: this.#lastLine,
      next: lines.slice(next.start, next.end),
      afterNext: this.#linesAfter(next.end),
    });
    const value = run.map((line) => line.trim().replace(/\s+/g, ' ')).join(' ');
    if (!title || (isRunIn && !isRunInTitle(value, title, lines[end] ?? ''))) return false;
    this.#endLists();
    this.#blocks.push({
      type: 'heading',
      depth: this.#levels.levelOf(title, this.#blocks.length === 0),
      children: [{ type: 'text', value }],
    });
    return true;
  }

  #endOfRun(start: number): number {
    const lines = this.#lines;
    let end = start + 1;
    while (end < lines.length && lines[end] !== '' && !this.#interrupts(end)) end += 1;
    return end;
  }

  #interrupts(at: number): boolean {
    const line = this.#lines[at] ?? '';
    return (
      startsGrid(line) ||
      /^\s*(?:```|\||>)/.test(line) ||
      /^#{1,6} \S/.test(line) ||
      (HORIZONTAL_RULE.test(line) && line.trim().length > 3) ||
      (/\S {2,}\S/.test(line) && isTableRule(this.#lines[at + 1]) && readRuledTable(this.#lines, at) !== undefined)
    );
  }

  #runAfter(end: number): { start: number; end: number } {
    let start = end;
    while (start < this.#lines.length && this.#lines[start] === '') start += 1;
    let stop = start;
    while (stop < this.#lines.length && this.#lines[stop] !== '' && stop < start + SEEN_AHEAD) stop += 1;
    return { start, end: stop };
  }

  #linesAfter(end: number): readonly string[] {
    const after = this.#runAfter(end);
    return this.#lines.slice(after.start, after.end);
  }

  #addItem(item: TextItem): void {
    const nodes = toParagraphs(item.lines, item.textStart, this.#profile, this.#isWord);
    const [content, ...more] = nodes;
    if (!content) return;
    const { numbering, isBullet, style, indent, textIndent } = item;
    if (numbering === undefined) {
      this.#place(nodes, indent);
      return;
    }
    this.#lists.add({
      numbering,
      isBullet,
      level: indent,
      listId: style,
      indentLeft: indent,
      textLeft: textIndent,
      content,
    });
    this.#openStyles.add(style);
    noteNumber(numbering, this.#numbers);
    this.#place(more, textIndent);
  }
}

const SHORT = 80;
const isShort = (line: string): boolean => line.length < SHORT && !/[.:;!?]$/.test(line);

const SEEN_AHEAD = 3;

/** How many empty lines stand between most paragraphs. */
const usualBlanks = (lines: readonly string[]): number => {
  const counts = new Map<number, number>();
  let blanks = 0;
  for (const line of lines) {
    if (line === '') blanks += 1;
    else {
      if (blanks > 0) counts.set(blanks, (counts.get(blanks) ?? 0) + 1);
      blanks = 0;
    }
  }
  return (
    [...counts].reduce(
      ([usual, most], [number, count]) => (count > most ? [number, count] : [usual, most]),
      [1, 0],
    )[0] ?? 1
  );
};
