import { describe, expect, test } from '@jest/globals';
import { withTitleJoined } from '../../../../functions/src/convert/pdf/numbered-titles.ts';
import { segmentOf } from '../../../support/page-pieces.ts';

const row = (number: string, title: string, bold = true) => [
  segmentOf(number, 72, 100, { bold }),
  segmentOf(title, 108, 100, { bold }),
];
const textsOf = (...pieces: Parameters<typeof row>): string[] =>
  withTitleJoined(row(...pieces)).map(({ text }) => text);

describe('withTitleJoined', () => {
  test('A bold number and the bold title behind its tab are one piece', () => {
    expect(textsOf('1.2', 'Lamps')).toEqual(['1.2 Lamps']);
    expect(withTitleJoined(row('1.2', 'Lamps'))[0]).toMatchObject({ x0: 72, x1: 133 });
  });

  test('Items of a list, other words, regular type and the cells of a wide table stay apart', () => {
    expect(textsOf('1.', 'Lamps')).toHaveLength(2);
    expect(textsOf('Item', 'Lamps')).toHaveLength(2);
    expect(textsOf('1.2', 'Lamps', false)).toHaveLength(2);
    expect(
      withTitleJoined([segmentOf('1.2', 72, 100, { bold: true }), segmentOf('Lamps', 200, 100, { bold: true })]),
    ).toHaveLength(2);
  });
});
