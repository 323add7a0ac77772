/** Markdown to mdast in time and memory that grow with its length. */
import type { Nodes, Paragraph, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { containersOf, type Piece, splitMarkdown } from './split-markdown.ts';

/** The parser needs time with the square of the length, so a longer text is parsed in pieces of about this size. */
const PIECE_CHARACTERS = 4096;

export interface MarkdownNode {
  node: RootContent;
  /** The node is a table that goes on with the rows of the one before it, under a copy of its head. */
  continuesTable: boolean;
}

export interface ParsedMarkdown {
  /** In order, each parsed when it is asked for: the whole tree of a large text would not fit in memory. */
  nodes: Iterable<MarkdownNode>;
  /** Whether lines nested too deep, or paragraphs too long, were taken as plain text. */
  hasNested: boolean;
  hasLong: boolean;
}

/**
 * The nodes of a text, GFM on, with positions in the whole of it. It is parsed in pieces; link and note definitions hold for all of
 * them.
 */
export const parseMarkdown = (text: string, pieceCharacters = PIECE_CHARACTERS): ParsedMarkdown => {
  const pieces = splitMarkdown(text, pieceCharacters);
  const hasNested = pieces.some(({ plain }) => plain === 'nested');
  const hasLong = pieces.some(({ plain }) => plain === 'long');
  return { nodes: { [Symbol.iterator]: () => nodesOf(text, pieces) }, hasNested, hasLong };
};

function* nodesOf(text: string, pieces: readonly Piece[]): Generator<MarkdownNode> {
  const definitionsFor = pieces.length > 1 ? collectDefinitions(text) : () => '';
  let line = 0;
  for (const piece of pieces) {
    const source = text.slice(piece.from, piece.to);
    if (piece.plain) for (const node of plainParagraphs(source, piece, line)) yield { node, continuesTable: false };
    else yield* parsedNodes(source, piece, line, definitionsFor(source));
    line += countLines(source);
  }
}

const parse = (text: string): Root => fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

function* parsedNodes(
  source: string,
  { from, tableHead = '' }: Piece,
  line: number,
  definitions: string,
): Generator<MarkdownNode> {
  const end = tableHead.length + source.length;
  for (const node of parse(`${tableHead}${source}\n\n${definitions}`).children) {
    const start = node.position?.start.offset ?? 0;
    if (start >= end) break;
    shift(node, from - tableHead.length, line - countLines(tableHead));
    yield { node, continuesTable: start < tableHead.length };
  }
}

/** Each line, or the whole, as it stands; without the marks in front of it. */
const plainParagraphs = (source: string, { from, plain }: Piece, line: number): Paragraph[] => {
  const parts = plain === 'long' ? [source] : source.split(/(?<=\n|\r(?!\n))/);
  const nodes: Paragraph[] = [];
  let offset = from;
  parts.forEach((part, index) => {
    const contentAt = plain === 'long' ? 0 : containersOf(part).contentAt;
    const content = part.slice(contentAt);
    const value = content.trim();
    const start = offset + contentAt + content.length - content.trimStart().length;
    offset += part.length;
    if (value === '') return;
    const at = { line: line + index + 1, column: 1 };
    const position = { start: { ...at, offset: start }, end: { ...at, offset: start + value.length } };
    nodes.push({ type: 'paragraph', position, children: [{ type: 'text', value, position }] });
  });
  return nodes;
};

const DEFINITION = /^ {0,3}(\[[^\]\r\n]{1,200}\]:)([^\r\n]*)/gm;
const LABEL = /\[([^[\]\r\n]{1,200})\]/g;
const keyOf = (label: string): string => label.toLowerCase().replace(/\s+/g, ' ').trim();

/** All lines that may define a link or note, notes cut to their label, for those labels that stand in a piece. */
const collectDefinitions = (text: string): ((piece: string) => string) => {
  const lines = new Map<string, string>();
  for (const [, label = '', rest = ''] of text.matchAll(DEFINITION)) {
    const key = keyOf(label.slice(1, -2));
    if (!lines.has(key)) lines.set(key, label.startsWith('[^') ? `${label} note` : label + rest);
  }
  if (lines.size === 0) return () => '';
  return (piece) => {
    const used = new Set<string>();
    for (const [, label = ''] of piece.matchAll(LABEL)) {
      const line = lines.get(keyOf(label));
      if (line !== undefined) used.add(line);
    }
    return [...used].join('\n\n');
  };
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
