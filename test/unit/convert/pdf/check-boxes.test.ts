import { describe, expect, test } from '@jest/globals';
import { checkBoxes } from '../../../../functions/src/convert/pdf/check-boxes.ts';
import { bulletSegments } from '../../../../functions/src/convert/pdf/drawn-bullets.ts';
import type { Dot } from '../../../../functions/src/convert/pdf/page-model.ts';
import { groupRows } from '../../../../functions/src/convert/pdf/rows.ts';
import { segmentOf } from '../../../support/page-pieces.ts';

const box: Dot = { x0: 60, x1: 70, top: 92, bottom: 102, glyph: '☐' };

describe('checkBoxes', () => {
  test('A stroke inside a drawn square marks it', () => {
    const stroke = { x0: 61, x1: 69, top: 93, bottom: 101 };
    expect(checkBoxes([box], [stroke], []).dots).toEqual([{ ...box, glyph: '☒' }]);
  });

  test('A letter inside a drawn square marks it and is no text any more', () => {
    const [letter, label] = [segmentOf('X', 62, 100), segmentOf('Lamps', 80, 100)];
    expect(checkBoxes([box], [], [letter, label])).toEqual({ dots: [{ ...box, glyph: '☒' }], segments: [label] });
  });

  test('A box without either is empty, and stands in front of its words', () => {
    const label = segmentOf('Lamps', 80, 100);
    const { dots, segments } = checkBoxes([box], [{ x0: 200, x1: 208, top: 93, bottom: 101 }], [label]);
    expect(bulletSegments(dots, segments)).toMatchObject([{ text: '☐', x0: 60, baseline: 100 }]);
  });

  test('Two boxes in one line stand each in front of its word', () => {
    const second = { ...box, x0: 110, x1: 120 };
    const segments = [segmentOf('Yes', 74, 100), segmentOf('No', 124, 100)];
    const { dots } = checkBoxes([box, second], [{ x0: 111, x1: 119, top: 93, bottom: 101 }], segments);
    const [row] = groupRows([...bulletSegments(dots, segments), ...segments]);
    expect(row?.map(({ text }) => text).join(' ')).toBe('☐ Yes ☒ No');
  });
});
