import { describe, expect, test } from '@jest/globals';
import { numberDepth, readHeadingNumber, readMarker } from '../../../../functions/src/convert/pdf/markers.ts';

describe('readMarker', () => {
  test.each([
    ['• Lamps', '•', 'bullet'],
    ['o Lamps', 'o', 'bullet'],
    ['(a) Lamps', '(a)', 'letter'],
    ['12. Lamps', '12.', 'number'],
    ['(3) Lamps', '(3)', 'number'],
    ['iii) Lamps', 'iii)', 'roman'],
  ])('%s begins with a mark', (text, mark, kind) => {
    expect(readMarker(text)).toMatchObject({ text: mark, kind });
  });

  test.each(['often lit', '3.2 Lamps', '-5 degrees', 'a lamp', '(see below)'])('%s has no mark', (text) => {
    expect(readMarker(text)).toBeUndefined();
  });
});

describe('heading numbers', () => {
  test.each([
    ['SECTION L - Instructions', 'SECTION L', 1],
    ['Article IV: Lamps', 'Article IV', 1],
    ['1.0 Lamps', '1.0', 1],
    ['1.1 Lamps', '1.1', 2],
    ['C.3.1 Lamps', 'C.3.1', 3],
    ['L1 Lamps', 'L1', 2],
  ])('%s is numbered', (text, number, depth) => {
    expect(readHeadingNumber(text)).toBe(number);
    expect(numberDepth(number)).toBe(depth);
  });

  test.each(['Lamps of 1990', '2026 report', 'A lamp'])('%s is not numbered', (text) => {
    expect(readHeadingNumber(text)).toBeUndefined();
  });
});
