import { expect, test } from '@jest/globals';
import { joinFlows } from '../../../../functions/src/convert/pdf/join-flows.ts';
import type { TableBlock } from '../../../../functions/src/convert/pdf/layout-model.ts';

const BOX = { x0: 72, x1: 472, top: 100, bottom: 120 };

const tableOf = (pageNumber: number, rows: string[][]): TableBlock => ({
  kind: 'table',
  pageNumber,
  box: BOX,
  columnCount: 3,
  headerRows: 1,
  boldHead: false,
  columnStarts: [72, 200, 300],
  rows: rows.map((row) => ({
    cells: row.map((text) => ({ box: BOX, rowSpan: 1, columnSpan: 1, paragraphs: text === '' ? [] : [[text]] })),
  })),
});

const HEAD = ['Lot', 'Goods', 'Date'];

const lastRowOf = (before: string[], after: string[]): string[][][] | undefined => {
  const [table] = joinFlows([[tableOf(1, [HEAD, before])], [tableOf(2, [HEAD, after])]]).blocks;
  return table?.kind === 'table' ? table.rows.at(-1)?.cells.map(({ paragraphs }) => paragraphs) : undefined;
};

test('In a row that a page break cuts, a cell goes on in its sentence, with a figure too', () => {
  expect(lastRowOf(['1', 'Lamp for the', '15 June'], ['', 'northern pier', '2027'])).toEqual([
    [['1']],
    [['Lamp for the', 'northern pier']],
    [['15 June', '2027']],
  ]);
});

test('In a row that a page break cuts, what follows the end of a sentence or has a mark of its own is a new paragraph', () => {
  expect(lastRowOf(['1', 'Lamp for the', 'By June.'], ['', 'northern pier', 'Not later'])?.[2]).toEqual([
    ['By June.'],
    ['Not later'],
  ]);
  expect(lastRowOf(['1', 'Lamp for the', '(a) oil'], ['', 'northern pier', '(b) wicks'])?.[2]).toEqual([
    ['(a) oil'],
    ['(b) wicks'],
  ]);
});
