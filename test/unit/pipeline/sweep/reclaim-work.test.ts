import { describe, expect, test } from '@jest/globals';
import type { RunWindow } from '../../../../functions/src/contracts/run.ts';
import { type LostWork, reclaimWork } from '../../../../functions/src/pipeline/sweep/reclaim-work.ts';
import { createTestDeps, type TestDeps } from '../../../support/pipeline-deps.ts';
import { sampleRun, sampleWindow } from '../../../support/sample-items.ts';

const KEY = { orgId: 'org-1', runId: 'run-1', windowId: 'compliance-matrix-00000' };
const { trace } = sampleRun();

const lostWindow = (deps: TestDeps): LostWork<RunWindow, 'analyze-window'> => ({
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
