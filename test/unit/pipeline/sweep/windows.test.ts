import { describe, expect, test } from '@jest/globals';
import type { RunWindow } from '../../../../functions/src/contracts/run.ts';
import { sweepRuns } from '../../../../functions/src/pipeline/sweep/runs.ts';
import { createTestDeps, type TestDeps } from '../../../support/pipeline-deps.ts';
import { longDocument, runNow, runQueueDry, runUntil, startRun } from '../../../support/run-of-package.ts';
import { sampleRun, sampleWindow } from '../../../support/sample-items.ts';

const LONG_SECONDS = 3700;
const document = longDocument(2);

/** A run with a window that a process had claimed when it died; the run itself is not due. */
const withDeadWindow = async (fields: Partial<RunWindow> = {}): Promise<{ deps: TestDeps; runId: string }> => {
  const deps = createTestDeps({ settings: { windowsInFlight: 1 } });
  const { runId } = await startRun(deps, [document]);
  await runUntil(deps, 'analyze-window');
  const key = { orgId: 'org-1', runId };
  const dueAt = deps.clock.now().toISOString();
  await deps.runs.updateWindow({ ...key, windowId: 'compliance-matrix-00000' }, (window) => ({
    next: { ...window, state: 'working', dueAt, ...fields },
  }));
  deps.clock.advance(LONG_SECONDS);
  await deps.runs.update(key, (run) => ({ next: { ...run, dueAt: '2027-01-01T00:00:00.000Z' } }));
  return { deps, runId };
};

const first = (deps: TestDeps) => deps.stored.windows().find(({ ordinal }) => ordinal === 0);

describe('The sweep over windows', () => {
  test('gives a window whose worker died a new attempt, and the run is whole in the end', async () => {
    const { deps, runId } = await withDeadWindow();
    expect(await sweepRuns(deps, 100)).toMatchObject({ due: 1, retried: 1 });
    expect(first(deps)).toMatchObject({ state: 'queued', attempt: 2, tries: 2 });
    await runQueueDry(deps);
    expect(runNow(deps, runId)).toMatchObject({ state: 'completed', progress: { failed: 0 } });
    expect(deps.stored.usage()).toHaveLength(deps.stored.windows().length);
  });

  test('gives it up after the fourth try, with a dead letter, and the run goes on without it', async () => {
    const { deps, runId } = await withDeadWindow({ tries: 4 });
    expect(await sweepRuns(deps, 100)).toMatchObject({ givenUp: 1 });
    expect(first(deps)).toMatchObject({ state: 'failed', dueAt: null, failure: { reason: 'WORK_LOST' } });
    expect(deps.stored.deadLetters()).toMatchObject([{ queue: 'analyze-window', tries: 4 }]);
    await runQueueDry(deps);
    expect(runNow(deps, runId)).toMatchObject({ state: 'partial', missing: ['compliance-matrix-00000'] });
  });

  test('enqueues the next try of a window that did not come', async () => {
    const { deps, runId } = await withDeadWindow({ state: 'queued', attempt: 2, tries: 2 });
    expect(await sweepRuns(deps, 100)).toMatchObject({ enqueued: 1 });
    expect((first(deps)?.dueAt ?? '') > deps.clock.now().toISOString()).toBe(true);
    await runQueueDry(deps);
    expect(runNow(deps, runId).state).toBe('completed');
  });

  test('closes a dead window of a cancelled run', async () => {
    const { deps, runId } = await withDeadWindow();
    await deps.runs.update({ orgId: 'org-1', runId }, (run) => ({ next: { ...run, state: 'cancelled' } }));
    expect(await sweepRuns(deps, 100)).toMatchObject({ settled: 1 });
    expect(first(deps)).toMatchObject({ state: 'cancelled', dueAt: null });
    expect(deps.tasks.tasks()).toEqual([]);
  });

  test('closes a window that is settled and due all the same, and leaves its result as it is', async () => {
    const { deps } = await withDeadWindow({ state: 'done', findings: 3 });
    expect(await sweepRuns(deps, 100)).toMatchObject({ due: 1, settled: 1 });
    expect(first(deps)).toMatchObject({ state: 'done', findings: 3, dueAt: null });
    expect(await sweepRuns(deps, 100)).toMatchObject({ due: 0 });
  });

  test('removes a window whose run is gone', async () => {
    const deps = createTestDeps();
    await deps.runs.createWindows([sampleWindow(0, { state: 'working' })]);
    deps.clock.advance(LONG_SECONDS);
    expect(await sweepRuns(deps, 100)).toMatchObject({ settled: 1 });
    expect(deps.stored.windows()).toEqual([]);
  });

  test('puts no more windows of one run into the queue at a time than may be under way', async () => {
    const deps = createTestDeps({ settings: { windowsInFlight: 3 } });
    await deps.runs.create(
      sampleRun({ state: 'analyzing', dueAt: null, progress: { planned: 9, done: 0, failed: 0 } }),
    );
    await deps.runs.createWindows(Array.from({ length: 9 }, (_, ordinal) => sampleWindow(ordinal)));
    deps.clock.advance(LONG_SECONDS);
    expect(await sweepRuns(deps, 100)).toMatchObject({ due: 9, enqueued: 3, postponed: 6 });
    expect(await sweepRuns(deps, 100)).toMatchObject({ due: 0 });
  });
});
