import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../../functions/src/errors.ts';
import { mergeAnalysisStep } from '../../../functions/src/pipeline/7-merge-analysis.ts';
import type { PipelineDeps } from '../../../functions/src/pipeline/pipeline-deps.ts';
import { createTestDeps } from '../../support/pipeline-deps.ts';
import { deliver, longDocument, runNow, runQueueDry, runUntil, startRun } from '../../support/run-of-package.ts';

/** What merge writes into the bucket. */
const isResult = (name: string): boolean => /\/(?:analysis|ledger)\.json$/.test(name);

describe('Merging', () => {
  test('waits while a window is open', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(1)]);
    await runUntil(deps, 'analyze-window');
    await mergeAnalysisStep(deps, { orgId: 'org-1', runId, attempt: 1, trace: runNow(deps, runId).trace });
    expect(runNow(deps, runId)).toMatchObject({ state: 'analyzing', attempt: 1 });
  });

  test('counts every window from its beginning, and has no result until its end', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(3)]);
    const write = deps.objects.write;
    deps.objects.write = (file) =>
      file.object.endsWith('00001.json') ? Promise.reject(new AppError('MODEL_FAILED')) : write(file);
    const merge = await runUntil(deps, 'merge-analysis');
    const planned = deps.stored.windows().length;
    const exact = { planned, done: planned - 1, failed: 1 };
    const stored = { object: 'old.json', generation: '1', sizeBytes: 1 };
    const old = { analysis: stored, ledger: stored, rows: 7, missing: ['a page'] };
    await deps.runs.update({ orgId: 'org-1', runId }, (run) => ({ next: { ...run, ...old } }));
    expect(runNow(deps, runId).progress).not.toEqual(exact);
    const seen: unknown[] = [];
    const replace = deps.runs.replaceRows;
    deps.runs.replaceRows = (key, rows) => {
      const { state, progress, analysis, ledger, rows: count, missing } = runNow(deps, runId);
      seen.push({ state, progress, analysis, ledger, count, missing });
      return replace(key, rows);
    };
    await deliver(deps, merge);
    expect(seen).toEqual([
      {
        state: 'merging',
        progress: exact,
        analysis: undefined,
        ledger: undefined,
        count: undefined,
        missing: undefined,
      },
    ]);
    expect(runNow(deps, runId)).toMatchObject({ state: 'partial', progress: exact });
  });

  test('is tried again at a new attempt, with what the windows found', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(1)]);
    const replace = deps.runs.replaceRows;
    let failures = 2;
    deps.runs.replaceRows = (key, rows) => {
      failures -= 1;
      return failures >= 0 ? Promise.reject(new AppError('STATE_UNAVAILABLE')) : replace(key, rows);
    };
    await runQueueDry(deps);
    expect(runNow(deps, runId)).toMatchObject({ state: 'completed', attempt: 3, tries: 3 });
    expect(runNow(deps, runId).analysis?.object).toContain('/3/analysis.json');
    expect(runNow(deps, runId).ledger?.object).toContain('/3/ledger.json');
    expect(new Set(deps.stored.windows().map(({ attempt }) => attempt))).toEqual(new Set([1]));
  });

  test('is given up after the fourth try, with a dead letter', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(0)]);
    deps.runs.replaceRows = () => Promise.reject(new AppError('STATE_UNAVAILABLE'));
    await runQueueDry(deps);
    expect(runNow(deps, runId)).toMatchObject({ state: 'failed', failure: { reason: 'STATE_UNAVAILABLE' } });
    expect(deps.stored.deadLetters()).toMatchObject([{ queue: 'merge-analysis', tries: 4 }]);
  });

  test('fails and shows nothing when a result is gone', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(1)]);
    const merge = await runUntil(deps, 'merge-analysis');
    const [first] = deps.stored.windows();
    await deps.objects.delete({ bucket: 'processed', object: first?.output?.object ?? '' });
    await deliver(deps, merge);
    expect(runNow(deps, runId)).toMatchObject({ state: 'failed', failure: { reason: 'RESULT_MISSING' } });
    expect(deps.stored.rows()).toEqual([]);
  });

  test('by a late worker writes no rows once a newer attempt has taken over', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(0)]);
    const merge = await runUntil(deps, 'merge-analysis');
    const read: PipelineDeps['objects']['read'] = async (file) => {
      await deps.runs.update({ orgId: 'org-1', runId }, (run) => ({ next: { ...run, attempt: 2 } }));
      return deps.objects.read(file);
    };
    await deliver({ ...deps, objects: { ...deps.objects, read } }, merge);
    expect(runNow(deps, runId)).toMatchObject({ state: 'merging', attempt: 2 });
    expect(deps.stored.rows()).toEqual([]);
    expect(deps.memory.names('processed').filter(isResult)).toEqual([]);
  });

  test('by a worker that is overtaken while it writes settles nothing, and takes its analysis and its ledger away again', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(0)]);
    const merge = await runUntil(deps, 'merge-analysis');
    const write: PipelineDeps['objects']['write'] = async (file) => {
      await deps.runs.update({ orgId: 'org-1', runId }, (run) => ({ next: { ...run, attempt: 2 } }));
      return deps.objects.write(file);
    };
    await deliver({ ...deps, objects: { ...deps.objects, write } }, merge);
    expect(runNow(deps, runId)).toMatchObject({ state: 'merging', attempt: 2 });
    expect(deps.memory.names('processed').filter(isResult)).toEqual([]);
  });

  test('that fails with its analysis ends only when its rows are written: nothing of it arrives later', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(0)]);
    const merge = await runUntil(deps, 'merge-analysis');
    const events: string[] = [];
    const replaceRows: PipelineDeps['runs']['replaceRows'] = async (...given) => {
      await new Promise((resolve) => setImmediate(resolve));
      await deps.runs.replaceRows(...given);
      events.push('rows');
    };
    const write = () => Promise.reject(new AppError('STORAGE_UNAVAILABLE'));
    const failing = { ...deps, runs: { ...deps.runs, replaceRows }, objects: { ...deps.objects, write } };
    const payload = { orgId: 'org-1', runId, attempt: 1, trace: runNow(deps, runId).trace };
    await expect(mergeAnalysisStep(failing, payload)).rejects.toMatchObject({ reason: 'STORAGE_UNAVAILABLE' });
    expect([merge.queue, ...events]).toEqual(['merge-analysis', 'rows']);
  });

  test('of a run that is erased meanwhile leaves nothing behind', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(0)]);
    const merge = await runUntil(deps, 'merge-analysis');
    const key = { orgId: 'org-1', runId };
    const replace = deps.runs.replaceRows;
    deps.runs.replaceRows = async (of, rows) => {
      await deps.runs.remove(key);
      await replace(of, rows);
    };
    await deliver(deps, merge);
    expect([deps.stored.runs(), deps.stored.rows()]).toEqual([[], []]);
    expect(deps.memory.names('processed').filter(isResult)).toEqual([]);
  });
});
