/** The plain text of a message to a tree: what is quoted stands in quotes. */
import type { RootContent } from 'mdast';
import { fromText } from '../from-text.ts';
import type { SourceTree } from '../source-tree.ts';
import { emptyTree } from '../source-tree-parts.ts';

/** Of quotes in quotes; deeper ones stay in the deepest. */
const MAX_DEPTH = 12;

/** `flowed`: soft line ends were joined already (RFC 3676), which leaves the quote marks of the joined lines inside. */
export const fromMailText = (content: string, flowed: boolean, fileName: string): SourceTree => {
  const lines = content.split(/\r\n?|\n/).map((line) => readQuote(line, flowed));
  const tree = emptyTree([]);
  tree.root.children = readRuns(lines, 0, (text) => {
    const read = fromText({ bytes: new TextEncoder().encode(text), fileName });
    tree.unreadableCharacters += read.unreadableCharacters;
    return read.root.children;
  });
  return tree;
};

interface MailLine {
  depth: number;
  text: string;
}

/** "> > text" and ">> text" are both quoted twice (RFC 3676, 4.5). */
const readQuote = (line: string, flowed: boolean): MailLine => {
  const marks = /^(?:> ?)+/.exec(line)?.[0] ?? '';
  const quotes = marks.replaceAll(' ', '');
  const rest = line.slice(marks.length);
  const text = flowed && quotes ? rest.replaceAll(` ${quotes} `, ' ') : rest;
  return { depth: Math.min(quotes.length, MAX_DEPTH), text };
};

const readRuns = (lines: readonly MailLine[], depth: number, read: (text: string) => RootContent[]): RootContent[] => {
  const blocks: RootContent[] = [];
  let start = 0;
  while (start < lines.length) {
    const quoted = isDeeper(lines[start], depth);
    let end = start + 1;
    while (end < lines.length && isDeeper(lines[end], depth) === quoted) end += 1;
    const run = lines.slice(start, end);
    if (quoted) {
      const children = readRuns(run, depth + 1, read);
      if (children.length > 0) blocks.push({ type: 'blockquote', children: children as [] });
    } else blocks.push(...read(run.map(({ text }) => text).join('\n')));
    start = end;
  }
  return blocks;
};

const isDeeper = (line: MailLine | undefined, depth: number): boolean => (line?.depth ?? 0) > depth;
