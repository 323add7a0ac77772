import { expect, test } from '@jest/globals';
import { aroundTables } from '../../../../functions/src/convert/pdf/around-tables.ts';
import type { TableBlock } from '../../../../functions/src/convert/pdf/layout-model.ts';
import type { Segment } from '../../../../functions/src/convert/pdf/page-model.ts';
import { groupRows } from '../../../../functions/src/convert/pdf/rows.ts';
import { segmentOf } from '../../../support/page-pieces.ts';

const table: TableBlock = {
  kind: 'table',
  pageNumber: 1,
  box: { x0: 300, top: 100, x1: 500, bottom: 200 },
  columnCount: 2,
  headerRows: 1,
  boldHead: false,
  rows: [],
  columnStarts: [300, 400],
};

const order = (segments: Segment[]): string[] =>
  aroundTables(groupRows(segments), [table]).flatMap((part) =>
    Array.isArray(part) ? part.map(([first]) => first?.text ?? '') : ['[table]'],
  );

test('Text above a table is read before it, text below and right of it behind', () => {
  const right = segmentOf('right', 520, 150);
  expect(order([segmentOf('above', 300, 90), right, segmentOf('below', 300, 220)])).toEqual([
    'above',
    '[table]',
    'right',
    'below',
  ]);
});

test('Text left of a table is read before it, as far down as it goes on', () => {
  const left = [150, 162, 174, 186, 198, 210].map((baseline) => segmentOf(`left ${baseline}`, 72, baseline));
  expect(order([...left, segmentOf('another text', 72, 260)])).toEqual([
    ...left.map(({ text }) => text),
    '[table]',
    'another text',
  ]);
});
