import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { blockOf } from '../sample-blocks.ts';
import { elementsOf, nodesOf, textOf, treeOf } from './tree-of.ts';

const HOSTILE = readFileSync(join(import.meta.dirname, '../../../../fixtures/hostile/markdown.md'), 'utf8');

describe('a hostile document', () => {
  it('keeps no node that the page would draw as HTML, a link or a picture', () => {
    const types = new Set(nodesOf(treeOf(HOSTILE)).map(({ type }) => type));
    for (const type of ['html', 'link', 'linkReference', 'image', 'imageReference']) expect(types).not.toContain(type);
  });

  it('names no element but those that can do nothing', () => {
    const names = new Set(nodesOf(treeOf(HOSTILE)).flatMap(({ data }) => data?.hName ?? []));
    expect([...names].filter((name) => !['pre', 'span', 'sup', 'div', 'p', 'mark'].includes(name))).toEqual([]);
  });

  it('gives an element no property but a title and data attributes', () => {
    const properties = nodesOf(treeOf(HOSTILE)).flatMap(({ data }) => Object.keys(data?.hProperties ?? {}));
    expect(properties.filter((name) => name !== 'title' && !name.startsWith('data-'))).toEqual([]);
  });

  it('shows a script, a comment and a frame as the text that they are', () => {
    const shown = textOf(treeOf(HOSTILE));
    expect(shown).toContain("window.hostile = 'block script'");
    expect(shown).toContain('<!-- An instruction that nobody sees');
    expect(shown).toContain('<iframe src="https://attacker.example/frame"');
  });
});

describe('what stands in the place of pictures and links', () => {
  it('is the alternative text of a picture', () => {
    expect(textOf(treeOf('![A map](https://attacker.example/map.png)'))).toBe('[picture: A map]');
  });

  it('is the text of a link, with the address to be read', () => {
    const [link] = elementsOf(treeOf('See [the notice](https://sam.example/1).'), 'span');
    expect(link && textOf(link)).toBe('the notice');
    expect(link?.data?.hProperties).toEqual({ 'data-link': '', title: 'https://sam.example/1' });
  });

  it('is the note itself, whether or not anything refers to it', () => {
    expect(textOf(treeOf('[^1]: Prices include travel.\n'))).toBe('[1] Prices include travel.');
  });
});

describe('a table in HTML', () => {
  const markdown =
    '<table>\n<tr><th colspan="2">Limits</th></tr>\n<tr><td>Volume</td><td>10 &amp; more</td></tr>\n</table>\n';
  const blocks = [
    blockOf(markdown, '<table>', { blockId: 't', kind: 'table', text: '', charEnd: markdown.length - 1 }),
    blockOf(markdown, '<tr><th', { blockId: 'r1', kind: 'table_row', parentId: 't' }),
    blockOf(markdown, 'Limits', { kind: 'table_cell', parentId: 'r1', isHeader: true, columnSpan: 99_999_999 }),
    blockOf(markdown, '<tr><td>', { blockId: 'r2', kind: 'table_row', parentId: 't' }),
    blockOf(markdown, 'Volume', { kind: 'table_cell', parentId: 'r2' }),
    blockOf(markdown, '10 &amp; more', { blockId: 'c', kind: 'table_cell', parentId: 'r2', text: '10 & more' }),
  ];

  it('is made of its blocks, with their names', () => {
    const tree = treeOf(markdown, { blocks });
    expect(elementsOf(tree, 'td').map(textOf)).toEqual(['Volume', '10 & more']);
    expect(elementsOf(tree, 'td').map(({ data }) => data?.hProperties?.['data-block'])).toEqual(['Volume', 'c']);
    expect(elementsOf(tree, 'pre')).toEqual([]);
  });

  it('has no cell wider than a table can be', () => {
    expect(elementsOf(treeOf(markdown, { blocks }), 'th')[0]?.data?.hProperties?.colSpan).toBe(100);
  });

  it('marks the cell that the range touches', () => {
    const from = markdown.indexOf('10 &amp;');
    const tree = treeOf(markdown, { blocks, range: { from, to: from + 8 } });
    expect(elementsOf(tree, 'mark').map(textOf)).toEqual(['10 &']);
  });
});
