import { describe, expect, test } from '@jest/globals';
import { joinNumbers, leadingNumber } from '../../../functions/src/analyze/numbering.ts';

describe('The number that a text opens with', () => {
  test.each([
    ['L.4.2.1 Margins', 'L.4.2.1', 'decimal'],
    ['C.3.2(a) Floors', 'C.3.2(a)', 'decimal'],
    ['5.1. Staff', '5.1', 'decimal'],
    ['7.Quotation Instructions', '7', 'decimal'],
    ['SECTION L - INSTRUCTIONS', 'SECTION L', 'named'],
    ['Article IV Payment', 'Article IV', 'named'],
    ['Attachment 7 Rates', 'Attachment 7', 'named'],
    ['(a) The plan', '(a)', 'enumerator'],
    ['b. The price', 'b', 'enumerator'],
    ['iv) The price', 'iv', 'enumerator'],
  ])('%s: %s', (text, number, form) => {
    expect(leadingNumber(text)).toEqual({ number, form });
  });

  test.each(['2026 was dry', '693JJ426Q is it', 'A plan is due', 'Sections apply', 'I agree'])(
    'is none in: %s',
    (text) => {
      expect(leadingNumber(text)).toBeNull();
    },
  );
});

test.each([
  ['L.4', '(b)', 'L.4(b)'],
  ['4', 'a', '4 a'],
  ['', '(a)', '(a)'],
  ['L.4', 'L.4.2', 'L.4.2'],
  ['L.4', '', 'L.4'],
])('"%s" and "%s" join to "%s"', (parent, own, joined) => {
  expect(joinNumbers(parent, own)).toBe(joined);
});
