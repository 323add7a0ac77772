/** A segment as remark reads it, changed as the page changes it before it is drawn. */
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { Block } from '../../../../../functions/src/contracts/document.ts';
import { createBlockLookup } from '../../../../../hosting/src/viewer/block-lookup.ts';
import type { MarkdownNode, Span } from '../../../../../hosting/src/viewer/markdown/markdown-tree.ts';
import { walkNodes } from '../../../../../hosting/src/viewer/markdown/markdown-tree.ts';
import { changeSegment } from '../../../../../hosting/src/viewer/markdown/remark-segment.ts';
import type { Segment } from '../../../../../hosting/src/viewer/markdown/segments.ts';

const words = {
  picture: (alt: string) => `[picture: ${alt}]`,
  pageLabel: (pageNumber: number) => `Page ${pageNumber}`,
};

export const treeOf = (
  markdown: string,
  {
    blocks = [],
    range = null,
    segment = { start: 0, end: markdown.length, head: '' },
  }: { blocks?: Block[]; range?: Span | null; segment?: Segment } = {},
): MarkdownNode => {
  const source = segment.head + markdown.slice(segment.start, segment.end);
  const tree: MarkdownNode = fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  changeSegment(tree, { segment, markdown, lookup: createBlockLookup({ blocks }), range, words });
  return tree;
};

export const textOf = (node: MarkdownNode): string => node.value ?? (node.children ?? []).map(textOf).join('');

export const nodesOf = (tree: MarkdownNode): MarkdownNode[] => {
  const found: MarkdownNode[] = [];
  walkNodes(tree, (node) => found.push(node));
  return found;
};

export const elementsOf = (tree: MarkdownNode, name: string): MarkdownNode[] =>
  nodesOf(tree).filter(({ data }) => data?.hName === name);

export const marksOf = (tree: MarkdownNode): string[] => elementsOf(tree, 'mark').map(textOf);
