import { describe, expect, test } from '@jest/globals';
import { analyzePackage } from '../../../../functions/src/analyze/index.ts';
import { AppError } from '../../../../functions/src/errors.ts';
import { toJson } from '../../../../functions/src/export/json.ts';
import { retryRun } from '../../../../functions/src/pipeline/8-serve-results/retry-run.ts';
import { cancelRun } from '../../../../functions/src/pipeline/8-serve-results/runs.ts';
import { sweepRuns } from '../../../../functions/src/pipeline/sweep/runs.ts';
import { createFaultHarness, ProcessKilled } from '../../../support/fault-harness.ts';
import { createTestDeps, type TestDeps } from '../../../support/pipeline-deps.ts';
import {
  CALLER,
  deliver,
  longDocument,
  runNow,
  runQueueDry,
  runUntil,
  STRANGER,
  startRun,
} from '../../../support/run-of-package.ts';
import { sampleRun } from '../../../support/sample-items.ts';

const document = longDocument(2);
const FAILING = ['compliance-matrix-00000', 'compliance-matrix-00002'];

/** A run that is partial because two of its windows failed; what made them fail is gone. */
const partialRun = async (): Promise<{ deps: TestDeps; runId: string }> => {
  const deps = createTestDeps({ settings: { windowsInFlight: 1 } });
  const { runId } = await startRun(deps, [document]);
  const write = deps.objects.write;
  deps.objects.write = (file) =>
    FAILING.some((windowId) => file.object.endsWith(`${windowId}.json`))
      ? Promise.reject(new AppError('MODEL_FAILED'))
      : write(file);
  await runQueueDry(deps);
  deps.objects.write = write;
  return { deps, runId };
};

/** A run that was cancelled when two of its windows were done and a third waited; `isSwept`: what waits has been closed. */
const cancelledRun = async (isSwept = true): Promise<{ deps: TestDeps; runId: string }> => {
  const deps = createTestDeps({ settings: { windowsInFlight: 1 } });
  const { runId } = await startRun(deps, [document]);
  for (let done = 0; done < 2; done++) await deliver(deps, await runUntil(deps, 'analyze-window'));
  await cancelRun(deps, CALLER, { runId });
  if (isSwept) await sweepRuns(deps, 100);
  return { deps, runId };
};

const expectWhole = (deps: TestDeps, runId: string): void => {
  const run = runNow(deps, runId);
  const planned = deps.stored.windows().length;
  expect(run).toMatchObject({
    state: 'completed',
    dueAt: null,
    missing: [],
    progress: { planned, done: planned, failed: 0 },
  });
  expect(deps.memory.text('processed', run.analysis?.object ?? '')).toBe(
    toJson(analyzePackage([document], ['compliance-matrix'])),
  );
  expect(deps.stored.usage()).toHaveLength(planned);
};

describe('retryRun', () => {
  test('works on the failed windows again and on no other, and the run becomes whole', async () => {
    const { deps, runId } = await partialRun();
    expect(runNow(deps, runId)).toMatchObject({ state: 'partial', missing: FAILING });
    const before = deps.tasks.created.length;
    const { run } = await retryRun(deps, CALLER, { runId });
    expect(run).toMatchObject({ state: 'analyzing', progress: { failed: 0 } });
    await runQueueDry(deps);
    expectWhole(deps, runId);
    const again = deps.tasks.created.slice(before).map(({ queue, payload }) => ({ queue, ...payload }));
    expect(again).toMatchObject([
      { queue: 'analyze-window', windowId: FAILING[0], attempt: 2 },
      { queue: 'analyze-window', windowId: FAILING[1], attempt: 2 },
      { queue: 'merge-analysis', attempt: 2 },
    ]);
  });

  test('asked for twice does the work once', async () => {
    const { deps, runId } = await partialRun();
    await Promise.all([retryRun(deps, CALLER, { runId }), retryRun(deps, CALLER, { runId })]);
    await runQueueDry(deps);
    expectWhole(deps, runId);
    expect(runNow(deps, runId).attempt).toBe(2);
  });

  test.each([
    ['is closed', true],
    ['still waits for the sweep to close it', false],
  ])('carries a cancelled run on where it stopped, also when what was left of it %s', async (_, isSwept) => {
    const { deps, runId } = await cancelledRun(isSwept);
    const { run } = await retryRun(deps, CALLER, { runId });
    const planned = deps.stored.windows().length;
    expect(run).toMatchObject({ state: 'analyzing', progress: { planned, done: 2, failed: 0 } });
    await runQueueDry(deps);
    deps.clock.advance(1200);
    await sweepRuns(deps, 100);
    await runQueueDry(deps);
    expectWhole(deps, runId);
    expect(deps.stored.windows().map(({ attempt }) => attempt)).toEqual([1, 1, isSwept ? 2 : 1]);
  });

  test('plans a run that was cancelled before it was planned', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [document]);
    await cancelRun(deps, CALLER, { runId });
    await retryRun(deps, CALLER, { runId });
    await runQueueDry(deps);
    expectWhole(deps, runId);
  });

  test('refuses a package that is too large for one run as planning did, until the limit is raised', async () => {
    const deps = createTestDeps({ settings: { maxChunks: 3 } });
    const { runId } = await startRun(deps, [document]);
    await runQueueDry(deps);
    const { failure, updatedAt } = runNow(deps, runId);
    await expect(retryRun(deps, CALLER, { runId })).rejects.toMatchObject({
      reason: 'TOO_MANY_CHUNKS',
      message: failure?.message,
      details: { limit: 3 },
    });
    expect(runNow(deps, runId)).toMatchObject({ state: 'failed', attempt: 1, updatedAt, dueAt: null });
    const raised = { ...deps, settings: { ...deps.settings, maxChunks: 1000 } };
    await retryRun(raised, CALLER, { runId });
    await runQueueDry(raised);
    expectWhole(deps, runId);
  });

  test.each([
    ['failed', partialRun],
    ['cancelled', cancelledRun],
  ])('of %s windows loses nothing when the process is killed before or after any of its writes', async (_, prepare) => {
    const calm = await prepare();
    const counting = createFaultHarness(calm.deps, []);
    await retryRun(counting.process(), CALLER, { runId: calm.runId });
    const points = counting
      .effects()
      .flatMap((_, effect) => (['before', 'after'] as const).map((when) => ({ effect, when })))
      .slice(1);
    expect(points.length).toBeGreaterThan(6);
    for (const point of points) {
      const { deps, runId } = await prepare();
      const harness = createFaultHarness(deps, [point]);
      await expect(retryRun(harness.process(), CALLER, { runId })).rejects.toBeInstanceOf(ProcessKilled);
      for (let sweeps = 0; sweeps < 5 && runNow(deps, runId).dueAt !== null; sweeps++) {
        await runQueueDry(deps);
        deps.clock.advance(1200);
        await sweepRuns(deps, 100);
      }
      await runQueueDry(deps);
      expectWhole(deps, runId);
    }
  });

  test('plans again what failed while it was planned', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [document]);
    const { read } = deps.objects;
    deps.objects.read = () => Promise.reject(new AppError('STORAGE_UNAVAILABLE'));
    await runQueueDry(deps);
    deps.objects.read = read;
    expect(runNow(deps, runId).state).toBe('failed');
    const { run } = await retryRun(deps, CALLER, { runId });
    expect(run.state).toBe('queued');
    expect(run).not.toHaveProperty('failure');
    await runQueueDry(deps);
    expectWhole(deps, runId);
  });

  test('merges again what failed while it was merged, without a window being worked on', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [document]);
    const replace = deps.runs.replaceRows;
    deps.runs.replaceRows = () => Promise.reject(new AppError('STATE_UNAVAILABLE'));
    await runQueueDry(deps);
    deps.runs.replaceRows = replace;
    expect(runNow(deps, runId).state).toBe('failed');
    await retryRun(deps, CALLER, { runId });
    expect(deps.tasks.tasks().map(({ queue }) => queue)).toEqual(['merge-analysis']);
    await runQueueDry(deps);
    expectWhole(deps, runId);
  });

  test.each([
    ['queued', 'it is still under way'],
    ['analyzing', 'it is still under way'],
    ['merging', 'it is still under way'],
    ['completed', 'nothing in it has failed'],
    ['partial', 'no part of its work has failed; what is missing could not be read'],
  ] as const)('refuses a run that is %s and has no failed window, and says why', async (state, problem) => {
    const deps = createTestDeps();
    await deps.runs.create(sampleRun({ state }));
    await expect(retryRun(deps, CALLER, { runId: 'run-1' })).rejects.toMatchObject({
      reason: 'RUN_NOT_RETRYABLE',
      message: `The run is ${state}: ${problem}.`,
    });
    expect([deps.stored.runs()[0]?.state, deps.tasks.created]).toEqual([state, []]);
  });

  test('does not find the run of another organisation', async () => {
    const { deps, runId } = await partialRun();
    await expect(retryRun(deps, STRANGER, { runId })).rejects.toMatchObject({ reason: 'RUN_NOT_FOUND' });
    expect(runNow(deps, runId).state).toBe('partial');
  });
});
