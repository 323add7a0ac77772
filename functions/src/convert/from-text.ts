/** Plain text to a tree. */
import { decodeText } from './decode-text.ts';
import type { ConvertInput, SourceTree } from './source-tree.ts';
import { countUnreadable, emptyTree } from './source-tree-parts.ts';
import { readText } from './text/read-text.ts';

/**
 * Paragraphs end at empty lines. A line that would have had room for the next line's first word was ended on purpose and stays a line,
 * unless the sentence plainly goes on; others were wrapped and are joined. Numbered and bulleted lines are lists; tables are known by their
 * rules or by the blank columns between their cells; a short line alone is a heading only if it stands over something.
 */
export const fromText = (input: ConvertInput): SourceTree => {
  const { text, messages } = decodeText(input.bytes, input.fileName);
  const { blocks, runningLines } = readText(text);
  return { ...emptyTree(blocks), messages, runningLines, unreadableCharacters: countUnreadable(text) };
};
