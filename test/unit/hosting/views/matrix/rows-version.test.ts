import { expect, test } from '@jest/globals';
import { rowsVersion } from '../../../../../hosting/src/views/matrix/rows-version.ts';

const AT = '2026-11-20T10:00:00.000Z';

test('A run has no rows before it was merged, nor after it failed', () => {
  for (const state of ['queued', 'planning', 'analyzing', 'merging', 'failed', 'cancelled'] as const) {
    expect(rowsVersion({ state, updatedAt: AT }, null)).toBeNull();
  }
});

test('The rows of a merged run are others when it was merged again', () => {
  expect(rowsVersion({ state: 'partial', updatedAt: AT, rows: 3 }, null)).toBe(AT);
  expect(rowsVersion({ state: 'completed', updatedAt: '2026-11-20T11:00:00.000Z', rows: 4 }, AT)).not.toBe(AT);
});

test('While a run is tried again its rows are those from before', () => {
  const again = { state: 'analyzing', updatedAt: '2026-11-20T10:30:00.000Z', rows: 3 } as const;
  expect(rowsVersion(again, AT)).toBe(AT);
  expect(rowsVersion(again, null)).not.toBeNull();
});
