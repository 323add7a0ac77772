import { describe, expect, test } from '@jest/globals';
import { analyzeWindow } from '../../../functions/src/analyze/window.ts';
import type { StoredPlan } from '../../../functions/src/contracts/run.ts';
import { AppError } from '../../../functions/src/errors.ts';
import { analyzeWindowFailed, analyzeWindowStep } from '../../../functions/src/pipeline/6-analyze-window.ts';
import type { PipelineDeps } from '../../../functions/src/pipeline/pipeline-deps.ts';
import { createTestDeps, type TestDeps } from '../../support/pipeline-deps.ts';
import { deliver, longDocument, runNow, runUntil, startRun, statesOf } from '../../support/run-of-package.ts';

const document = longDocument(3);

const windowTask = (runId: string, ordinal: number, attempt = 1) => ({
  orgId: 'org-1',
  runId,
  windowId: `compliance-matrix-0000${ordinal}`,
  attempt,
  trace: { requestId: 'request-1', traceId: '0123456789abcdef0123456789abcdef' },
});

/** A run whose windows may begin; their tasks are taken out of the queue. */
const plannedRun = async (windowsInFlight = 4): Promise<{ deps: TestDeps; runId: string }> => {
  const deps = createTestDeps({ settings: { windowsInFlight } });
  const { runId } = await startRun(deps, [document]);
  await runUntil(deps, 'analyze-window');
  deps.tasks.takeAll();
  return { deps, runId };
};

const firstWindow = (deps: TestDeps) => deps.stored.windows().find(({ ordinal }) => ordinal === 0);
const namesOfRun = (deps: TestDeps) => deps.memory.names('processed').filter((name) => name.includes('/runs/'));

describe('Analysing a window', () => {
  test('saves what the rules find, settles the window and counts it', async () => {
    const { deps, runId } = await plannedRun();
    await analyzeWindowStep(deps, windowTask(runId, 0));
    const { context, windows } = JSON.parse(
      deps.memory.text('processed', runNow(deps, runId).plan?.object ?? ''),
    ) as StoredPlan;
    const [own] = windows;
    if (own === undefined) throw new Error('no window was planned');
    const expected = analyzeWindow(context, own, document);
    const settled = firstWindow(deps);
    expect(settled).toMatchObject({ state: 'done', dueAt: null, findings: expected.findings.length });
    expect(JSON.parse(deps.memory.text('processed', settled?.output?.object ?? ''))).toEqual(expected);
    expect(deps.stored.usage()).toMatchObject([{ kind: 'windows_analysed', quantity: 1, subject: { runId } }]);
  });

  test('touches the documents of no other window, and not the run’s state', async () => {
    const { deps, runId } = await plannedRun();
    const before = runNow(deps, runId);
    await analyzeWindowStep(deps, windowTask(runId, 1));
    const { progress: _, ...after } = runNow(deps, runId);
    expect(before).toMatchObject(after);
    expect(statesOf(deps).filter((state) => state === 'queued')).toHaveLength(statesOf(deps).length - 1);
  });

  test('does nothing on a second delivery', async () => {
    const { deps, runId } = await plannedRun();
    await analyzeWindowStep(deps, windowTask(runId, 0));
    const before = [deps.stored.windows(), namesOfRun(deps), deps.tasks.created.length];
    await analyzeWindowStep(deps, windowTask(runId, 0));
    expect([deps.stored.windows(), namesOfRun(deps), deps.tasks.created.length]).toEqual(before);
    expect(deps.stored.usage()).toHaveLength(1);
  });

  test('does nothing for a task of an older attempt', async () => {
    const { deps, runId } = await plannedRun();
    await deps.runs.updateWindow(windowTask(runId, 0), (window) => ({ next: { ...window, attempt: 2 } }));
    await analyzeWindowStep(deps, windowTask(runId, 0));
    expect(firstWindow(deps)).toMatchObject({ state: 'queued', attempt: 2 });
  });

  test('reads plan and document from storage once for all the windows of a process', async () => {
    const { deps, runId } = await plannedRun();
    const read: string[] = [];
    const objects = { ...deps.objects };
    objects.read = (ref) => {
      read.push(ref.object);
      return deps.objects.read(ref);
    };
    for (const ordinal of [0, 1, 2]) await analyzeWindowStep({ ...deps, objects }, windowTask(runId, ordinal));
    expect(read).toHaveLength(3);
    expect(new Set(read).size).toBe(3);
  });

  test('of a late worker changes nothing that a newer attempt has taken over, and its result is removed', async () => {
    const { deps, runId } = await plannedRun();
    const key = { orgId: 'org-1', runId, windowId: 'compliance-matrix-00000' };
    const slow: PipelineDeps = {
      ...deps,
      usage: {
        record: async (event) => {
          await deps.runs.updateWindow(key, (window) => ({ next: { ...window, attempt: 2 } }));
          return deps.usage.record(event);
        },
      },
    };
    await analyzeWindowStep(slow, windowTask(runId, 0));
    expect(firstWindow(deps)).toMatchObject({ state: 'working', attempt: 2 });
    expect(namesOfRun(deps)).toEqual([runNow(deps, runId).plan?.object]);
    expect(deps.tasks.tasks()).toEqual([]);
  });

  test('of a run that is erased meanwhile leaves nothing behind', async () => {
    const { deps, runId } = await plannedRun();
    const slow: PipelineDeps = {
      ...deps,
      usage: {
        record: async (event) => {
          await deps.objects.deleteAll('processed', `processed/org-1/runs/${runId}/1/plan`);
          await deps.runs.remove({ orgId: 'org-1', runId });
          return deps.usage.record(event);
        },
      },
    };
    await analyzeWindowStep(slow, windowTask(runId, 0));
    expect([deps.stored.windows(), namesOfRun(deps)]).toEqual([[], []]);
  });

  test('of a cancelled run closes the window without working on it, and calls no other', async () => {
    const { deps, runId } = await plannedRun(1);
    await deps.runs.update({ orgId: 'org-1', runId }, (run) => ({ next: { ...run, state: 'cancelled' } }));
    await analyzeWindowStep(deps, windowTask(runId, 0));
    expect(firstWindow(deps)).toMatchObject({ state: 'cancelled', dueAt: null });
    expect([deps.tasks.tasks(), deps.stored.usage()]).toEqual([[], []]);
  });

  test('leaves the window waiting when the run is not at its windows', async () => {
    const { deps, runId } = await plannedRun();
    await deps.runs.update({ orgId: 'org-1', runId }, (run) => ({ next: { ...run, state: 'planning' } }));
    await analyzeWindowStep(deps, windowTask(runId, 0));
    expect(firstWindow(deps)).toMatchObject({ state: 'queued', attempt: 1 });
  });
});

describe('A settled window', () => {
  test('calls the next of its lane, and skips those that are settled already', async () => {
    const { deps, runId } = await plannedRun(1);
    await deps.runs.updateWindow(windowTask(runId, 1), (window) => ({ next: { ...window, state: 'done' } }));
    await deps.runs.updateWindow(windowTask(runId, 2), (window) => ({ next: { ...window, attempt: 5 } }));
    await analyzeWindowStep(deps, windowTask(runId, 0));
    expect(deps.tasks.tasks('analyze-window').map(({ payload }) => [payload.windowId, payload.attempt])).toEqual([
      ['compliance-matrix-00002', 5],
    ]);
  });

  test('calls nothing of another lane when its own has come to its end', async () => {
    const { deps, runId } = await plannedRun(2);
    await deps.runs.updateWindow(windowTask(runId, 2), (window) => ({ next: { ...window, state: 'done' } }));
    await analyzeWindowStep(deps, windowTask(runId, 0));
    expect(deps.tasks.tasks()).toEqual([]);
  });

  test('enqueues the merge once when it was the last, also when two were the last at the same time', async () => {
    const { deps, runId } = await plannedRun();
    const all = statesOf(deps).map((_, ordinal) => analyzeWindowStep(deps, windowTask(runId, ordinal)));
    await Promise.all(all);
    expect(deps.tasks.created.filter(({ queue }) => queue === 'merge-analysis')).toHaveLength(1);
  });

  test('writes the progress at most once a second, and counts failed windows in it', async () => {
    const { deps, runId } = await plannedRun();
    let writes = 0;
    const note = deps.runs.noteProgress;
    deps.runs.noteProgress = (key, progress) => {
      writes += 1;
      return note(key, progress);
    };
    const planned = statesOf(deps).length;
    expect(planned).toBeGreaterThan(3);
    await analyzeWindowStep(deps, windowTask(runId, 0));
    await deps.runs.updateWindow(windowTask(runId, 1), (window) => ({ next: { ...window, state: 'working' } }));
    await analyzeWindowFailed(deps, windowTask(runId, 1), new AppError('WINDOW_INVALID'), 1);
    expect(writes).toBe(1);
    expect(runNow(deps, runId).progress).toEqual({ planned, done: 1, failed: 0 });
    deps.clock.advance(1);
    await analyzeWindowStep(deps, windowTask(runId, 2));
    expect(runNow(deps, runId).progress).toEqual({ planned, done: 2, failed: 1 });
  });
});

describe('A window that fails', () => {
  test('is tried again later at a new attempt, and the run waits for it', async () => {
    const { deps, runId } = await plannedRun();
    const broken = {
      ...deps,
      objects: { ...deps.objects, write: () => Promise.reject(new AppError('STORAGE_UNAVAILABLE')) },
    };
    const [task] = deps.tasks.created.filter(({ queue }) => queue === 'analyze-window');
    if (task) await deliver(broken, task);
    expect(firstWindow(deps)).toMatchObject({ state: 'queued', attempt: 2, tries: 2 });
    expect(deps.tasks.tasks('analyze-window').map(({ payload }) => payload)).toEqual([windowTask(runId, 0, 2)]);
  });

  test('for good is settled with its reason and a dead letter, and the run goes on without it', async () => {
    const { deps, runId } = await plannedRun(1);
    const [task] = deps.tasks.created.filter(({ queue }) => queue === 'analyze-window');
    deps.objects.read = async () => new TextEncoder().encode('{"context":{},"windows":[]}');
    if (task) await deliver(deps, task);
    expect(firstWindow(deps)).toMatchObject({ state: 'failed', dueAt: null, failure: { reason: 'WINDOW_INVALID' } });
    expect(deps.stored.deadLetters()).toMatchObject([{ queue: 'analyze-window', payload: windowTask(runId, 0) }]);
    expect(deps.tasks.tasks('analyze-window').map(({ payload }) => payload.windowId)).toEqual([
      'compliance-matrix-00001',
    ]);
  });

  test('goes back to the same attempt when the model is overloaded', async () => {
    const { deps, runId } = await plannedRun();
    const task = windowTask(runId, 0);
    await deps.runs.updateWindow(task, (window) => ({ next: { ...window, state: 'working' } }));
    await expect(analyzeWindowFailed(deps, task, new AppError('MODEL_OVERLOADED'), 1)).resolves.toBe('overloaded');
    expect(firstWindow(deps)).toMatchObject({ state: 'queued', attempt: 1, tries: 1 });
    await analyzeWindowStep(deps, task);
    expect(firstWindow(deps)).toMatchObject({ state: 'done', attempt: 1 });
  });
});
