import { expect, test } from '@jest/globals';
import { hasRows, needsWindows, progressOf } from '../../../../../hosting/src/views/run/run-phases.ts';

const analysis = { object: 'analysis.json', generation: '1', sizeBytes: 1 };
const progress = { planned: 4, done: 1, failed: 0 };

test('the figures of the windows are taken where there are any, as the run notes its own only once a second', () => {
  const windows = [
    { state: 'done', findings: 3 },
    { state: 'done', findings: 4 },
    { state: 'failed' },
    { state: 'queued' },
  ] as const;
  expect(progressOf({ progress }, windows)).toEqual({ planned: 4, done: 2, failed: 1, found: 7 });
  expect(progressOf({ progress }, [])).toEqual({ ...progress, found: 0 });
});

test('a run that is tried again still shows its rows, until its merge begins', () => {
  expect(hasRows({ state: 'analyzing', analysis })).toBe(true);
  expect(hasRows({ state: 'analyzing' })).toBe(false);
  expect(hasRows({ state: 'merging', analysis })).toBe(false);
  expect(hasRows({ state: 'partial', analysis })).toBe(true);
});

test('the windows of a run that has read all of them are not asked for', () => {
  expect(needsWindows({ state: 'completed', progress: { planned: 4, done: 4, failed: 0 } })).toBe(false);
  expect(needsWindows({ state: 'partial', progress: { planned: 4, done: 3, failed: 1 } })).toBe(true);
  expect(needsWindows({ state: 'analyzing', progress })).toBe(true);
  expect(needsWindows({ state: 'failed', progress: { planned: 0, done: 0, failed: 0 } })).toBe(false);
});
