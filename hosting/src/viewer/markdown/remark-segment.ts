/** What is done to the tree of a segment before it is drawn, in this order. */
import type { BlockLookup } from '../block-lookup.ts';
import { type InertWords, makeInert } from './inert-nodes.ts';
import { markRange } from './mark-range.ts';
import type { MarkdownNode, Span } from './markdown-tree.ts';
import { nameBlocks } from './name-blocks.ts';
import type { Segment } from './segments.ts';

export interface SegmentPlan {
  segment: Segment;
  markdown: string;
  lookup: BlockLookup;
  /** To be marked; null: nothing. */
  range: Span | null;
  words: InertWords;
}

export const changeSegment = (tree: MarkdownNode, { segment, markdown, lookup, range, words }: SegmentPlan): void => {
  nameBlocks(tree, lookup, segment, words.pageLabel);
  makeInert(tree, lookup, segment, words);
  if (range) markRange(tree, range, segment, markdown);
};
