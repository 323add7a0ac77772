import { describe, expect, test } from '@jest/globals';
import type { RunWindow } from '../../../functions/src/contracts/run.ts';
import { type HeldWork, leaveOrTakeOver, reclaimWork } from '../../../functions/src/pipeline/reclaim-work.ts';
import { createTestDeps, type TestDeps } from '../../support/pipeline-deps.ts';
import { sampleRun, sampleWindow } from '../../support/sample-items.ts';

const KEY = { orgId: 'org-1', runId: 'run-1', windowId: 'compliance-matrix-00000' };
const { trace } = sampleRun();

const lostWindow = (deps: TestDeps): HeldWork<RunWindow, 'analyze-window'> => ({
  queue: 'analyze-window',
  payload: { ...KEY, attempt: 1, trace },
  update: (change) => deps.runs.updateWindow(KEY, change),
  holds: ({ state, attempt }) => state === 'working' && attempt === 1,
  requeue: (window, work) => ({ ...window, ...work, state: 'queued' }),
  settle: (window, failure) => ({ ...window, state: 'failed', failure, dueAt: null }),
});

describe('Work whose worker died', () => {
  test.each([
    ['is left to a worker whose lease has not ended', { dueAt: '2026-11-20T09:00:00.001Z' }],
    ['is left to whoever has taken it over', { attempt: 2 }],
    ['stays settled', { state: 'done' as const, dueAt: null }],
  ])('%s', async (_, fields) => {
    const deps = createTestDeps();
    const window = sampleWindow(0, { state: 'working', dueAt: '2026-11-20T09:00:00.000Z', ...fields });
    await deps.runs.createWindows([window]);
    await expect(reclaimWork(deps, lostWindow(deps))).resolves.toBe('stale');
    expect([deps.stored.windows(), deps.tasks.created]).toEqual([[window], []]);
  });

  test('is enqueued at its new attempt, once', async () => {
    const deps = createTestDeps();
    await deps.runs.createWindows([sampleWindow(0, { state: 'working', dueAt: '2026-11-20T09:00:00.000Z' })]);
    await expect(reclaimWork(deps, lostWindow(deps))).resolves.toBe('retried');
    await expect(reclaimWork(deps, lostWindow(deps))).resolves.toBe('stale');
    expect(deps.tasks.tasks('analyze-window').map(({ payload }) => payload)).toEqual([{ ...KEY, attempt: 2, trace }]);
  });
});

describe('Work that a delivery found nothing to claim of', () => {
  const withWindow = async (fields: Partial<RunWindow>) => {
    const deps = createTestDeps();
    await deps.runs.createWindows([sampleWindow(0, { dueAt: '2026-11-20T09:04:00.000Z', ...fields })]);
    return deps;
  };

  test('is left to whoever works on it when this is the first delivery: a duplicate', async () => {
    const deps = await withWindow({ state: 'working' });
    const before = deps.stored.windows();
    await expect(leaveOrTakeOver(deps, lostWindow(deps), 1)).resolves.toBe('busy');
    expect([deps.stored.windows(), deps.tasks.created]).toEqual([before, []]);
  });

  test('is taken over by a redelivery before its lease has ended', async () => {
    const deps = await withWindow({ state: 'working' });
    await expect(leaveOrTakeOver(deps, lostWindow(deps), 2)).resolves.toBe('retried');
    expect(deps.stored.windows()).toMatchObject([{ state: 'queued', attempt: 2, tries: 2 }]);
    await expect(leaveOrTakeOver(deps, lostWindow(deps), 3)).resolves.toBe('stale');
    expect(deps.tasks.tasks('analyze-window').map(({ payload }) => payload)).toEqual([{ ...KEY, attempt: 2, trace }]);
  });

  test('is given up by a redelivery that finds it at its last try', async () => {
    const deps = await withWindow({ state: 'working', tries: 4 });
    await expect(leaveOrTakeOver(deps, lostWindow(deps), 2)).resolves.toBe('givenUp');
    expect(deps.stored.windows()).toMatchObject([{ state: 'failed', dueAt: null, failure: { reason: 'WORK_LOST' } }]);
    expect([deps.stored.deadLetters().length, deps.tasks.created]).toEqual([1, []]);
  });

  test.each([
    ['settled', { state: 'done' as const, dueAt: null }],
    ['taken over', { state: 'working' as const, attempt: 2 }],
    ['waiting', { state: 'queued' as const, attempt: 2 }],
  ])('is left as it is when it is %s, whatever delivery this is', async (_, fields) => {
    const deps = await withWindow(fields);
    const before = deps.stored.windows();
    for (const deliveries of [1, 2]) {
      await expect(leaveOrTakeOver(deps, lostWindow(deps), deliveries)).resolves.toBe('stale');
    }
    expect([deps.stored.windows(), deps.tasks.created]).toEqual([before, []]);
  });

  test('is left alone when it is gone', async () => {
    const deps = createTestDeps();
    for (const deliveries of [1, 2]) {
      await expect(leaveOrTakeOver(deps, lostWindow(deps), deliveries)).resolves.toBe('stale');
    }
  });
});
