/** Writes onto every node of the Markdown which block it is, and where a page begins. Pure but for the tree that it changes. */
import type { BlockLookup, Leaf } from '../block-lookup.ts';
import { type MarkdownNode, spanOf, walkNodes } from './markdown-tree.ts';
import type { Segment } from './segments.ts';

const BLOCK_NODES: ReadonlySet<string> = new Set([
  'paragraph',
  'heading',
  'listItem',
  'tableCell',
  'code',
  'footnoteDefinition',
]);

/** The properties by which a click finds its block and a page break is drawn. */
export const blockProperties = (
  { blockId, charStart }: { blockId: string; charStart: number | null },
  lookup: BlockLookup,
  pageLabel: (pageNumber: number) => string,
): Record<string, string> => {
  const page = charStart === null ? undefined : lookup.pageStarts.get(charStart);
  return { 'data-block': blockId, ...(page === undefined ? {} : { 'data-page': pageLabel(page) }) };
};

/** An item that says its own number, "(a)", is not given a bullet as well. */
const numberedProperty = ({ kind, numbering, text }: Leaf): Record<string, string> =>
  kind === 'list_item' && numbering !== undefined && text.startsWith(numbering) ? { 'data-numbered': '' } : {};

/** A paragraph inside of a list item is the item: a block is named once, on the outermost node that begins with it. */
export const nameBlocks = (
  tree: MarkdownNode,
  lookup: BlockLookup,
  segment: Segment,
  pageLabel: (pageNumber: number) => string,
): void => {
  const named = new Set<string>();
  walkNodes(tree, (node) => {
    if (!BLOCK_NODES.has(node.type)) return;
    const span = spanOf(node, segment);
    const leaf = span && lookup.leafIn(span.from, span.to);
    if (!leaf || named.has(leaf.blockId)) return;
    named.add(leaf.blockId);
    node.data = {
      ...node.data,
      hProperties: { ...blockProperties(leaf, lookup, pageLabel), ...numberedProperty(leaf) },
    };
  });
};
