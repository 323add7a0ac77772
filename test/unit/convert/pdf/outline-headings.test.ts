import { expect, test } from '@jest/globals';
import type { TextBlock } from '../../../../functions/src/convert/pdf/layout-model.ts';
import { withOutlineHeadings } from '../../../../functions/src/convert/pdf/outline-headings.ts';

const block = (text: string, size: number, bold = true): TextBlock => {
  const box = { x0: 72, x1: 300, top: 100, bottom: 112 };
  const line = { ...box, text, size, bold, baseline: 110, italic: false, boldLead: false, firstWordWidth: 20 };
  return { kind: 'text', pageNumber: 1, box, lines: [line], column: { x0: 72, x1: 540, shift: 0 } };
};

test('Where an outline begins below the titles of a cover, no level of headings is left out', () => {
  const titles = [block('Harbour', 24), block('Contents', 18), block('Lamps', 14), block('Oil', 14)];
  const details = [block('Wicks', 12), block('Oars', 12)];
  const text = block('The keeper sees to the lamps as the list says, and to all else. '.repeat(9), 11, false);
  const found = new Map([...titles, ...details].map((one, index) => [one, { level: [1, 2, 4, 4, 5, 5][index] ?? 1 }]));
  const outline = ['Contents', 'Lamps', 'Oil', 'Wicks'].map((title) => ({
    title,
    pageNumber: 1,
    depth: title === 'Wicks' ? 2 : 1,
  }));
  const headings = withOutlineHeadings(found, [...titles, ...details, text], outline);
  expect([...headings.values()].map(({ level }) => level)).toEqual([1, 2, 2, 2, 3, 3]);
});
