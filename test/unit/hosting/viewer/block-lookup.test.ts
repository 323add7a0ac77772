import { describe, expect, it } from '@jest/globals';
import { createBlockLookup } from '../../../../hosting/src/viewer/block-lookup.ts';
import { blockOf } from './sample-blocks.ts';

const markdown = '# Scope\n\n| Volume | Limit |\n| --- | --- |\n| I | 10 |\n\nThe end.\n';
const box = { x: 0, y: 0, width: 10, height: 10 };
const lookup = createBlockLookup({
  blocks: [
    {
      blockId: 'foot',
      kind: 'header_footer',
      text: 'Page 1',
      charStart: null,
      charEnd: null,
      pageNumber: 1,
      bbox: box,
    },
    blockOf(markdown, 'Scope', { kind: 'heading', pageNumber: 1, bbox: box }),
    blockOf(markdown, '| Volume', { blockId: 'table', kind: 'table', pageNumber: 1, bbox: box }),
    blockOf(markdown, ' Volume', { blockId: 'row', kind: 'table_row', parentId: 'table', pageNumber: 1, bbox: box }),
    blockOf(markdown, 'Volume', { kind: 'table_cell', parentId: 'row', pageNumber: 1, bbox: box }),
    blockOf(markdown, 'Limit', { kind: 'table_cell', parentId: 'row', pageNumber: 1 }),
    blockOf(markdown, 'The end.', { pageNumber: 3, bbox: box }),
  ],
});
const at = (text: string) => markdown.indexOf(text);

describe('the blocks of a document', () => {
  it('are found by an offset in their range, its end excluded', () => {
    expect(lookup.leafAt(at('cope'))?.blockId).toBe('Scope');
    expect(lookup.leafAt(at('Scope') + 5)).toBeUndefined();
    expect(lookup.leafAt(0)).toBeUndefined();
  });

  it('are found by where they begin, and a table is no leaf', () => {
    expect(lookup.leafIn(at('| Volume'), at('Limit'))?.blockId).toBe('Volume');
    expect(lookup.leafIn(at('The end.') + 1, markdown.length)).toBeUndefined();
    expect(lookup.tableIn(0, markdown.length)?.blockId).toBe('table');
  });

  it('of a page are those with a box and text of their own, without its head and foot', () => {
    expect(lookup.onPage(1).map(({ blockId }) => blockId)).toEqual(['Scope', 'Volume']);
    expect(lookup.onPage(2)).toEqual([]);
  });

  it('begin a page where the first of its leaves does', () => {
    expect([...lookup.pageStarts]).toEqual([
      [at('Scope'), 1],
      [at('The end.'), 3],
    ]);
    expect(lookup.startOfPage(2)).toBe(at('The end.'));
    expect(lookup.startOfPage(4)).toBeUndefined();
  });

  it('are shown by their first leaf when they only hold others', () => {
    const table = lookup.byId('table');
    expect(table && lookup.firstLeafOf(table).blockId).toBe('Volume');
  });
});
