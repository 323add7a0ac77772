import { describe, expect, test } from '@jest/globals';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';
import { makePdf, type PdfPage, textLines } from '../../../support/make-pdf.ts';
import { readPdf } from '../../../support/read-pdf.ts';

const write = async (pages: PdfPage[]) => toMarkdown(await readPdf(makePdf(pages)), 'd0');

describe('what goes on over the end of a page', () => {
  test('A paragraph says at which character each further page begins', async () => {
    const parts = [
      'The keeper writes down each ship that passes the harbour by night and',
      'sends the list to the office before the end of the week.',
    ];
    const { markdown, blocks } = await write(
      parts.map((part, index) => ({ texts: textLines([part], 72, index === 0 ? 700 : 80) })),
    );
    expect(blocks).toHaveLength(1);
    expect(blocks[0]?.pageNumber).toBe(1);
    expect(blocks[0]?.pageBreaks).toEqual([{ charStart: markdown.indexOf('sends'), pageNumber: 2 }]);
  });

  test('So does a list item, whose mark is not part of it', async () => {
    const { markdown, blocks } = await write([
      { texts: textLines(['(a) The keeper writes down each ship that passes the harbour by night and'], 72, 700) },
      { texts: textLines(['sends the list to the office before the end of the week.'], 90, 80) },
    ]);
    const item = blocks.find(({ kind }) => kind === 'list_item');
    expect(item?.pageBreaks).toEqual([{ charStart: markdown.indexOf('sends'), pageNumber: 2 }]);
  });

  test('Rows of a table carry the page on which they stand, and a box of their own', async () => {
    const row = (y: number, name: string, count: string) => [
      { text: name, x: 80, y },
      { text: count, x: 300, y },
    ];
    const grid = (top: number, rows: number): [number, number, number, number][] => [
      ...Array.from({ length: rows + 1 }, (_, index): [number, number, number, number] => [
        72,
        top + 20 * index,
        500,
        top + 20 * index,
      ]),
      ...[72, 290, 500].map((x): [number, number, number, number] => [x, top, x, top + 20 * rows]),
    ];
    const { blocks } = await write([
      { texts: [...row(664, 'Lamp', 'Count'), ...row(684, 'North', '4')], lines: grid(650, 2) },
      { texts: [...row(94, 'South', '7'), ...row(114, 'East', '9')], lines: grid(80, 2) },
    ]);
    const rows = blocks.filter(({ kind }) => kind === 'table_row');
    expect(rows.map(({ pageNumber }) => pageNumber)).toEqual([1, 1, 2, 2]);
    expect(blocks.find(({ text }) => text === 'East')?.pageNumber).toBe(2);
    expect(rows[2]?.bbox?.y).toBeCloseTo(80, 0);
  });
});
