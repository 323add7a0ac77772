import { describe, expect, test } from '@jest/globals';
import { mergeRules } from '../../../../functions/src/convert/pdf/merge-rules.ts';
import type { Rule } from '../../../../functions/src/convert/pdf/page-model.ts';
import { findRuledTables } from '../../../../functions/src/convert/pdf/ruled-tables.ts';
import { segmentOf } from '../../../support/page-pieces.ts';

const across = (at: number, from = 100, to = 400): Rule => ({ direction: 'horizontal', at, from, to });
const down = (at: number, from: number, to: number): Rule => ({ direction: 'vertical', at, from, to });

const textsOf = (rules: Rule[], pieces: [string, number, number][]): string[][][] =>
  findRuledTables(
    pieces.map(([text, x, y]) => segmentOf(text, x, y)),
    mergeRules(rules),
    1,
  ).tables.map(({ rows }) => rows.map(({ cells }) => cells.map(({ paragraphs }) => paragraphs.flat().join(' '))));

const GRID = [across(100), across(120), across(140), down(100, 100, 140), down(250, 100, 140), down(400, 100, 140)];
const PIECES: [string, number, number][] = [
  ['Lamp', 105, 113],
  ['Place', 255, 113],
  ['North', 105, 133],
  ['Pier', 255, 133],
];

describe('findRuledTables', () => {
  test('Text is put into the cell that it stands in', () => {
    expect(textsOf(GRID, PIECES)).toEqual([
      [
        ['Lamp', 'Place'],
        ['North', 'Pier'],
      ],
    ]);
  });

  test('A wall that is drawn in pieces, cell by cell, is a wall', () => {
    const pieces = [
      ...GRID.filter(({ at }) => at !== 120),
      across(120.4, 100, 250),
      across(119.9, 250, 400),
      across(120.3, 250, 400),
    ];
    expect(textsOf(pieces, PIECES)).toEqual(textsOf(GRID, PIECES));
  });

  test('Cells without a wall between them are one, over rows as well', () => {
    const rules = GRID.map((rule) => (rule.at === 120 ? across(120, 250, 400) : rule));
    const [table] = findRuledTables(
      [segmentOf('Lamp', 105, 123), segmentOf('Place', 255, 113), segmentOf('Pier', 255, 133)],
      mergeRules(rules),
      1,
    ).tables;
    expect(table?.rows[0]?.cells[0]).toMatchObject({ rowSpan: 2, columnSpan: 1 });
    expect(table?.rows[1]?.cells).toHaveLength(1);
  });

  test('Blank rows with the same walls are there to be filled in and are kept, a blank band without walls is not', () => {
    const blank = [across(160), across(180), ...[100, 250, 400].map((x) => down(x, 140, 180))];
    const rows = textsOf([...GRID, ...blank], PIECES)[0];
    expect(rows?.slice(2)).toEqual([
      ['', ''],
      ['', ''],
    ]);
    const band = [across(160), ...[100, 400].map((x) => down(x, 140, 160))];
    expect(textsOf([...GRID, ...band], PIECES)[0]).toHaveLength(2);
  });

  test('A box around text is no table', () => {
    const box = [across(100), across(140), down(100, 100, 140), down(400, 100, 140)];
    expect(textsOf(box, PIECES)).toEqual([]);
  });

  test('Text outside of the grid is left for the page', () => {
    const outside = segmentOf('Below', 105, 200);
    expect(
      findRuledTables([segmentOf('Lamp', 105, 113), segmentOf('Pier', 255, 133), outside], mergeRules(GRID), 1).rest,
    ).toEqual([outside]);
  });
});
