/**
 * What a document may not do here: HTML becomes its text, or a table made of its blocks; pictures, links and notes become words.
 * Nothing that is left can load, run or lead anywhere. Pure but for the tree that it changes.
 */
import type { Block } from '../../../../functions/src/contracts/document.ts';
import type { BlockLookup } from '../block-lookup.ts';
import { element, type MarkdownNode, spanOf, text } from './markdown-tree.ts';
import { blockProperties } from './name-blocks.ts';
import type { Segment } from './segments.ts';

export interface InertWords {
  /** In the place of a picture. */
  picture: (alt: string) => string;
  pageLabel: (pageNumber: number) => string;
}

/** More would be a table that only wants to be large. */
const WIDEST_SPAN = 100;

const spanProperty = (name: string, span = 1): Record<string, number> =>
  span > 1 ? { [name]: Math.min(span, WIDEST_SPAN) } : {};

/** In which the offsets of the segment count, so that a mark finds it. */
const positionOf = ({ charStart, charEnd }: Block, { start, head }: Segment): MarkdownNode['position'] =>
  charStart === null || charEnd === null
    ? undefined
    : { start: { offset: charStart - start + head.length }, end: { offset: charEnd - start + head.length } };

const tableOf = (table: Block, lookup: BlockLookup, segment: Segment, words: InertWords): MarkdownNode => {
  const cellOf = (cell: Block): MarkdownNode =>
    element(
      cell.isHeader ? 'th' : 'td',
      {
        ...blockProperties(cell, lookup, words.pageLabel),
        ...spanProperty('rowSpan', cell.rowSpan),
        ...spanProperty('colSpan', cell.columnSpan),
      },
      [text(cell.text, positionOf(cell, segment))],
    );
  const rows = lookup
    .childrenOf(table.blockId)
    .map((row) => element('tr', {}, lookup.childrenOf(row.blockId).map(cellOf)));
  return element('table', {}, [element('tbody', {}, rows)]);
};

const leavesIn = (lookup: BlockLookup, from: number, to: number, table: Block | undefined): Block[] =>
  lookup.leaves.filter(
    ({ charStart }) => charStart >= from && charStart < to && !(table && isInside(charStart, table)),
  );

const isInside = (offset: number, { charStart, charEnd }: Block): boolean =>
  charStart !== null && charEnd !== null && offset >= charStart && offset < charEnd;

/** HTML between blocks: the blocks that were read from it; what nobody would have seen is shown as it is written. */
const flowHtml = (node: MarkdownNode, lookup: BlockLookup, segment: Segment, words: InertWords): MarkdownNode[] => {
  const span = spanOf(node, segment);
  const table = span ? lookup.tableIn(span.from, span.to) : undefined;
  const leaves = span ? leavesIn(lookup, span.from, span.to, table) : [];
  const read = [
    ...(table ? [{ at: table.charStart ?? 0, node: tableOf(table, lookup, segment, words) }] : []),
    ...leaves.map((leaf) => ({
      at: leaf.charStart ?? 0,
      node: element('p', blockProperties(leaf, lookup, words.pageLabel), [text(leaf.text, positionOf(leaf, segment))]),
    })),
  ].sort((a, b) => a.at - b.at);
  if (read.length > 0) return read.map((each) => each.node);
  return [element('pre', { 'data-raw': '' }, [text(node.value ?? '', node.position)])];
};

const FLOW_PARENTS: ReadonlySet<string> = new Set(['root', 'listItem', 'blockquote', 'footnoteDefinition']);

export const makeInert = (tree: MarkdownNode, lookup: BlockLookup, segment: Segment, words: InertWords): void => {
  const makeChildrenInert = (parent: MarkdownNode): void => {
    parent.children = parent.children?.flatMap((child) => {
      const replaced = inert(child, FLOW_PARENTS.has(parent.type));
      for (const each of replaced) makeChildrenInert(each);
      return replaced;
    });
  };
  const inert = (node: MarkdownNode, isFlow: boolean): MarkdownNode[] => {
    const { children = [], position } = node;
    switch (node.type) {
      case 'html':
        if (isFlow) return flowHtml(node, lookup, segment, words);
        return /^<br\s*\/?>$/i.test(node.value ?? '')
          ? [{ type: 'break' }]
          : [element('span', { 'data-raw': '' }, [text(node.value ?? '', position)])];
      case 'image':
      case 'imageReference':
        return [element('span', { 'data-picture': '' }, [text(words.picture(node.alt ?? ''), position)])];
      case 'link':
        return [element('span', { 'data-link': '', title: node.url ?? '' }, children, position)];
      case 'linkReference':
        return [element('span', { 'data-link': '' }, children, position)];
      case 'footnoteReference':
        return [element('sup', {}, [text(`[${node.label ?? node.identifier ?? ''}]`, position)])];
      case 'footnoteDefinition':
        return [
          {
            ...element('div', { ...node.data?.hProperties, 'data-note': '' }, [], position),
            children: [element('sup', {}, [text(`[${node.label ?? node.identifier ?? ''}] `)]), ...children],
          },
        ];
      default:
        return [node];
    }
  };
  makeChildrenInert(tree);
};
