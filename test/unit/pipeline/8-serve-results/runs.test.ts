import { describe, expect, test } from '@jest/globals';
import { RunViewSchema } from '../../../../functions/src/contracts/run.ts';
import { listConversions } from '../../../../functions/src/pipeline/8-serve-results/conversions.ts';
import { cancelRun, getRun, listRuns } from '../../../../functions/src/pipeline/8-serve-results/runs.ts';
import { sweepRuns } from '../../../../functions/src/pipeline/sweep/runs.ts';
import { createTestDeps } from '../../../support/pipeline-deps.ts';
import {
  CALLER,
  deliver,
  longDocument,
  runNow,
  runQueueDry,
  runUntil,
  STRANGER,
  startRun,
  statesOf,
} from '../../../support/run-of-package.ts';
import { sampleRun } from '../../../support/sample-items.ts';

describe('getRun', () => {
  test('shows how a run stands, without leases and paths', async () => {
    const deps = createTestDeps();
    await deps.runs.create(sampleRun({ state: 'analyzing', progress: { planned: 9, done: 3, failed: 1 } }));
    const { run } = await getRun(deps, CALLER, { runId: 'run-1' });
    expect(run).toMatchObject({ runId: 'run-1', state: 'analyzing', progress: { planned: 9, done: 3, failed: 1 } });
    expect(Object.keys(run).filter((name) => !(name in RunViewSchema.shape))).toEqual([]);
  });

  test('names the documents that it read with their conversions, and not where they are stored', async () => {
    const deps = createTestDeps();
    const documents = [longDocument(0), longDocument(0, 'price.md')];
    const { runId } = await startRun(deps, documents);
    await runQueueDry(deps);
    const { run } = await getRun(deps, CALLER, { runId });
    expect(run.documents).toEqual(
      documents.map(({ documentId, fileName }) => ({
        documentId,
        conversionId: `conversion-${documentId}`,
        fileName,
      })),
    );
    expect(JSON.stringify(run)).not.toMatch(/processed\/|generation|attempt|dueAt|trace/);
  });
});

describe('listRuns', () => {
  /** The middle one was deleted. */
  const five = async () => {
    const deps = createTestDeps();
    for (const second of [1, 2, 3, 4, 5]) {
      const createdAt = `2026-11-20T09:00:0${second}.000Z`;
      const deleted = second === 3 ? { deletedAt: createdAt } : {};
      await deps.runs.create(sampleRun({ runId: `run-${second}`, createdAt, ...deleted }));
    }
    return deps;
  };

  test('shows each run of the organisation once, newest first, page by page, and none that was deleted', async () => {
    const deps = await five();
    const first = await listRuns(deps, CALLER, { pageSize: 3 });
    expect(first.runs.map(({ runId }) => runId)).toEqual(['run-5', 'run-4', 'run-2']);
    const second = await listRuns(deps, CALLER, { pageSize: 3, cursor: String(first.nextCursor) });
    expect(second.runs.map(({ runId }) => runId)).toEqual(['run-1']);
    expect(second.nextCursor).toBeUndefined();
    expect((await listRuns(deps, CALLER, { pageSize: 4 })).nextCursor).toBeUndefined();
  });

  test('shows a run as getRun does', async () => {
    const deps = await five();
    const { runs } = await listRuns(deps, CALLER, { pageSize: 1 });
    expect(runs).toEqual([(await getRun(deps, CALLER, { runId: 'run-5' })).run]);
  });

  test('shows nothing of another organisation, and takes no cursor of it or of another list', async () => {
    const deps = await five();
    expect(await listRuns(deps, STRANGER, { pageSize: 10 })).toEqual({ runs: [] });
    const { nextCursor } = await listRuns(deps, CALLER, { pageSize: 1 });
    const refused = { reason: 'CURSOR_INVALID' };
    const cursor = String(nextCursor);
    await expect(listRuns(deps, STRANGER, { pageSize: 1, cursor })).rejects.toMatchObject(refused);
    await expect(listConversions(deps, CALLER, { pageSize: 1, cursor })).rejects.toMatchObject(refused);
  });
});

describe.each([
  ['getRun', getRun],
  ['cancelRun', cancelRun],
])('%s', (_, handler) => {
  test('answers the same for a run that is missing, deleted, or another organisation’s', async () => {
    const deps = createTestDeps();
    await deps.runs.create(sampleRun());
    await deps.runs.create(sampleRun({ runId: 'deleted', deletedAt: '2026-11-20T09:00:00.000Z' }));
    const refused = { reason: 'RUN_NOT_FOUND' };
    await expect(handler(deps, CALLER, { runId: 'none' })).rejects.toMatchObject(refused);
    await expect(handler(deps, CALLER, { runId: 'deleted' })).rejects.toMatchObject(refused);
    await expect(handler(deps, STRANGER, { runId: 'run-1' })).rejects.toMatchObject(refused);
    expect(deps.stored.runs().map(({ state }) => state)).toEqual(['queued', 'queued']);
  });
});

describe('cancelRun', () => {
  test.each(['plan-run', 'analyze-window', 'merge-analysis'] as const)(
    'before %s lets nothing new begin',
    async (queue) => {
      const deps = createTestDeps({ settings: { windowsInFlight: 1 } });
      const { runId } = await startRun(deps, [longDocument(2)]);
      await runUntil(deps, queue);
      deps.tasks.takeAll();
      const done = statesOf(deps).filter((state) => state === 'done').length;
      const { run } = await cancelRun(deps, CALLER, { runId });
      expect(run.state).toBe('cancelled');
      for (const task of [...deps.tasks.created])
        await deps.queue.enqueue({ ...task, name: `again-${task.name}`, path: '/' });
      await runQueueDry(deps);
      expect(runNow(deps, runId).state).toBe('cancelled');
      expect(statesOf(deps).filter((state) => state === 'done')).toHaveLength(done);
      expect(deps.stored.rows()).toEqual([]);
    },
  );

  test('counts the windows that have ended, and later those that were under way', async () => {
    const deps = createTestDeps({ settings: { windowsInFlight: 2 } });
    const { runId } = await startRun(deps, [longDocument(4)]);
    const underWay = await runUntil(deps, 'analyze-window');
    for (let ended = 0; ended < 2; ended++) await deliver(deps, await runUntil(deps, 'analyze-window'));
    const planned = statesOf(deps).length;
    expect(runNow(deps, runId).progress).not.toEqual({ planned, done: 2, failed: 0 });
    const { write } = deps.objects;
    deps.objects.write = async (file) => {
      deps.objects.write = write;
      const { run } = await cancelRun(deps, CALLER, { runId });
      expect(run.progress).toEqual({ planned, done: 2, failed: 0 });
      await sweepRuns(deps, 100);
      expect(runNow(deps, runId).dueAt).not.toBeNull();
      return write(file);
    };
    await deliver(deps, underWay);
    deps.clock.advance(200);
    await sweepRuns(deps, 100);
    expect(runNow(deps, runId)).toMatchObject({
      state: 'cancelled',
      dueAt: null,
      progress: { planned, done: 3, failed: 0 },
    });
    expect(await deps.runs.countOpenWindows({ orgId: 'org-1', runId })).toBe(0);
  });

  test('said twice, or of a run that is settled, changes nothing', async () => {
    const deps = createTestDeps();
    await deps.runs.create(sampleRun({ state: 'completed' }));
    await deps.runs.create(sampleRun({ runId: 'run-2' }));
    expect((await cancelRun(deps, CALLER, { runId: 'run-1' })).run.state).toBe('completed');
    const once = await cancelRun(deps, CALLER, { runId: 'run-2' });
    deps.clock.advance(5);
    expect(await cancelRun(deps, CALLER, { runId: 'run-2' })).toEqual(once);
  });
});
