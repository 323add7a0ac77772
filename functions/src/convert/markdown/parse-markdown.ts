/** Markdown to mdast in time that grows with its length. */
import type { Nodes, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** The parser needs time with the square of the length, so a longer text is parsed in pieces of about this size. */
const PIECE_CHARACTERS = 4096;

/**
 * The tree of a text, GFM on, with positions in the whole of it. Pieces end only where everything is closed: before a line that
 * follows an empty one, starts at the margin with a letter or as a heading, and is in no code or HTML block. Link and note definitions
 * hold for all pieces.
 */
export const parseMarkdown = (text: string, pieceCharacters = PIECE_CHARACTERS): Root => {
  const pieces = split(text, pieceCharacters);
  if (pieces.length === 1) return parse(text);
  const definitions = collectDefinitions(text);
  const children: RootContent[] = [];
  let offset = 0;
  let line = 0;
  for (const piece of pieces) {
    for (const node of parse(`${piece}\n\n${definitions}`).children) {
      if ((node.position?.start.offset ?? 0) >= piece.length) break;
      shift(node, offset, line);
      children.push(node);
    }
    offset += piece.length;
    line += countLines(piece);
  }
  return { type: 'root', children };
};

const parse = (text: string): Root => fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

const LINE = /[^\r\n]*(?:\r\n?|\n|$)/y;
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)/;
const BOUNDARY = /^(?:\p{L}|#{1,6} )/u;
/** HTML that goes on over empty lines, with what ends it. */
const LONG_HTML: readonly (readonly [RegExp, RegExp])[] = [
  [/<!--/, /-->/],
  [/<(?:pre|script|style|textarea)\b/i, /<\/(?:pre|script|style|textarea)>/i],
  [/<\?/, /\?>/],
  [/<!\[CDATA\[/, /\]\]>/],
];

const split = (text: string, pieceCharacters: number): string[] => {
  const pieces: string[] = [];
  let start = 0;
  let afterBlank = false;
  let fence = '';
  let htmlEnd: RegExp | undefined;
  for (let at = 0; at < text.length; at = LINE.lastIndex) {
    LINE.lastIndex = at;
    const line = LINE.exec(text)?.[0] ?? '';
    const isOpen = fence !== '' || htmlEnd !== undefined;
    if (!isOpen && afterBlank && at - start >= pieceCharacters && BOUNDARY.test(line)) {
      pieces.push(text.slice(start, at));
      start = at;
    }
    if (htmlEnd === undefined) fence = nextFence(line, fence);
    if (fence === '') htmlEnd = nextHtmlEnd(line, htmlEnd);
    afterBlank = line.trim() === '';
  }
  pieces.push(text.slice(start));
  return pieces;
};

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

/** All lines that may define a link or note, notes cut to their label: more than there are does no harm. */
const collectDefinitions = (text: string): string => {
  const lines = new Set<string>();
  for (const [, label = '', rest = ''] of text.matchAll(/^ {0,3}(\[[^\]\r\n]{1,200}\]:)([^\r\n]*)/gm)) {
    lines.add(label.startsWith('[^') ? `${label} note` : label + rest);
  }
  return [...lines].join('\n\n');
};

const countLines = (text: string): number => text.match(/\r\n?|\n/g)?.length ?? 0;

const shift = (top: Nodes, offset: number, line: number): void => {
  const waiting: Nodes[] = [top];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    for (const point of node.position ? [node.position.start, node.position.end] : []) {
      point.offset = (point.offset ?? 0) + offset;
      point.line += line;
    }
    if ('children' in node) for (const child of node.children) waiting.push(child);
  }
};
