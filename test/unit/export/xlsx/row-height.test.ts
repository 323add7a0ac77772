import { expect, test } from '@jest/globals';
import { rowHeightPt } from '../../../../functions/src/export/xlsx/row-height.ts';

const columns = [{ header: 'Text', width: 9 }];
const height = (text: string): number => rowHeightPt({ cells: [text] }, columns);
const ONE_LINE = 15;
const LINE = 13;

test('Text that fits takes one line', () => {
  expect(height('ten chars.')).toBe(ONE_LINE);
});

test('Words that do not fit move to the next line whole', () => {
  expect(height('seven and eight')).toBe(ONE_LINE + LINE);
  expect(height('one two three four')).toBe(ONE_LINE + LINE);
  expect(height('elevens twelve thirteen')).toBe(ONE_LINE + 2 * LINE);
});

test('A word wider than the column is broken over lines', () => {
  expect(height('x'.repeat(25))).toBe(ONE_LINE + 2 * LINE);
});

test('Line breaks of the text count', () => {
  expect(height('a\nb\nc')).toBe(ONE_LINE + 2 * LINE);
});

test('East Asian letters take the room of two', () => {
  expect(height('漢字漢字漢字漢')).toBe(ONE_LINE + LINE);
});

test('No row is higher than Excel allows', () => {
  expect(height('word '.repeat(10_000))).toBeLessThanOrEqual(409);
});
