/** Cuts Markdown into pieces that can be parsed one by one, and sets aside what no parser should be given. */

/** A piece is this much longer before it is cut where a list or table, though not the text, is parted. */
const LONG_PIECE_CHARACTERS = 16_384;
/** Lines without an empty one between them, and no place to cut, are plain text from this length on. */
const MAX_PARAGRAPH_CHARACTERS = 65_536;
/** Block quotes and lists in each other beyond this are plain text: no reader follows them, and the parser's work grows with their square. */
const MAX_CONTAINERS = 32;
/** Least indent of one list level. */
const LEVEL_COLUMNS = 2;

export interface Piece {
  from: number;
  to: number;
  /** Taken as it is, each line a paragraph (or all, if it is one long paragraph). */
  plain?: 'nested' | 'long';
  /** Head of the table that the piece begins in the middle of. */
  tableHead?: string;
}

const LINE = /[^\r\n]*(?:\r\n?|\n|$)/y;
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)/;
const BOUNDARY = /^(?:\p{L}|#{1,6} )/u;
/** What begins a block of its own even without an empty line above it. */
const INTERRUPTS = /^(?:#{1,6} |[-+*] +\S)/;
const HTML_BLOCK = /^ {0,3}<\/?(?:table|thead|tbody|tr|t[dh]|div|section|article|details|[uod]l|li|p|h[1-6]|center)\b/i;
const DELIMITERS = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const CONTAINER = /[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))/y;
/** HTML that goes on over empty lines, with what ends it. */
const LONG_HTML: readonly (readonly [RegExp, RegExp])[] = [
  [/<!--/, /-->/],
  [/<(?:pre|script|style|textarea)\b/i, /<\/(?:pre|script|style|textarea)>/i],
  [/<\?/, /\?>/],
  [/<!\[CDATA\[/, /\]\]>/],
];

/** The fence that is open after a line; empty for none. */
const nextFence = (line: string, open: string): string => {
  const [, fence = '', rest = ''] = FENCE.exec(line) ?? [];
  if (fence === '') return open;
  if (open === '') return fence.startsWith('`') && rest.includes('`') ? '' : fence;
  return fence.startsWith(open) && rest.trim() === '' ? '' : open;
};

const nextHtmlEnd = (line: string, open: RegExp | undefined): RegExp | undefined => {
  if (open) return open.test(line) ? undefined : open;
  if (!line.includes('<')) return undefined;
  for (const [begin, end] of LONG_HTML) {
    const found = begin.exec(line);
    if (found && !end.test(line.slice(found.index))) return end;
  }
  return undefined;
};

/** Where a line's text begins, behind its marks of quotations and lists, and how many containers these (or its indent) can open. */
export const containersOf = (line: string): { count: number; contentAt: number } => {
  let count = 0;
  let contentAt = 0;
  let indent = 0;
  for (;;) {
    CONTAINER.lastIndex = contentAt;
    const match = CONTAINER.exec(line);
    if (!match) break;
    if (count === 0) indent = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    count += 1;
    contentAt = CONTAINER.lastIndex;
  }
  return { count: count === 0 ? 0 : count + Math.floor(indent / LEVEL_COLUMNS), contentAt };
};

/** What is known of the lines since the last empty one. */
interface Paragraph {
  from: number;
  /** It begins with a tag that makes all of it HTML. */
  isHtml: boolean;
  hasHtml: boolean;
  previousLine: string;
  tableHead: string;
}

class Splitter {
  readonly pieces: Piece[] = [];
  readonly #text: string;
  readonly #pieceCharacters: number;
  #start = 0;
  #tableHead: string | undefined;
  #afterBlank = false;
  #fence = '';
  #htmlEnd: RegExp | undefined;
  #paragraph: Paragraph;

  constructor(text: string, pieceCharacters: number) {
    this.#text = text;
    this.#pieceCharacters = pieceCharacters;
    this.#paragraph = { from: 0, isHtml: false, hasHtml: false, previousLine: '', tableHead: '' };
  }

  line(line: string, at: number): void {
    const isOpen = this.#fence !== '' || this.#htmlEnd !== undefined;
    const isBlank = line.trim() === '';
    if (!isOpen && containersOf(line).count > MAX_CONTAINERS) {
      this.#set(at, at + line.length, 'nested');
      return;
    }
    if (!isOpen && this.#mayCut(line, at)) this.#cut(at, this.#afterBlank ? '' : this.#headFor(line));
    if (this.#htmlEnd === undefined) this.#fence = nextFence(line, this.#fence);
    if (this.#fence === '') this.#htmlEnd = nextHtmlEnd(line, this.#htmlEnd);
    if (isBlank && !isOpen) this.#endParagraph(at);
    this.#note(line, at + line.length, isBlank, isOpen);
  }

  end(): void {
    this.#endParagraph(this.#text.length);
    this.#cut(this.#text.length, '');
  }

  #mayCut(line: string, at: number): boolean {
    const length = at - this.#start;
    if (length < this.#pieceCharacters) return false;
    if (this.#afterBlank) return length < LONG_PIECE_CHARACTERS ? BOUNDARY.test(line) : /^\S/.test(line);
    if (length < LONG_PIECE_CHARACTERS || this.#paragraph.hasHtml) return false;
    return INTERRUPTS.test(line) || this.#headFor(line) !== '';
  }

  #headFor(line: string): string {
    return line.includes('|') && !INTERRUPTS.test(line) ? this.#paragraph.tableHead : '';
  }

  #cut(at: number, tableHead: string): void {
    if (at > this.#start) {
      const head = this.#tableHead ? { tableHead: this.#tableHead } : {};
      this.pieces.push({ from: this.#start, to: at, ...head });
    }
    this.#start = at;
    this.#tableHead = tableHead;
    if (!this.#afterBlank && tableHead === '') this.#paragraph = { ...this.#paragraph, from: at, tableHead: '' };
    else this.#paragraph.from = at;
  }

  #set(from: number, to: number, plain: 'nested' | 'long'): void {
    this.#cut(from, '');
    const last = this.pieces.at(-1);
    if (last && last.plain === plain && last.to === from) last.to = to;
    else this.pieces.push({ from, to, plain });
    this.#start = to;
    this.#note('', to, true, false);
  }

  /** A paragraph that has grown too long is taken out of its piece. */
  #endParagraph(at: number): void {
    const { from, isHtml } = this.#paragraph;
    if (!isHtml && at - from > MAX_PARAGRAPH_CHARACTERS && from >= this.#start) this.#set(from, at, 'long');
  }

  #note(line: string, end: number, isBlank: boolean, isOpen: boolean): void {
    this.#afterBlank = isBlank;
    if (isBlank || isOpen || this.#fence !== '') {
      this.#paragraph = { from: end, isHtml: false, hasHtml: false, previousLine: '', tableHead: '' };
      return;
    }
    const { previousLine } = this.#paragraph;
    if (previousLine === '') this.#paragraph.isHtml = HTML_BLOCK.test(line);
    if (line.includes('<')) this.#paragraph.hasHtml = true;
    if (previousLine.includes('|') && line.includes('-') && DELIMITERS.test(line.trimEnd()))
      this.#paragraph.tableHead = previousLine + line;
    this.#paragraph.previousLine = line;
  }
}

/**
 * Pieces end only where everything is closed: before a line that follows an empty one, starts at the margin with a letter or as a heading, and is
 * in no code or HTML block. Where there is no such place for long, also between the items of a list and the rows of a table.
 */
export const splitMarkdown = (text: string, pieceCharacters: number): Piece[] => {
  const splitter = new Splitter(text, pieceCharacters);
  for (let at = 0; at < text.length; at = LINE.lastIndex) {
    LINE.lastIndex = at;
    splitter.line(LINE.exec(text)?.[0] ?? '', at);
  }
  splitter.end();
  return splitter.pieces;
};
