/** Numbered and bulleted lines of plain text. */
import { expandTabs, indentOf } from './lines.ts';

export interface TextItem {
  /** Whole lines; the marker of the first is at `textStart`. */
  lines: string[];
  /** Where the text of the first line begins. */
  textStart: number;
  /** As shown; undefined for lines that are no item. */
  numbering: string | undefined;
  isBullet: boolean;
  /** Numbers of one list look the same: "1.", "(a)". */
  style: string;
  /** Column of the marker, and of the text after it. */
  indent: number;
  textIndent: number;
}

const MARKER =
  /^(\s*)([-*+•●▪◦‣–—·○■□◆❖➢➤►✓✔»\uf0b7\uf0a7]|o(?=\s)|#\.|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,5})[.)]|(?:\d{1,3}\.){2,5})(\s+)(?=\S)/;

/** The lines of one paragraph as items; `openStyles`: the styles of the lists above it; `joins`: which lines go on in the next. */
export const splitItems = (
  lines: readonly string[],
  openStyles: ReadonlySet<string>,
  joins: readonly boolean[],
): TextItem[] => {
  const items: TextItem[] = [];
  const styles = new Set(openStyles);
  for (const [index, line] of lines.entries()) {
    const last = items.at(-1);
    const above = lines[index - 1] ?? '';
    const inText = last?.numbering === undefined && (joins[index - 1] ?? false) && !/[.:;,]$/.test(above);
    const item = inText && indentOf(line) <= indentOf(above) ? undefined : startItem(line, styles);
    if (item) {
      items.push(item);
      styles.add(item.style);
    } else if (last && !isApart(line, last, joins[index - 1] ?? false)) last.lines.push(line);
    else items.push({ ...TEXT, lines: [line], indent: indentOf(line) });
  }
  return items;
};

const TEXT = { textStart: 0, numbering: undefined, isBullet: false, style: '', textIndent: 0 } as const;
const FIRST_LINE_INDENT = 3;
/** The text of a note: "[1] See the list." */
const NOTE = /^\s*\[\d{1,3}\]\s+\S/;

/** Text that begins further left than the item above although it had room there; a first line set in after a sentence has ended. */
const isApart = (line: string, last: TextItem, joined: boolean): boolean => {
  const above = last.lines.at(-1) ?? '';
  const indent = indentOf(line);
  if (NOTE.test(line) && !(joined && !/[.:;]$/.test(above))) return true;
  if (last.numbering !== undefined) return indent <= last.indent && !joined;
  const ended = /[.:;?!]["”)]?$/.test(above);
  return ended && !joined && indent >= indentOf(above) + FIRST_LINE_INDENT;
};

const startItem = (line: string, styles: ReadonlySet<string>): TextItem | undefined => {
  const match = MARKER.exec(line);
  const [all = '', space = '', numbering = '', gap = ''] = match ?? [];
  if (!match) return undefined;
  const isBullet = numbering === 'o' || !/[\p{L}\p{N}]/u.test(numbering);
  if (numbering === 'o' && space === '' && !styles.has('bullet') && gap.length < 2) return undefined;
  const style = isBullet ? 'bullet' : styleOf(numbering);
  if (!isBullet && !mayStart(numbering) && !styles.has(style)) return undefined;
  const indent = indentOf(space === '' ? line : line.slice(0, space.length + 1));
  return {
    lines: [line],
    textStart: all.length,
    numbering,
    isBullet,
    style,
    indent,
    textIndent: expandTabs(all).length,
  };
};

const styleOf = (numbering: string): string =>
  numbering
    .replace(/\d+/g, '1')
    .replace(/[a-z]+/, 'a')
    .replace(/[A-Z]+/, 'A');

/** A single letter begins a list only where lists begin; "J. Smith" is a name. Numbers may go on from elsewhere. */
const mayStart = (numbering: string): boolean => /^\(?(?:\d+|[aA]|[iI])[.)]$|^(?:\d+\.)+$/.test(numbering);

const NUMBER = /^\s*\(?(\d{1,3})[.)](?=\s|$)/;

/** Keeps the last number of each style. */
export const noteNumber = (numbering: string, numbers: Map<string, number>): void => {
  const value = NUMBER.exec(numbering)?.[1];
  if (value !== undefined) numbers.set(styleOf(numbering), Number(value));
};

/** Whether a line's number is the next one of its style. */
export const goesOnWith = (line: string, numbers: ReadonlyMap<string, number>): boolean => {
  const match = NUMBER.exec(line);
  return match !== null && numbers.get(styleOf(match[0].trim())) === Number(match[1]) - 1;
};
