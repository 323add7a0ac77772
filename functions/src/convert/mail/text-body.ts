/** The plain text of a message to a tree: what is quoted stands in quotes. */
import type { SourceTree } from '../source-tree.ts';
import { countUnreadable, emptyTree } from '../source-tree-parts.ts';
import { readText } from '../text/read-text.ts';

/** `flowed`: soft line ends were joined already (RFC 3676), which leaves the quote marks of the joined lines inside. */
export const fromMailText = (content: string, flowed: boolean): SourceTree => {
  const { blocks, runningLines } = readText(flowed ? content.replaceAll(QUOTED, withoutInnerMarks) : content);
  return { ...emptyTree(blocks), runningLines, unreadableCharacters: countUnreadable(content) };
};

/** "> > text" and ">> text" are both quoted twice (RFC 3676, 4.5). */
const QUOTED = /^((?:> ?)+)(.*)$/gm;

const withoutInnerMarks = (_line: string, marks: string, text: string): string =>
  marks + text.replaceAll(` ${marks.replaceAll(' ', '')} `, ' ');
