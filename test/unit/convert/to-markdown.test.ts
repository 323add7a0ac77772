import { describe, expect, test } from '@jest/globals';
import type { List, PhrasingContent, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { Block } from '../../../functions/src/contracts/document.ts';
import { BlockSchema } from '../../../functions/src/contracts/document.ts';
import type { Provenance } from '../../../functions/src/convert/source-tree.ts';
import { toMarkdown } from '../../../functions/src/convert/to-markdown.ts';
import { randomParagraph, randomTree } from './random-tree.ts';
import { formOf, sourceTree } from './tree-form.ts';

const text = (value: string): PhrasingContent => ({ type: 'text', value });
const paragraph = (value: string, provenance?: Provenance): RootContent => ({
  type: 'paragraph',
  children: [text(value)],
  ...(provenance ? { data: { provenance } } : {}),
});
const write = (children: RootContent[]) => toMarkdown(sourceTree(children), 'd0');
const parse = (markdown: string) =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
const slice = (markdown: string, block: Block | undefined) =>
  markdown.slice(block?.charStart ?? 0, block?.charEnd ?? 0);
const items = (list: Omit<List, 'type' | 'children'>, ...numbering: string[]): List => ({
  ...list,
  type: 'list',
  children: numbering.map((number, index) => ({
    type: 'listItem',
    children: [paragraph(`item ${index}`) as never],
    data: { provenance: { numbering: number } },
  })),
});
const CONTAINERS = new Set(['table', 'table_row', 'quote']);

describe('the Markdown', () => {
  test('Reading it back gives the same structure and text, whatever the text holds', () => {
    for (let seed = 0; seed < 500; seed++) {
      const root = randomTree(seed);
      const { markdown } = write(root.children);
      expect({ seed, form: formOf(parse(markdown)) }).toEqual({ seed, form: formOf(root) });
    }
  });

  test('A paragraph of any characters stays one paragraph with the same text', () => {
    for (let seed = 0; seed < 1500; seed++) {
      const node = randomParagraph(seed);
      const { markdown } = write([node]);
      expect({ seed, form: formOf(parse(markdown)) }).toEqual({
        seed,
        form: formOf({ type: 'root', children: [node] }),
      });
    }
  });

  test.each([
    'See C.3.2(a), $5,000 and snake_case; 5 * 3 is #1 + 2.',
    'Signature: ____________ Date: ________',
    'Mark with * if late. [Reserved] (a) | (b)',
    'a < b && c > d, AT&T Inc., ~5 days',
    'Questions go to https://sam.gov/a_b or jane_doe@agency.gov.',
  ])('Text that cannot be misread stands without a backslash: %s', (value) => {
    expect(write([paragraph(value)]).markdown).toBe(`${value}\n`);
  });

  test('Emphasis that Markdown cannot express is left out, its text is not', () => {
    const { markdown } = write([
      { type: 'paragraph', children: [{ type: 'strong', children: [text('(a)')] }, text('shall')] },
    ]);
    expect(markdown).toBe('(a)shall\n');
  });

  test('White space at the edge of emphasis moves outside of it', () => {
    const strong: PhrasingContent = { type: 'strong', children: [text(' must ')] };
    expect(write([{ type: 'paragraph', children: [text('They'), strong, text('act')] }]).markdown).toBe(
      'They **must** act\n',
    );
  });
});

describe('lists', () => {
  test('Ordered lists keep the numbers shown, also where some are left out', () => {
    expect(write([items({ ordered: true, start: 3 }, '3.', '4.', '7.')]).markdown).toBe(
      '3. item 0\n4. item 1\n7. item 2\n',
    );
  });

  test('A number that Markdown does not know is shown as text before the item, outside its range', () => {
    const { markdown, blocks } = write([items({ ordered: true }, '(a)', '(b)')]);
    expect(markdown).toBe('- (a) item 0\n- (b) item 1\n');
    expect(blocks.map((block) => [block.numbering, slice(markdown, block)])).toEqual([
      ['(a)', 'item 0'],
      ['(b)', 'item 1'],
    ]);
  });

  test('Two lists in a row are read back as two', () => {
    const { markdown } = write([items({ ordered: false }, '•'), items({ ordered: false }, '•')]);
    expect(parse(markdown).children.map((node) => node.type)).toEqual(['list', 'list']);
  });

  test('What is nested in an item names it as its parent and has the next depth', () => {
    const outer = items({ ordered: false }, '•');
    outer.children[0]?.children.push(items({ ordered: true }, '1.'));
    const { blocks } = write([outer]);
    expect(blocks.map(({ kind, depth }) => [kind, depth])).toEqual([
      ['list_item', 1],
      ['list_item', 2],
    ]);
    expect(blocks[1]?.parentId).toBe(blocks[0]?.blockId);
  });
});

describe('tables', () => {
  const table = (rows: string[][], provenance?: Provenance): RootContent => ({
    type: 'table',
    children: rows.map((cells) => ({
      type: 'tableRow',
      children: cells.map((value, index) => ({
        type: 'tableCell',
        children: value === '' ? [] : [text(value)],
        ...(provenance && index === 0 ? { data: { provenance } } : {}),
      })),
    })),
  });

  test('Cells of one line become a pipe table, with bars in them escaped', () => {
    const { markdown, blocks } = write([
      table([
        ['A', 'B'],
        ['x|y', ''],
      ]),
    ]);
    expect(markdown).toBe('| A | B |\n| --- | --- |\n| x\\|y |  |\n');
    const cells = blocks.filter(({ kind }) => kind === 'table_cell');
    expect(cells.map((cell) => [slice(markdown, cell), cell.text, cell.isHeader ?? false])).toEqual([
      ['A', 'A', true],
      ['B', 'B', true],
      ['x\\|y', 'x|y', false],
      ['', '', false],
    ]);
  });

  test('A spanning cell makes the table HTML, with ranges inside the tags', () => {
    const { markdown, blocks } = write([table([['A & B', 'C']], { columnSpan: 2 })]);
    expect(markdown).toBe('<table>\n<tr><th colspan="2">A &amp; B</th><th>C</th></tr>\n</table>\n');
    const cell = blocks.find(({ kind }) => kind === 'table_cell');
    expect([slice(markdown, cell), cell?.text, cell?.columnSpan]).toEqual(['A &amp; B', 'A & B', 2]);
  });

  test('An empty first row stands for no header and has no block', () => {
    const { blocks } = write([
      table([
        ['', ''],
        ['x', 'y'],
      ]),
    ]);
    expect(blocks.map(({ kind, isHeader }) => [kind, isHeader])).toEqual([
      ['table', undefined],
      ['table_row', undefined],
      ['table_cell', undefined],
      ['table_cell', undefined],
    ]);
  });

  test('A table of many thousand rows is written', () => {
    const { blocks } = write([table(Array.from({ length: 150_000 }, () => ['x']))]);
    expect(blocks).toHaveLength(300_001);
  });
});

describe('the blocks', () => {
  test('Leaves never overlap, lie inside the Markdown, follow their parents and hold their own text', () => {
    for (let seed = 0; seed < 300; seed++) {
      const { markdown, blocks } = write(randomTree(seed).children);
      const known = new Set<string>();
      let end = 0;
      for (const block of blocks) {
        BlockSchema.parse(block);
        if (block.parentId !== undefined) expect(known).toContain(block.parentId);
        known.add(block.blockId);
        if (CONTAINERS.has(block.kind)) continue;
        expect(block.charStart).toBeGreaterThanOrEqual(end);
        end = block.charEnd ?? 0;
        expect(end).toBeLessThanOrEqual(markdown.length);
        const letters = (value: string) => value.replace(/[^\p{L}]/gu, '');
        if (!slice(markdown, block).includes('](') && !markdown.includes('<table>')) {
          expect(letters(slice(markdown, block))).toBe(letters(block.text));
        }
      }
      expect(known.size).toBe(blocks.length);
    }
  });

  test('The same tree gives the same ids, another document other ones', () => {
    const ids = (documentId: string) =>
      toMarkdown(sourceTree([paragraph('a'), paragraph('a')]), documentId).blocks.map(({ blockId }) => blockId);
    expect(ids('d1')).toEqual(ids('d1'));
    expect(new Set([...ids('d1'), ...ids('d2')]).size).toBe(4);
  });

  test('Running heads and feet stand at the edges of their page and nowhere in the Markdown', () => {
    const tree = sourceTree([paragraph('one', { pageNumber: 1 }), paragraph('two', { pageNumber: 2 })], {
      runningLines: [
        { text: 'foot 1', pageNumber: 1, position: 'foot' },
        { text: 'head 2', pageNumber: 2, position: 'head' },
        { text: 'head 3', pageNumber: 3, position: 'head' },
      ],
    });
    const { markdown, blocks } = toMarkdown(tree, 'd0');
    expect(blocks.map((block) => [block.text, block.charStart])).toEqual([
      ['one', 0],
      ['foot 1', null],
      ['head 2', null],
      ['two', 5],
      ['head 3', null],
    ]);
    expect(markdown).toBe('one\n\ntwo\n');
  });

  test('A note is a leaf with its label, further paragraphs stand below it', () => {
    const note: RootContent = {
      type: 'footnoteDefinition',
      identifier: '1',
      children: [paragraph('First.') as never, paragraph('Second.') as never],
    };
    const { markdown, blocks } = write([note]);
    expect(markdown).toBe('[^1]: First.\n\n    Second.\n');
    expect(blocks.map(({ kind, numbering, text: own }) => [kind, numbering, own])).toEqual([
      ['footnote', '1', 'First.'],
      ['paragraph', undefined, 'Second.'],
    ]);
    expect(blocks[1]?.parentId).toBe(blocks[0]?.blockId);
  });
});

describe('page breaks', () => {
  const onPage = (value: string, pageNumber: number): PhrasingContent => ({
    type: 'text',
    value,
    data: { provenance: { pageNumber } },
  });
  const pageStarts = (node: RootContent): (string | number)[][] => {
    const { markdown, blocks } = write([node]);
    return blocks.flatMap(({ charEnd, pageBreaks = [] }) =>
      pageBreaks.map(({ charStart, pageNumber }) => [pageNumber, markdown.slice(charStart, charEnd ?? 0)]),
    );
  };

  test('Each further page of a leaf begins at its own offset, also behind breaks and the marks of quotations', () => {
    const children: PhrasingContent[] = [
      text('a * b'),
      { type: 'break' },
      text('c '),
      onPage('d_e * ', 2),
      text('f '),
      { type: 'strong', children: [onPage('g', 3)] },
    ];
    expect(pageStarts({ type: 'paragraph', children })).toEqual([
      [2, 'd_e * f **g**'],
      [3, 'g**'],
    ]);
    expect(pageStarts({ type: 'blockquote', children: [{ type: 'paragraph', children }] })).toEqual(
      pageStarts({ type: 'paragraph', children }),
    );
  });

  test('A cell that goes on over a page says so, with pipes and as HTML', () => {
    const row = (children: PhrasingContent[], columnSpan: number): RootContent => ({
      type: 'table',
      children: [
        {
          type: 'tableRow',
          children: [{ type: 'tableCell', data: { provenance: { columnSpan } }, children }],
        },
      ],
    });
    for (const span of [1, 2]) expect(pageStarts(row([text('one '), onPage('two', 2)], span))).toEqual([[2, 'two']]);
  });
});
