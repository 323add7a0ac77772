import { describe, expect, test } from '@jest/globals';
import { layoutPages } from '../../../../../functions/src/convert/pdf/layout-page.ts';
import type { Rule, Segment } from '../../../../../functions/src/convert/pdf/page-model.ts';
import { wallsAtJoints } from '../../../../../functions/src/convert/pdf/tables/jointed-rules.ts';
import { pageOf, segmentOf } from '../../../../support/page-pieces.ts';

/** A rule drawn cell by cell. */
const pieces = (at: number, xs: number[]): Rule[] =>
  xs.slice(1).map((to, index) => ({ direction: 'horizontal', at, from: xs[index] ?? to, to }));

const tableRows = (segments: Segment[], rules: Rule[]): string[][][] =>
  layoutPages([pageOf(1, segments, rules)])
    .flat()
    .flatMap((block) =>
      block.kind === 'table'
        ? [block.rows.map(({ cells }) => cells.map(({ paragraphs }) => paragraphs.flat().join(' ')))]
        : [],
    );

const TWO = [72, 200, 400];
const FOUR = [72, 150, 250, 330, 470];
const NAMES = ['Owner', 'Harbour', 'Year', 'Telephone'].map((text, index) =>
  segmentOf(text, (FOUR[index] ?? 0) + 3, 112, { bold: true }),
);

describe('wallsAtJoints', () => {
  test('Names with a blank beside each are a table of two columns', () => {
    const segments = ['Keeper:', 'Lamp:', 'Date:'].map((text, index) => segmentOf(text, 75, 112 + 18 * index));
    const rules = [100, 118, 136, 154].flatMap((at) => pieces(at, TWO));
    expect(tableRows(segments, rules)).toEqual([
      [
        ['Keeper:', ''],
        ['Lamp:', ''],
        ['Date:', ''],
      ],
    ]);
  });

  test('A head over blank rows is a table with these rows', () => {
    const rules = [100, 118, 124, 130].flatMap((at) => pieces(at, FOUR));
    const blank = ['', '', '', ''];
    expect(tableRows(NAMES, rules)).toEqual([[['Owner', 'Harbour', 'Year', 'Telephone'], blank, blank]]);
  });

  test('Names of columns over the only rule are a table, but not where text follows closely', () => {
    const rule = pieces(118, FOUR);
    expect(tableRows(NAMES, rule)).toEqual([[['Owner', 'Harbour', 'Year', 'Telephone']]]);
    expect(wallsAtJoints([...NAMES, segmentOf('The list of all towers follows.', 75, 132)], rule)).toEqual([]);
  });

  test('Rows with text in them tell their columns themselves', () => {
    const segments = [112, 130].flatMap((y) => [segmentOf('North', 75, y), segmentOf('Pier', 203, y)]);
    const rules = [100, 118, 136].flatMap((at) => pieces(at, TWO));
    expect(wallsAtJoints(segments, rules)).toEqual([]);
  });

  test('Rules with several lines of text between them are not drawn row by row', () => {
    const segments = [112, 124, 136].map((y) => segmentOf('Watch', 75, y));
    expect(wallsAtJoints(segments, [...pieces(100, TWO), ...pieces(142, TWO), ...pieces(160, TWO)])).toEqual([]);
  });

  test('Where walls are drawn, none are added', () => {
    const rules: Rule[] = [
      ...[100, 118].flatMap((at) => pieces(at, TWO)),
      { direction: 'vertical', at: 200, from: 100, to: 118 },
    ];
    expect(wallsAtJoints([segmentOf('Keeper:', 75, 112)], rules)).toEqual([]);
  });
});
