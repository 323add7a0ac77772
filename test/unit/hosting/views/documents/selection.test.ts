import { expect, test } from '@jest/globals';
import { keepShown, shareOf, toggle } from '../../../../../hosting/src/views/documents/selection.ts';

test('a document that is not shown any more is not selected any more', () => {
  expect([...keepShown(new Set(['a', 'b', 'gone']), ['b', 'a', 'c'])].sort()).toEqual(['a', 'b']);
});

test('a selection that is all shown stays the same object', () => {
  const selected = new Set(['a']);
  expect(keepShown(selected, ['a', 'b'])).toBe(selected);
});

test('a tick is set and taken away without touching the selection before', () => {
  const before = new Set(['a']);
  expect([...toggle(before, 'b')]).toEqual(['a', 'b']);
  expect([...toggle(before, 'a')]).toEqual([]);
  expect([...before]).toEqual(['a']);
});

test('the box above the column says all, some or none of what is shown', () => {
  expect(shareOf(new Set(['a', 'b']), ['a', 'b'])).toBe('all');
  expect(shareOf(new Set(['a']), ['a', 'b'])).toBe('some');
  expect(shareOf(new Set(['x']), ['a', 'b'])).toBe('none');
  expect(shareOf(new Set(), [])).toBe('none');
});
