import { describe, expect, test } from '@jest/globals';
import { hasUndrawnRows } from '../../../../../functions/src/convert/pdf/tables/undrawn-rows.ts';
import { segmentOf } from '../../../../support/page-pieces.ts';

const LATTICE = { xs: [72, 172, 272, 372], ys: [90, 110, 200] };
const HEAD = ['Lamp', 'Place', 'Count'].map((text, index) => segmentOf(text, 76 + 100 * index, 103));

describe('hasUndrawnRows', () => {
  test('Short lines stacked in all columns below a head are rows that are not drawn', () => {
    const body = [0, 1, 2, 3].flatMap((row) =>
      ['North', 'Pier', '12'].map((text, index) => segmentOf(text, 76 + 100 * index, 123 + 12 * row)),
    );
    expect(hasUndrawnRows(LATTICE, [...HEAD, ...body])).toBe(true);
  });

  test('Text that is wrapped to the width of its cells is one row', () => {
    const body = [0, 1, 2, 3].flatMap((row) =>
      ['trim every lamp at', 'dusk on the north', 'pier and the south'].map((text, index) =>
        segmentOf(text, 76 + 100 * index, 123 + 12 * row),
      ),
    );
    expect(hasUndrawnRows(LATTICE, [...HEAD, ...body])).toBe(false);
  });
});
