import { describe, expect, test } from '@jest/globals';
import type { Document } from '../../../functions/src/contracts/document.ts';
import { createConverter } from '../../../functions/src/convert/index.ts';
import { parseMarkdown } from '../../../functions/src/convert/markdown/parse-markdown.ts';
import { toMarkdown } from '../../../functions/src/convert/to-markdown.ts';
import { randomTree } from './random-tree.ts';
import { sourceTree } from './tree-form.ts';

const limits = { pdfBytes: 1e9, officeBytes: 1e9, textBytes: 1e9, otherBytes: 1e9, unpackedBytes: 1e9 };
const convert = (markdown: string): Promise<Document> =>
  createConverter({ pdfiumWasm: new Uint8Array() }).convert(
    { bytes: new TextEncoder().encode(markdown), fileName: 'a.md' },
    limits,
  );
const leaves = ({ blocks }: Document) => blocks.filter(({ kind }) => !['table', 'table_row', 'quote'].includes(kind));
const shown = (document: Document) =>
  leaves(document).map((block) => [block.kind, document.markdown.slice(block.charStart ?? 0, block.charEnd ?? 0)]);

/** How many leaves each character of the Markdown lies in. */
const coverage = (document: Document): number[] => {
  const counts = Array.from({ length: document.markdown.length }, () => 0);
  for (const { charStart, charEnd } of leaves(document)) {
    for (let i = charStart ?? 0; i < (charEnd ?? 0); i++) counts[i] = (counts[i] ?? 0) + 1;
  }
  return counts;
};
const MARKUP = /[\s\p{P}\p{S}\d]/u;

describe('Markdown input', () => {
  test('The canonical Markdown is the file to the letter, line ends and all', async () => {
    const markdown = '#  Scope \r\n\r\n* one\r\n* two  \r\n';
    const document = await convert(`\ufeff${markdown}`);
    expect(document.markdown).toBe(markdown);
    expect(shown(document)).toEqual([
      ['heading', 'Scope'],
      ['list_item', 'one'],
      ['list_item', 'two'],
    ]);
  });

  test('Every letter lies in exactly one leaf', async () => {
    for (let seed = 0; seed < 200; seed++) {
      const { markdown } = toMarkdown(sourceTree(randomTree(seed).children), 'd0');
      const document = await convert(markdown);
      const inTags = new Set<number>();
      for (const tag of markdown.matchAll(/<\/?(?:table|tr|t[dh])[^>]*>/g)) {
        for (let i = 0; i < tag[0].length; i++) inTags.add(tag.index + i);
      }
      coverage(document).forEach((count, index) => {
        const character = markdown[index] ?? '';
        if (MARKUP.test(character) || inTags.has(index)) expect(count).toBeLessThanOrEqual(1);
        else expect({ seed, index, around: markdown.slice(index - 20, index + 20), count }).toMatchObject({ count: 1 });
      });
    }
  });

  test('Cells of raw HTML tables are cells, also where empty lines cut the table up', async () => {
    const markdown =
      'Intro\n\n<table>\n<tr><th>Item</th><th colspan="2">Due</th></tr>\n\n<tr><td>Quote &amp; plan</td>\n\n<td>May 1</td></tr></table> after\n';
    const document = await convert(markdown);
    expect(shown(document)).toEqual([
      ['paragraph', 'Intro'],
      ['table_cell', 'Item'],
      ['table_cell', 'Due'],
      ['table_cell', 'Quote &amp; plan'],
      ['table_cell', 'May 1'],
      ['paragraph', 'after'],
    ]);
    expect(document.blocks.filter(({ kind }) => kind === 'table_row')).toHaveLength(2);
    expect(document.blocks.map(({ text }) => text)).toContain('Quote & plan');
  });

  test('Text in other HTML blocks is in leaves, comments and scripts are findings', async () => {
    const document = await convert('<div>\n<h2>Title</h2>\n<p>Body <b>bold</b></p>\n</div>\n\n<!-- secret -->\n');
    expect(shown(document)).toEqual([
      ['heading', 'Title'],
      ['paragraph', 'Body <b>bold</b>'],
    ]);
    expect(document.safety.map(({ code }) => code)).toEqual(['HIDDEN_TEXT']);
  });

  test('Front matter is metadata and no text, and stays in the Markdown', async () => {
    const markdown = '---\ntitle: "My RFP"\ntags:\n  - a\n  - b\n---\n\nText\n';
    const document = await convert(markdown);
    expect([document.markdown, document.title, document.metadata.tags]).toEqual([markdown, 'My RFP', 'a, b']);
    expect(shown(document)).toEqual([['paragraph', 'Text']]);
  });

  test('A rule at the start of the file is no front matter', async () => {
    expect(shown(await convert('---\nThe offeror shall: act.\n\nSee below\n---\n')).length).toBeGreaterThan(1);
  });

  test('Code without its fences, cells without their bars, items with their numbers', async () => {
    const document = await convert('```js\nlet a;\n```\n\n| a | b |\n|---|---|\n| c |  |\n\n4) four\n   - below\n');
    expect(shown(document)).toEqual([
      ['code', 'let a;'],
      ['table_cell', 'a'],
      ['table_cell', 'b'],
      ['table_cell', 'c'],
      ['table_cell', ''],
      ['list_item', 'four'],
      ['list_item', 'below'],
    ]);
    expect(leaves(document).find(({ text }) => text === 'four')?.numbering).toBe('4)');
  });

  test('Quotations nested thousands deep are read without losing the text', async () => {
    const document = await convert(`${'>'.repeat(2000)} deep`);
    expect(leaves(document).map(({ text }) => text)).toEqual(['deep']);
  });
});

describe('hostile Markdown', () => {
  const codesOf = ({ messages }: Document) => messages.map(({ code }) => code);

  test('A line in more quotations or lists than anyone can follow is plain text, and the text after it is read as ever', async () => {
    const document = await convert(`${'>'.repeat(100_000)} The deep line.\n\n# Heading\n`);
    expect(shown(document)).toEqual([
      ['paragraph', 'The deep line.'],
      ['heading', 'Heading'],
    ]);
    expect(codesOf(document)).toEqual(['NESTING_FLATTENED']);
    const list = Array.from({ length: 60 }, (_, depth) => `${'  '.repeat(depth)}- item ${depth}\n`).join('');
    const nested = await convert(list);
    expect(leaves(nested).map(({ text }) => text)).toEqual(Array.from({ length: 60 }, (_, depth) => `item ${depth}`));
  });

  test('A paragraph too long to be one is one block of plain text', async () => {
    const long = '`a ``b '.repeat(10_000).trim();
    const document = await convert(`Before.\n\n${long}\n\n*After.*\n`);
    expect(leaves(document).map(({ text }) => text)).toEqual(['Before.', long, 'After.']);
    expect(codesOf(document)).toEqual(['PARAGRAPH_AS_PLAIN_TEXT']);
  });

  test('Long lists, tables and HTML tables are read whole although they hold no empty line', async () => {
    const items = Array.from({ length: 5000 }, (_, index) => `- The item number ${index}\n`).join('');
    const list = await convert(items);
    expect(list.blocks).toHaveLength(5000);
    expect(list.messages).toEqual([]);
    const rows = Array.from({ length: 5000 }, (_, index) => `| lamp ${index} | lit |\n`).join('');
    const table = await convert(`| Name | State |\n| --- | --- |\n${rows}`);
    expect(table.blocks.filter(({ kind }) => kind === 'table')).toHaveLength(1);
    expect(table.blocks.filter(({ kind }) => kind === 'table_row')).toHaveLength(5001);
    expect(table.blocks.filter(({ isHeader }) => isHeader)).toHaveLength(2);
    expect(shown(table).at(-2)).toEqual(['table_cell', 'lamp 4999']);
    expect(table.blocks[0]?.charEnd).toBe(table.markdown.trimEnd().length);
    const html = await convert(`<table>\n${'<tr><td>a lamp</td><td>lit</td></tr>\n'.repeat(3000)}</table>\n`);
    expect(html.blocks.filter(({ kind }) => kind === 'table_row')).toHaveLength(3000);
    expect(html.messages).toEqual([]);
  });
});

describe('parsing in pieces', () => {
  test('Pieces give the same tree as the whole', () => {
    const parts = [
      '# One\n\ntext [a] and [^n]\n\n',
      '- item\n\n  # inside\n\n  more\n\n',
      '```\n\n# no heading\n\ncode\n```\n\n',
      '<!--\n\nHidden text\n\n-->\n\n',
      '| a |\n| - |\n| b |\n\n',
      'Plain text\nover lines\n\n',
      '[a]: http://x.example\n\n[^n]: note\n\n',
    ];
    const markdown = [...parts, ...parts, ...parts].join('');
    const nodes = [...parseMarkdown(markdown, 10).nodes];
    expect(nodes).toEqual([...parseMarkdown(markdown, markdown.length).nodes]);
    expect(nodes.length).toBeGreaterThan(15);
  });
});
