import { expect, test } from '@jest/globals';
import { isNext, kindOf } from '../../../../functions/src/convert/pdf/list-marks.ts';

test('A mark follows the one before it as a number, a letter or a Roman number', () => {
  for (const [previous, next] of [
    ['1.', '2.'],
    ['(9)', '(10)'],
    ['c.', 'd.'],
    ['(h)', '(i)'],
    ['iv.', 'v.'],
    ['viii)', 'ix)'],
    ['XIX.', 'XX.'],
    ['(xlix)', '(l)'],
  ] as const)
    expect([previous, next, isNext(previous, next)]).toEqual([previous, next, true]);
});

test('It does not where one is left out, the signs differ, or letters change their case', () => {
  for (const [previous, next] of [
    ['1.', '3.'],
    ['1.', '2)'],
    ['a.', 'B.'],
    ['c.', 'i.'],
    ['iv.', 'vi.'],
    ['•', '•'],
    ['1.', 'b.'],
    ['iiii.', 'v.'],
  ] as const)
    expect([previous, next, isNext(previous, next)]).toEqual([previous, next, false]);
});

test('An "i." by itself is the first of Roman numbers', () => {
  expect(kindOf({ text: 'i.', kind: 'letter', x0: 0, contentX0: 0 })).toBe('roman');
  expect(kindOf({ text: 'j.', kind: 'letter', x0: 0, contentX0: 0 })).toBe('letter');
});
