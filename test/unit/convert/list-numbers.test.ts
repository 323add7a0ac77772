import { expect, test } from '@jest/globals';
import { formatNumber } from '../../../functions/src/convert/list-numbers.ts';

test.each([
  [27, 'lowerLetter', 'aa'],
  [26, 'upperLetter', 'Z'],
  [1994, 'upperRoman', 'MCMXCIV'],
  [4, 'lowerRoman', 'iv'],
  [7, 'decimalZero', '07'],
  [112, 'ordinal', '112th'],
  [23, 'ordinal', '23rd'],
  [3, 'cardinalText', 'Three'],
  [0, 'lowerRoman', '0'],
] as const)('%d as %s is %s', (value, style, shown) => {
  expect(formatNumber(value, style)).toBe(shown);
});
