/** Entries of a table of contents: rows of dots lead from a title to its page. What they name is a heading where it stands in the text. */
import type { LayoutBlock, TextBlock } from './layout-model.ts';

const LEADER = /\s*(?:\.{4,}|(?:\.\s){4,}\.?|…{2,}|_{6,})\s*/;
const SHORTEST = 4;

const wordsOf = ({ lines }: TextBlock): string => lines.map(({ text }) => text).join(' ');

export const isEntry = (text: string): boolean => LEADER.test(text);

/** By which a title and its entry are compared: letters and digits alone. */
export const entryKey = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** Keys of all titles that the document's tables of contents name. */
export const contentsEntries = (blocks: readonly LayoutBlock[]): Set<string> => {
  const keys = new Set<string>();
  for (const block of blocks) {
    if (block.kind !== 'text') continue;
    const text = wordsOf(block);
    const leader = LEADER.exec(text);
    const key = leader ? entryKey(text.slice(0, leader.index)) : '';
    if (key.length >= SHORTEST) keys.add(key);
  }
  return keys;
};
