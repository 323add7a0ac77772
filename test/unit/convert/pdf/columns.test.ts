import { describe, expect, test } from '@jest/globals';
import { findGutters } from '../../../../functions/src/convert/pdf/column-gutters.ts';
import { splitColumns } from '../../../../functions/src/convert/pdf/columns.ts';
import type { Rule, Segment } from '../../../../functions/src/convert/pdf/page-model.ts';
import { segmentOf } from '../../../support/page-pieces.ts';

/** Lines of 42 letters fill a column of 210 points. */
const column = (name: string, x0: number, baselines: number[]): Segment[] =>
  baselines.map((baseline) => segmentOf(`${name} text ${'x'.repeat(42)}`.slice(0, 42), x0, baseline));

const STEADY = [100, 112, 124, 136, 148, 160, 172, 184];
const twoColumns = [...column('left', 72, STEADY), ...column('right', 320, STEADY)];

describe('findGutters', () => {
  test('A page of two filled columns has a gutter between them', () => {
    const [gutters] = findGutters([{ segments: twoColumns, rules: [] }]);
    expect(gutters).toHaveLength(1);
    const [gutter] = gutters ?? [];
    expect(gutter?.x0).toBeGreaterThanOrEqual(280);
    expect(gutter?.x1).toBeLessThanOrEqual(322);
  });

  test('Lines that run across the page have none', () => {
    expect(findGutters([{ segments: STEADY.map((y) => segmentOf('x'.repeat(92), 72, y)), rules: [] }])).toEqual([[]]);
  });

  test('A page of three filled columns has two', () => {
    const narrow = (x0: number): Segment[] => STEADY.map((y) => segmentOf('three or four words in it', x0, y));
    const [gutters] = findGutters([{ segments: [72, 222, 372].flatMap(narrow), rules: [] }]);
    expect(gutters).toHaveLength(2);
  });

  test('A title that runs across the upper half of a page does not hide its columns', () => {
    const above = [40, 52, 64, 76].map((y) => segmentOf('x '.repeat(46), 72, y));
    expect(findGutters([{ segments: [...above, ...twoColumns], rules: [] }])[0]).toHaveLength(1);
  });

  test('Two columns whose gaps are level are a table', () => {
    const rows = [100, 112, 130, 142, 160, 172, 190, 202];
    expect(
      findGutters([{ segments: [...column('left', 72, rows), ...column('right', 320, rows)], rules: [] }]),
    ).toEqual([[]]);
  });

  test('A rule across both columns makes a table of them', () => {
    const rule: Rule = { direction: 'horizontal', at: 130, from: 72, to: 530 };
    expect(findGutters([{ segments: twoColumns, rules: [rule] }])).toEqual([[]]);
  });

  /** Titles in larger type, each over a line or two. */
  const titled = (x0: number, titleSize: number): Segment[] =>
    [100, 180, 260].flatMap((y) => [
      segmentOf('Of lamps', x0, y, { size: titleSize }),
      segmentOf('wick, oil and glass', x0 + 10, y + 20),
      ...(y === 180 ? [segmentOf('and a box for each', x0 + 10, y + 32)] : []),
    ]);

  test('Blocks under larger titles that stand side by side are read one side after the other', () => {
    expect(findGutters([{ segments: [...titled(72, 16), ...titled(320, 16)], rules: [] }])[0]).toHaveLength(1);
  });

  test('Level short lines of one size are a table', () => {
    expect(findGutters([{ segments: [...titled(72, 10), ...titled(320, 10)], rules: [] }])).toEqual([[]]);
  });

  test('A page with little text follows the other pages', () => {
    const short = [...column('left', 72, STEADY.slice(0, 3)), ...column('right', 320, STEADY.slice(0, 1))];
    expect(findGutters([{ segments: short, rules: [] }])).toEqual([[]]);
    expect(
      findGutters([
        { segments: twoColumns, rules: [] },
        { segments: short, rules: [] },
      ])[1],
    ).toHaveLength(1);
  });
});

describe('splitColumns', () => {
  test('What runs across both columns parts them into bands', () => {
    const title = segmentOf('x'.repeat(80), 72, 142);
    const flows = splitColumns(
      [...twoColumns.filter(({ baseline }) => baseline !== 136 && baseline !== 148), title],
      [],
      [{ x0: 285, x1: 318 }],
    );
    expect(flows.map(({ kind, segments }) => `${kind} ${segments.length}`)).toEqual([
      '0 3',
      '1 3',
      'across 1',
      '0 3',
      '1 3',
    ]);
  });

  test('A narrow bar of notes beside the text is read for itself', () => {
    const bar = STEADY.map((y) => segmentOf('a note of what is beside', 440, 100 + (y - 100) * 0.75, { size: 8 }));
    const text = STEADY.map((y) => segmentOf('lamps, oil and '.repeat(5).slice(0, 70), 72, y));
    const [gutters] = findGutters([{ segments: [...text, ...bar], rules: [] }]);
    const flows = splitColumns([...text, ...bar], [], gutters ?? []);
    expect(flows.map(({ segments }) => segments)).toEqual([text, bar]);
  });
});
