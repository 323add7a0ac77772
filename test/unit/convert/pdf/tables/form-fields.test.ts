import { describe, expect, test } from '@jest/globals';
import type { LayoutBlock, TableBlock, TableCell } from '../../../../../functions/src/convert/pdf/layout-model.ts';
import { formBlocks, isForm } from '../../../../../functions/src/convert/pdf/tables/form-fields.ts';

const COLUMN = { x0: 36, x1: 576, shift: 0 };

/** Boxes of one row, as [share of the width in tenths, text lines]. */
const row = (top: number, boxes: [number, ...string[]][]): { cells: TableCell[] } => {
  let x0 = 36;
  return {
    cells: boxes.map(([tenths, ...lines]) => {
      const x1 = x0 + 54 * tenths;
      const cell = { box: { x0, x1, top, bottom: top + 30 }, paragraphs: [lines], rowSpan: 1, columnSpan: tenths };
      x0 = x1;
      return lines.length === 0 ? { ...cell, paragraphs: [] } : cell;
    }),
  };
};

const tableOf = (rows: { cells: TableCell[] }[]): TableBlock => ({
  kind: 'table',
  pageNumber: 1,
  box: { x0: 36, x1: 576, top: 0, bottom: 30 * rows.length },
  columnCount: 10,
  headerRows: 1,
  boldHead: false,
  columnStarts: Array.from({ length: 10 }, (_, index) => 36 + 54 * index),
  rows,
});

const FORM = tableOf([
  row(0, [
    [6, 'ORDER FOR LAMPS'],
    [4, '1. REQUISITION NUMBER', 'HB-0417'],
  ]),
  row(30, [
    [2, '2. CONTRACT NO.'],
    [3, '3. DATE', '04/12/2027'],
    [5, '4. ORDER NUMBER'],
  ]),
  row(60, [
    [5, '5. ISSUED BY', 'Office of Lamps', '12 Quay Street'],
    [5, '6. RATING', 'DO-A7'],
  ]),
  row(90, [
    [1, 'ITEM'],
    [5, 'SUPPLIES'],
    [4, 'AMOUNT'],
  ]),
  row(120, [
    [1, '0001'],
    [5, 'Oil'],
    [4, '$290.00'],
  ]),
  row(150, [
    [1, '0002'],
    [5, 'Wicks'],
    [4, '$75.00'],
  ]),
  row(180, [[7, '7. SIGNATURE'], [3]]),
]);

const summary = (blocks: LayoutBlock[]): unknown[] =>
  blocks.map((block) =>
    block.kind !== 'table'
      ? block.lines.map((line) => (typeof line === 'string' ? line : line.text)).join(' ')
      : block.rows.map(({ cells }) => cells.map(({ paragraphs }) => paragraphs.flat().join(' '))),
  );

describe('form fields', () => {
  test('Boxes of a form are read as fields, each label with its value, and rows cut alike stay a table', () => {
    expect(isForm(FORM)).toBe(true);
    expect(summary(formBlocks(FORM, COLUMN))).toEqual([
      'ORDER FOR LAMPS',
      '1. REQUISITION NUMBER HB-0417',
      '2. CONTRACT NO.',
      '3. DATE 04/12/2027',
      '4. ORDER NUMBER',
      '5. ISSUED BY Office of Lamps 12 Quay Street',
      '6. RATING DO-A7',
      [
        ['ITEM', 'SUPPLIES', 'AMOUNT'],
        ['0001', 'Oil', '$290.00'],
        ['0002', 'Wicks', '$75.00'],
      ],
      '7. SIGNATURE',
    ]);
  });

  test('A schedule with titles over its rows is a table and no form', () => {
    const items = [1, 2, 3].map((index) =>
      row(30 * index, [
        [1, `000${index}`],
        [5, 'Oil'],
        [4, '$290.00'],
      ]),
    );
    expect(
      isForm(
        tableOf([
          row(0, [[10, 'Base period']]),
          ...items,
          row(150, [
            [6, 'Total'],
            [4, '$870.00'],
          ]),
        ]),
      ),
    ).toBe(false);
  });
});
