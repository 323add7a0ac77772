import { describe, expect, test } from '@jest/globals';
import { barAfterKey, LINE_HEIGHT, layoutBars } from '../../../../../hosting/src/views/run/bar-geometry.ts';
import type { LedgerBar } from '../../../../../hosting/src/views/run/ledger-bars.ts';

const barOf = (at: number, more: Partial<LedgerBar> = {}): LedgerBar => ({
  first: at,
  last: at,
  inMatrix: 4,
  excluded: 5,
  unresolved: 1,
  sentences: 10,
  hasText: true,
  unread: false,
  name: `Page ${at + 1}`,
  label: String(at + 1),
  lastLabel: String(at + 1),
  isPage: true,
  ...more,
});
const barsOf = (count: number) => Array.from({ length: count }, (_, at) => barOf(at));

/** x, y, width and height of the rectangles of a path. */
const boxes = (path: string): number[][] =>
  [...path.matchAll(/M(\S+) (\S+)h(\S+)v(\S+)h/g)].map(([, ...numbers]) => numbers.map(Number));

describe('layoutBars', () => {
  test.each([
    [4, 1100],
    [300, 350],
    [900, 780],
    [3, 5],
  ])('%i bars stay within a width of %i px, each with a field of its own to point at', (count, width) => {
    const { fields, height } = layoutBars(barsOf(count), width);
    expect(fields).toHaveLength(count);
    expect(new Set(fields.map(({ x, y }) => `${x} ${y}`)).size).toBe(count);
    for (const field of fields) {
      expect(field.x + field.width).toBeLessThanOrEqual(Math.max(width, 10));
      expect(field.y + field.height).toBeLessThanOrEqual(height);
    }
  });

  test('the kinds stand on one another, in proportion, and the tallest bar fits its line', () => {
    const { paths, tallest } = layoutBars(
      [barOf(0), barOf(1, { inMatrix: 2, excluded: 3, unresolved: 0, sentences: 5 })],
      500,
    );
    expect(tallest).toBe(10);
    const [inMatrix, excluded, unresolved] = [paths.inMatrix, paths.excluded, paths.unresolved].map(boxes);
    const [, y0 = 0, , height0 = 0] = inMatrix?.[0] ?? [];
    const [, y1 = 0, , height1 = 0] = excluded?.[0] ?? [];
    const [, y2 = 0, , height2 = 0] = unresolved?.[0] ?? [];
    expect(y0 + height0).toBeCloseTo(LINE_HEIGHT);
    expect(y1 + height1).toBeCloseTo(y0);
    expect(y2 + height2).toBeCloseTo(y1);
    expect(y2).toBeGreaterThanOrEqual(0);
    expect(height0 / height1).toBeCloseTo(4 / 5);
    expect(inMatrix?.[1]?.[3]).toBeCloseTo(height0 / 2);
    expect(unresolved).toHaveLength(1);
  });

  test('a single unresolved sentence among a thousand is still to be seen', () => {
    const { paths } = layoutBars([barOf(0, { inMatrix: 1, excluded: 998, unresolved: 1, sentences: 1000 })], 500);
    const [, y = -1, , height = 0] = boxes(paths.unresolved)[0] ?? [];
    expect(height).toBeGreaterThanOrEqual(2);
    expect(y).toBeGreaterThanOrEqual(0);
  });

  test('a page without text is a frame and no bar; what was not read is marked', () => {
    const none = { inMatrix: 0, excluded: 0, unresolved: 0, sentences: 0, hasText: false };
    const { paths, empty, unread } = layoutBars([barOf(0, none), barOf(1, { ...none, unread: true })], 500);
    expect(Object.values(paths).join('')).toBe('');
    expect(boxes(empty)).toHaveLength(2);
    expect(boxes(unread)).toHaveLength(1);
    expect(`${empty}${unread}`).not.toContain('NaN');
  });

  test('each line says with which page it begins and ends; sections are not labelled', () => {
    const { labels, perLine } = layoutBars(barsOf(60), 300);
    expect(perLine).toBe(30);
    expect(labels.map(({ text }) => text)).toEqual(['1', '30', '31', '60']);
    expect(layoutBars([barOf(0, { isPage: false })], 300).labels).toEqual([]);
  });
});

describe('barAfterKey', () => {
  test.each([
    ['ArrowRight', 0, 1],
    ['ArrowRight', 9, 9],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 1, 5],
    ['ArrowDown', 8, 8],
    ['ArrowUp', 5, 1],
    ['ArrowUp', 2, 2],
    ['Home', 7, 0],
    ['End', 0, 9],
    ['PageDown', 3, 9],
    ['PageUp', 3, 0],
  ])('%s goes from %i to %i of ten bars in lines of four', (key, at, next) => {
    expect(barAfterKey(key, at, 4, 10)).toBe(next);
  });

  test('other keys are left to the browser', () => {
    expect(barAfterKey('Tab', 0, 4, 10)).toBeNull();
    expect(barAfterKey('constructor', 0, 4, 10)).toBeNull();
  });
});
