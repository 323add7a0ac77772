import { describe, expect, test } from '@jest/globals';
import { layoutPages } from '../../../../../functions/src/convert/pdf/layout-page.ts';
import type { Rule, Segment } from '../../../../../functions/src/convert/pdf/page-model.ts';
import { wallsOfBlankBands } from '../../../../../functions/src/convert/pdf/tables/blank-bands.ts';
import { pageOf, segmentOf } from '../../../../support/page-pieces.ts';

const across = (at: number, from = 72, to = 472): Rule => ({ direction: 'horizontal', at, from, to });
const NAMES = [segmentOf('Owner', 75, 112), segmentOf('Harbour', 175, 112), segmentOf('Telephone', 300, 112)];
const RULES = [across(100), across(118), across(150)];

describe('wallsOfBlankBands', () => {
  test('A head between two rules over a blank band is a table with a row to be filled in', () => {
    const [block] = layoutPages([pageOf(1, NAMES, RULES)]).flat();
    const rows = block?.kind === 'table' ? block.rows : [];
    expect(rows.map(({ cells }) => cells.map(({ paragraphs }) => paragraphs.flat().join(' ')))).toEqual([
      ['Owner', 'Harbour', 'Telephone'],
      ['', '', ''],
    ]);
  });

  test('Where text stands in the band, or the band is as low as a line drawn double, there is none', () => {
    const filled: Segment[] = [...NAMES, segmentOf('The list of all towers.', 75, 134)];
    expect(wallsOfBlankBands(filled, RULES)).toEqual([]);
    expect(wallsOfBlankBands(NAMES, [across(100), across(118), across(123)])).toEqual([]);
  });

  test('Rules of other lengths, two names, or drawn walls make no such table', () => {
    expect(wallsOfBlankBands(NAMES, [across(100), across(118), across(150, 72, 300)])).toEqual([]);
    expect(wallsOfBlankBands(NAMES.slice(1), RULES)).toEqual([]);
    expect(wallsOfBlankBands(NAMES, [...RULES, { direction: 'vertical', at: 160, from: 100, to: 150 }])).toEqual([]);
  });
});
