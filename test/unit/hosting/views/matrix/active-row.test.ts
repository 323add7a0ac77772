import { expect, test } from '@jest/globals';
import { nextIndex } from '../../../../../hosting/src/views/matrix/active-row.ts';

const ROOM = { count: 100, page: 8 };

test.each([
  ['ArrowDown', 5, 6],
  ['j', 5, 6],
  ['ArrowUp', 5, 4],
  ['k', 5, 4],
  ['PageDown', 5, 13],
  ['PageUp', 20, 12],
  ['Home', 50, 0],
  ['End', 50, 99],
  ['ArrowUp', 0, 0],
  ['PageUp', 3, 0],
  ['ArrowDown', 99, 99],
  ['PageDown', 95, 99],
])('%s goes from row %i to row %i', (key, from, to) => {
  expect(nextIndex(key, from, ROOM)).toBe(to);
});

test('Other keys go nowhere, and no key does in a table without rows', () => {
  expect(nextIndex('a', 5, ROOM)).toBeNull();
  expect(nextIndex('ArrowDown', 0, { count: 0, page: 8 })).toBeNull();
});
