import { describe, expect, test } from '@jest/globals';
import type { Rule } from '../../../../functions/src/convert/pdf/page-model.ts';
import { findUnderlines } from '../../../../functions/src/convert/pdf/underlines.ts';
import { segmentOf } from '../../../support/page-pieces.ts';

const words = segmentOf('Lamps and wicks', 72, 100);
const rule = (from: number, to: number, at = 101.5): Rule => ({ direction: 'horizontal', at, from, to });
const isUnderlined = (...rules: Rule[]): boolean => findUnderlines([words], rules).segments[0]?.underlined === true;

describe('findUnderlines', () => {
  test('A rule below words and as long as they are underlines them, and is no rule any more', () => {
    expect(findUnderlines([words], [rule(words.x0, words.x1)])).toEqual({
      segments: [{ ...words, underlined: true }],
      rules: [],
    });
  });

  test('A rule that runs on beyond the words is the edge of a table', () => {
    const edge = rule(words.x0 - 20, words.x1 + 200);
    expect(findUnderlines([words], [edge])).toEqual({ segments: [words], rules: [edge] });
  });

  test('A rule through the words, far below them or upright underlines nothing', () => {
    expect(isUnderlined(rule(words.x0, words.x1, 96))).toBe(false);
    expect(isUnderlined(rule(words.x0, words.x1, 108))).toBe(false);
    expect(isUnderlined({ direction: 'vertical', at: 80, from: 90, to: 101 })).toBe(false);
  });

  test('Pieces between descenders underline together; under one word of several they do not', () => {
    const middle = (words.x0 + words.x1) / 2;
    expect(isUnderlined(rule(words.x0, middle - 2), rule(middle + 2, words.x1))).toBe(true);
    expect(isUnderlined(rule(words.x0, middle))).toBe(false);
  });
});
