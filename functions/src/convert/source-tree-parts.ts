/** Small pieces that every converter of a format without pages needs. */
import type { RootContent } from 'mdast';
import type { SourceTree } from './source-tree.ts';

/** A tree without pages, messages or findings. */
export const emptyTree = (children: RootContent[]): SourceTree => ({
  root: { type: 'root', children },
  pageBasis: 'none',
  pages: [],
  runningLines: [],
  messages: [],
  safety: [],
  pagesNeedingOcr: [],
  unreadableCharacters: 0,
  metadata: {},
});

/** How often U+FFFD stands in a text: each was a character that could not be decoded. */
export const countUnreadable = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('\ufffd'); at !== -1; at = text.indexOf('\ufffd', at + 1)) count++;
  return count;
};
