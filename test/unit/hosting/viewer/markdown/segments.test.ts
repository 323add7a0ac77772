import { describe, expect, it } from '@jest/globals';
import { segmentAt, segmentsOf } from '../../../../../hosting/src/viewer/markdown/segments.ts';
import { blockOf } from '../sample-blocks.ts';

const paragraphs = Array.from({ length: 40 }, (_, index) => `Paragraph ${index} says what it says.`);
const text = `${paragraphs.join('\n\n')}\n`;
const blocks = paragraphs.map((paragraph) => blockOf(text, paragraph));

const partsOf = (markdown: string, segments: ReturnType<typeof segmentsOf>) =>
  segments.map(({ start, end }) => markdown.slice(start, end));

describe('segments of Markdown', () => {
  it('are together the whole of it, and none is empty', () => {
    const segments = segmentsOf(text, blocks, 200);
    expect(segments.length).toBeGreaterThan(4);
    expect(partsOf(text, segments).join('')).toBe(text);
    for (const { start, end } of segments) expect(end).toBeGreaterThan(start);
  });

  it('begin with a block that stands after an empty line', () => {
    for (const part of partsOf(text, segmentsOf(text, blocks, 200))) expect(part).toMatch(/^Paragraph \d/);
  });

  it('never cut a paragraph, a nested item or a block that follows without an empty line', () => {
    const markdown = '- Outer\n  - Inner\n\nOne line\nand another\n';
    const nested = [
      blockOf(markdown, 'Outer', { kind: 'list_item' }),
      blockOf(markdown, 'Inner', { kind: 'list_item', parentId: 'Outer' }),
      blockOf(markdown, 'One line'),
      blockOf(markdown, 'and another'),
    ];
    expect(partsOf(markdown, segmentsOf(markdown, nested, 1))).toEqual([
      '- Outer\n  - Inner\n\n',
      'One line\nand another\n',
    ]);
  });

  it('cut a long table between rows and repeat its head', () => {
    const head = '| Volume | Limit |\n| --- | --- |\n';
    const rows = ['| I | 1 |\n', '| II | 2 |\n', '| III | 3 |\n'];
    const markdown = `${head}${rows.join('')}`;
    const table = [
      blockOf(markdown, '| Volume', { blockId: 't', kind: 'table' }),
      blockOf(markdown, ' Volume', { blockId: 'h', kind: 'table_row', parentId: 't' }),
      ...['| I |', '| II |', '| III |'].map((row) => blockOf(markdown, row, { kind: 'table_row', parentId: 't' })),
    ];
    const segments = segmentsOf(markdown, table, 10);
    expect(partsOf(markdown, segments)).toEqual([head, ...rows]);
    expect(segments.map((segment) => segment.head)).toEqual(['', head, head, head]);
  });

  it('are found by an offset, the last one for what lies behind the end', () => {
    const segments = segmentsOf(text, blocks, 200);
    expect(segmentAt(segments, 0)).toBe(0);
    expect(segmentAt(segments, segments[2]?.start ?? 0)).toBe(2);
    expect(segmentAt(segments, 1e9)).toBe(segments.length - 1);
  });

  it('are none for a document without text', () => {
    expect(segmentsOf('', [])).toEqual([]);
  });
});
