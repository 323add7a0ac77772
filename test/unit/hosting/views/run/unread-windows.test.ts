import { expect, test } from '@jest/globals';
import { pagesTouched, unreadWindows } from '../../../../../hosting/src/views/run/unread-windows.ts';

const documents = [{ documentId: 'a', fileName: 'a.pdf' }];
const failure = (message: string) => ({ code: 'unavailable', reason: 'MODEL_TIMEOUT', message, details: {} });

test('windows that failed are named together by document and reason, with the numbers that the grid shows', () => {
  const windows = [
    { documentId: 'a', ordinal: 0, state: 'done' },
    { documentId: 'a', ordinal: 1, state: 'failed', failure: failure('Too slow.') },
    { documentId: 'a', ordinal: 2, state: 'failed', failure: failure('Refused.') },
    { documentId: 'a', ordinal: 3, state: 'failed', failure: failure('Too slow.') },
  ] as const;
  expect(
    unreadWindows(windows, documents).map(({ fileName, windows: numbers, why }) => [fileName, numbers, why]),
  ).toEqual([
    ['a.pdf', [2, 4], 'Too slow.'],
    ['a.pdf', [3], 'Refused.'],
  ]);
});

test('a window that was cancelled, or failed without a word, still says why', () => {
  const windows = [
    { documentId: 'a', ordinal: 0, state: 'cancelled' },
    { documentId: 'x', ordinal: 1, state: 'failed' },
  ] as const;
  const groups = unreadWindows(windows, documents);
  expect(groups.map(({ why }) => why.length > 0)).toEqual([true, true]);
  expect(groups[1]?.fileName).toBe('x');
});

test('pages are those that a failed window touches, not those that lack text', () => {
  const parts = [
    { documentId: 'a', pageNumber: 1, hasText: true, unread: false },
    { documentId: 'a', pageNumber: 2, hasText: true, unread: true },
    { documentId: 'a', pageNumber: 3, hasText: false, unread: true },
    { documentId: 'b', pageNumber: 4, hasText: true, unread: true },
    { documentId: 'a', pageNumber: null, hasText: true, unread: true },
  ];
  expect(pagesTouched(parts, 'a')).toEqual([2]);
});
