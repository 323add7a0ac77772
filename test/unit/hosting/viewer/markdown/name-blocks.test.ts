import { describe, expect, it } from '@jest/globals';
import { blockOf } from '../sample-blocks.ts';
import { nodesOf, treeOf } from './tree-of.ts';

const markdown = '# Scope\n\nFirst.\n\n- Outer\n  - Inner\n\n| A |\n| --- |\n| Cell |\n';
const blocks = [
  blockOf(markdown, 'Scope', { kind: 'heading', pageNumber: 1 }),
  blockOf(markdown, 'First.', { pageNumber: 2 }),
  blockOf(markdown, 'Outer', { kind: 'list_item', pageNumber: 2 }),
  blockOf(markdown, 'Inner', { kind: 'list_item', parentId: 'Outer', pageNumber: 3 }),
  blockOf(markdown, '| A', { blockId: 'table', kind: 'table', text: '' }),
  blockOf(markdown, 'Cell', { kind: 'table_cell', parentId: 'row', pageNumber: 3 }),
];

const namedOf = () =>
  nodesOf(treeOf(markdown, { blocks })).flatMap(({ type, data }) => {
    const name = data?.hProperties?.['data-block'];
    return name === undefined ? [] : [[type, name]];
  });

describe('the names of blocks in the Markdown', () => {
  it('stand once each, on the outermost element that begins with the block', () => {
    expect(namedOf()).toEqual([
      ['heading', 'Scope'],
      ['paragraph', 'First.'],
      ['listItem', 'Outer'],
      ['listItem', 'Inner'],
      ['tableCell', 'Cell'],
    ]);
  });

  it('say of an item that has its own number in its text that it needs no bullet, and of no other', () => {
    const listed = '- (a) Own number\n- Bullet\n';
    const items = [
      blockOf(listed, '(a) Own number', { kind: 'list_item', numbering: '(a)' }),
      blockOf(listed, 'Bullet', { kind: 'list_item', numbering: '•' }),
    ];
    const named = nodesOf(treeOf(listed, { blocks: items })).filter(({ data }) => data?.hProperties !== undefined);
    expect(named.map(({ data }) => data?.hProperties?.['data-numbered'])).toEqual(['', undefined]);
  });

  it('say of the first block of each page where it begins', () => {
    const pages = nodesOf(treeOf(markdown, { blocks })).flatMap(({ data }) => data?.hProperties?.['data-page'] ?? []);
    expect(pages).toEqual(['Page 1', 'Page 2', 'Page 3']);
  });
});
