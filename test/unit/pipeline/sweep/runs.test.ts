import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../functions/src/errors.ts';
import { cancelRun } from '../../../../functions/src/pipeline/8-serve-results/runs.ts';
import { sweepRuns } from '../../../../functions/src/pipeline/sweep/runs.ts';
import { noCounts } from '../../../../functions/src/pipeline/sweep/sweep-counts.ts';
import { createTestDeps, type TestDeps } from '../../../support/pipeline-deps.ts';
import {
  CALLER,
  longDocument,
  runNow,
  runQueueDry,
  runUntil,
  startRun,
  statesOf,
} from '../../../support/run-of-package.ts';
import { sampleRun } from '../../../support/sample-items.ts';

const document = longDocument(4);
/** More than any lease, and more than the queue remembers a name. */
const LONG_SECONDS = 3700;

/** A run whose next task of this queue got lost on the way. */
const stoppedBefore = async (queue: Parameters<typeof runUntil>[1], settings = { windowsInFlight: 2 }) => {
  const deps = createTestDeps({ settings });
  const { runId } = await startRun(deps, [document]);
  await runUntil(deps, queue);
  deps.tasks.takeAll();
  return { deps, runId };
};

/** Sets what a process that died had claimed. */
const claimRun = (deps: TestDeps, runId: string, state: 'planning' | 'merging', tries = 1) =>
  deps.runs.update({ orgId: 'org-1', runId }, (run) => ({ next: { ...run, state, tries } }));

const completes = async (deps: TestDeps, runId: string): Promise<void> => {
  await runQueueDry(deps);
  expect(runNow(deps, runId)).toMatchObject({ state: 'completed', dueAt: null });
};

describe('The sweep over runs', () => {
  test('looks at nothing before its time', async () => {
    const { deps } = await stoppedBefore('analyze-window');
    expect(await sweepRuns(deps, 100)).toEqual(noCounts());
    expect(deps.tasks.tasks()).toEqual([]);
  });

  test.each(['plan-run', 'analyze-window', 'merge-analysis'] as const)(
    'starts a %s that did not come',
    async (queue) => {
      const { deps, runId } = await stoppedBefore(queue);
      deps.clock.advance(LONG_SECONDS);
      expect(await sweepRuns(deps, 100)).toMatchObject({ enqueued: 1, errors: 0 });
      await completes(deps, runId);
    },
  );

  test('enqueues under the same name, so that what still waits is not done twice', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [document]);
    deps.clock.advance(LONG_SECONDS);
    expect(await sweepRuns(deps, 100)).toMatchObject({ due: 1, postponed: 1 });
    expect(deps.tasks.created).toHaveLength(1);
    expect((runNow(deps, runId).dueAt ?? '') > deps.clock.now().toISOString()).toBe(true);
  });

  test('starts no more windows of a run than may be under way', async () => {
    const { deps } = await stoppedBefore('analyze-window');
    deps.clock.advance(LONG_SECONDS);
    await sweepRuns(deps, 100);
    expect(deps.tasks.tasks().map(({ queue }) => queue)).toEqual(['analyze-window', 'analyze-window']);
  });

  test.each([
    ['planning', 'plan-run'],
    ['merging', 'merge-analysis'],
  ] as const)('gives a dead %s a new attempt, and gives it up after the fourth', async (state, queue) => {
    const { deps, runId } = await stoppedBefore(queue);
    await claimRun(deps, runId, state);
    deps.clock.advance(LONG_SECONDS);
    expect(await sweepRuns(deps, 100)).toMatchObject({ retried: 1 });
    expect(deps.tasks.tasks(queue).map(({ payload }) => payload.attempt)).toEqual([2]);
    await claimRun(deps, runId, state, 4);
    deps.clock.advance(LONG_SECONDS);
    expect(await sweepRuns(deps, 100)).toMatchObject({ givenUp: 1 });
    expect(runNow(deps, runId)).toMatchObject({ state: 'failed', dueAt: null, failure: { reason: 'WORK_LOST' } });
    expect(deps.stored.deadLetters()).toMatchObject([{ queue, payload: { runId, attempt: 2 }, tries: 4 }]);
  });

  test('brings a run whose merge died to its end', async () => {
    const { deps, runId } = await stoppedBefore('merge-analysis');
    await claimRun(deps, runId, 'merging');
    deps.clock.advance(LONG_SECONDS);
    await sweepRuns(deps, 100);
    await completes(deps, runId);
  });

  test('closes the waiting windows of a cancelled run', async () => {
    const { deps, runId } = await stoppedBefore('analyze-window');
    await cancelRun(deps, CALLER, { runId });
    await sweepRuns(deps, 100);
    expect(new Set(statesOf(deps))).toEqual(new Set(['cancelled']));
    expect(runNow(deps, runId)).toMatchObject({ state: 'cancelled', dueAt: null });
  });

  test('finishes the erasing of a deleted run', async () => {
    const { deps, runId } = await stoppedBefore('merge-analysis');
    const deletedAt = deps.clock.now().toISOString();
    await deps.runs.update({ orgId: 'org-1', runId }, (run) => ({ next: { ...run, deletedAt } }));
    deps.clock.advance(LONG_SECONDS);
    expect(await sweepRuns(deps, 100)).toMatchObject({ settled: 1 });
    expect([deps.stored.runs(), deps.stored.windows()]).toEqual([[], []]);
    expect(deps.memory.names('processed').filter((name) => name.includes('/runs/'))).toEqual([]);
  });

  test.each([
    ['deleted', { deletedAt: '2026-11-20T09:00:00.000Z' }],
    ['cancelled', { state: 'cancelled' }],
    ['asked to be tried again', { state: 'failed', plan: { object: 'plan.json', generation: '1', sizeBytes: 1 } }],
    ['planning', { state: 'planning' }],
    ['analyzing', { state: 'analyzing' }],
  ] as const)('puts a run that is %s and cannot be repaired behind the others', async (_, fields) => {
    const deps = createTestDeps();
    await deps.runs.create(sampleRun(fields));
    const fail = () => Promise.reject(new AppError('STATE_UNAVAILABLE'));
    const broken = {
      ...deps,
      objects: { ...deps.objects, deleteAll: fail },
      queue: { enqueue: fail },
      runs: { ...deps.runs, listWindows: fail },
    };
    deps.clock.advance(LONG_SECONDS);
    expect(await sweepRuns(broken, 1)).toMatchObject({ due: 1, errors: 1 });
    await deps.runs.create(sampleRun({ runId: 'run-2' }));
    expect(await sweepRuns(deps, 1)).toMatchObject({ due: 1, enqueued: 1 });
    expect(deps.tasks.created.map(({ payload }) => payload)).toMatchObject([{ runId: 'run-2' }]);
  });

  test('looks at no more runs than it was told, and goes on past one that cannot be repaired', async () => {
    const deps = createTestDeps();
    for (const runId of ['run-1', 'run-2', 'run-3']) await deps.runs.create(sampleRun({ runId }));
    const enqueue = deps.queue.enqueue;
    deps.queue.enqueue = (task) =>
      task.payload.runId === 'run-1' ? Promise.reject(new AppError('QUEUE_UNAVAILABLE')) : enqueue(task);
    deps.clock.advance(LONG_SECONDS);
    expect(await sweepRuns(deps, 2)).toMatchObject({ due: 2, errors: 1, enqueued: 1 });
    expect(await sweepRuns(deps, 2)).toMatchObject({ due: 1, enqueued: 1 });
    expect(deps.logged.map(({ severity }) => severity)).toEqual(['ERROR']);
  });
});
