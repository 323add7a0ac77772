import { describe, expect, test } from '@jest/globals';
import { findGutters, splitColumns } from '../../../../functions/src/convert/pdf/columns.ts';
import type { Rule, Segment } from '../../../../functions/src/convert/pdf/page-model.ts';
import { segmentOf } from '../../../support/page-pieces.ts';

/** Lines of 42 letters fill a column of 210 points. */
const column = (name: string, x0: number, baselines: number[]): Segment[] =>
  baselines.map((baseline) => segmentOf(`${name} text ${'x'.repeat(42)}`.slice(0, 42), x0, baseline));

const STEADY = [100, 112, 124, 136, 148, 160, 172, 184];
const twoColumns = [...column('left', 72, STEADY), ...column('right', 320, STEADY)];

describe('findGutters', () => {
  test('A page of two filled columns has a gutter between them', () => {
    const [gutter] = findGutters([{ segments: twoColumns, rules: [] }]);
    expect(gutter).toBeDefined();
    expect(gutter?.x0).toBeGreaterThanOrEqual(280);
    expect(gutter?.x1).toBeLessThanOrEqual(322);
  });

  test('Lines that run across the page have none', () => {
    expect(findGutters([{ segments: STEADY.map((y) => segmentOf('x'.repeat(92), 72, y)), rules: [] }])).toEqual([
      undefined,
    ]);
  });

  test('Two columns whose gaps are level are a table', () => {
    const rows = [100, 112, 130, 142, 160, 172, 190, 202];
    expect(
      findGutters([{ segments: [...column('left', 72, rows), ...column('right', 320, rows)], rules: [] }]),
    ).toEqual([undefined]);
  });

  test('A rule across both columns makes a table of them', () => {
    const rule: Rule = { direction: 'horizontal', at: 130, from: 72, to: 530 };
    expect(findGutters([{ segments: twoColumns, rules: [rule] }])).toEqual([undefined]);
  });

  test('A page with little text follows the other pages', () => {
    const short = [...column('left', 72, STEADY.slice(0, 3)), ...column('right', 320, STEADY.slice(0, 1))];
    expect(findGutters([{ segments: short, rules: [] }])).toEqual([undefined]);
    expect(
      findGutters([
        { segments: twoColumns, rules: [] },
        { segments: short, rules: [] },
      ])[1],
    ).toBeDefined();
  });
});

describe('splitColumns', () => {
  test('What runs across both columns parts them into bands', () => {
    const title = segmentOf('x'.repeat(80), 72, 142);
    const flows = splitColumns([...twoColumns.filter(({ baseline }) => baseline !== 136 && baseline !== 148), title], {
      x0: 285,
      x1: 318,
    });
    expect(flows.map(({ kind, segments }) => `${kind} ${segments.length}`)).toEqual([
      'left 3',
      'right 3',
      'across 1',
      'left 3',
      'right 3',
    ]);
  });
});
