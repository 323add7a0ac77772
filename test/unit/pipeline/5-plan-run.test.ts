import { describe, expect, test } from '@jest/globals';
import type { StoredPlan } from '../../../functions/src/contracts/run.ts';
import { AppError } from '../../../functions/src/errors.ts';
import { planRunStep } from '../../../functions/src/pipeline/5-plan-run.ts';
import { buildDocument } from '../../support/build-document.ts';
import { createTestDeps } from '../../support/pipeline-deps.ts';
import { deliver, longDocument, runNow, runQueueDry, startRun } from '../../support/run-of-package.ts';

const document = buildDocument(['The Contractor shall sweep the floors.']);
const planTask = (runId: string, attempt = 1) => ({
  orgId: 'org-1',
  runId,
  attempt,
  trace: { requestId: 'request-1', traceId: '0123456789abcdef0123456789abcdef' },
});

describe('Planning a run', () => {
  test('writes the plan and a window for each of its windows, and enqueues no more than may be under way', async () => {
    const deps = createTestDeps({ settings: { windowsInFlight: 2 } });
    const { runId } = await startRun(deps, [longDocument(4)]);
    await planRunStep(deps, planTask(runId));
    const run = runNow(deps, runId);
    const plan = JSON.parse(deps.memory.text('processed', run.plan?.object ?? '')) as StoredPlan;
    const windows = deps.stored.windows();
    expect(windows.length).toBeGreaterThan(4);
    expect(windows.map(({ windowId, chunks }) => [windowId, chunks])).toEqual(
      plan.windows.map(({ chunks }, at) => [`compliance-matrix-0000${at}`, chunks]),
    );
    expect(run).toMatchObject({ state: 'analyzing', progress: { planned: windows.length, done: 0, failed: 0 } });
    expect(deps.tasks.tasks('analyze-window').map(({ payload }) => payload.windowId)).toEqual([
      'compliance-matrix-00000',
      'compliance-matrix-00001',
    ]);
  });

  test('is done once: a second delivery, and one of an older attempt, find nothing to do', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [document]);
    await planRunStep(deps, planTask(runId));
    const before = [runNow(deps, runId), deps.tasks.created.length];
    await planRunStep(deps, planTask(runId));
    await planRunStep(deps, planTask(runId, 2));
    expect([runNow(deps, runId), deps.tasks.created.length]).toEqual(before);
  });

  test('of a package without anything to read goes straight to the merge', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [buildDocument([])]);
    await planRunStep(deps, planTask(runId));
    expect(runNow(deps, runId)).toMatchObject({ state: 'analyzing', progress: { planned: 0 } });
    expect(deps.tasks.tasks().map(({ queue }) => queue)).toEqual(['plan-run', 'merge-analysis']);
  });

  test('of more chunks than allowed fails before anything is made, and leaves a dead letter', async () => {
    const deps = createTestDeps({ settings: { maxChunks: 3 } });
    const { runId } = await startRun(deps, [longDocument(0)]);
    await runQueueDry(deps);
    expect(runNow(deps, runId)).toMatchObject({ state: 'failed', failure: { reason: 'TOO_MANY_CHUNKS' }, dueAt: null });
    expect([deps.stored.windows(), deps.stored.deadLetters().length]).toEqual([[], 1]);
  });

  test('is tried again at a new attempt when storage does not answer, and given up after the fourth try', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [document]);
    deps.objects.read = () => Promise.reject(new AppError('STORAGE_UNAVAILABLE'));
    await runQueueDry(deps);
    expect(runNow(deps, runId)).toMatchObject({
      state: 'failed',
      attempt: 4,
      failure: { reason: 'STORAGE_UNAVAILABLE' },
    });
  });

  test('by an attempt after a dead one leaves no window that is not in its plan', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [document]);
    const create = deps.runs.createWindows;
    deps.runs.createWindows = async (planned) => {
      const [first] = planned;
      if (first === undefined) throw new Error('nothing planned');
      const other = { ...first, chunks: first.chunks + 1 };
      await create([other, { ...first, windowId: 'compliance-matrix-00001', ordinal: 1 }]);
      throw new AppError('STATE_UNAVAILABLE');
    };
    const task = deps.tasks.take();
    if (task) await deliver(deps, task);
    deps.runs.createWindows = create;
    await runQueueDry(deps);
    expect(runNow(deps, runId)).toMatchObject({ state: 'completed', progress: { planned: 1, done: 1, failed: 0 } });
    expect(deps.stored.windows().map(({ state, chunks }) => [state, chunks])).toEqual([
      ['done', 1],
      ['cancelled', 1],
    ]);
  });

  test('erases the run when one of its documents was deleted while it was being made', async () => {
    const deps = createTestDeps();
    const { runId, conversionIds } = await startRun(deps, [document]);
    await deps.conversions.remove({ orgId: 'org-1', conversionId: conversionIds[0] ?? '' });
    await planRunStep(deps, planTask(runId));
    expect([deps.stored.runs(), deps.stored.windows()]).toEqual([[], []]);
  });

  test('leaves nothing behind when the run was erased or cancelled while it was planned', async () => {
    for (const end of ['erased', 'cancelled'] as const) {
      const deps = createTestDeps();
      const { runId } = await startRun(deps, [document]);
      const key = { orgId: 'org-1', runId };
      const create = deps.runs.createWindows;
      deps.runs.createWindows = async (planned) => {
        if (end === 'erased') await deps.runs.remove(key);
        else await deps.runs.update(key, (run) => ({ next: { ...run, state: 'cancelled' } }));
        await create(planned);
      };
      await planRunStep(deps, planTask(runId));
      expect(deps.memory.names('processed').filter((name) => name.includes('/runs/'))).toEqual([]);
      expect(deps.stored.windows().map(({ state }) => state)).toEqual(end === 'erased' ? [] : ['cancelled']);
      expect(deps.tasks.tasks('analyze-window')).toEqual([]);
    }
  });
});
