import { describe, expect, test } from '@jest/globals';
import { WindowFindingsSchema } from '../../../../functions/src/contracts/run.ts';
import { deleteConversion } from '../../../../functions/src/pipeline/8-serve-results/conversions.ts';
import { listFindings } from '../../../../functions/src/pipeline/8-serve-results/findings.ts';
import type { PipelineDeps } from '../../../../functions/src/pipeline/pipeline-deps.ts';
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

const windowId = (ordinal: number): string => `compliance-matrix-${String(ordinal).padStart(5, '0')}`;
const FIRST_FOUR = [0, 1, 2, 3].map(windowId);

/** A run of four windows, two of which are done. */
const halfDone = async (): Promise<{ deps: TestDeps; runId: string }> => {
  const deps = createTestDeps({ settings: { windowsInFlight: 4 } });
  const { runId } = await startRun(deps, [longDocument(3)]);
  const first = await runUntil(deps, 'analyze-window');
  await deliver(deps, first);
  const second = await runUntil(deps, 'analyze-window');
  await deliver(deps, second);
  return { deps, runId };
};

const countReads = (deps: TestDeps): { deps: PipelineDeps; reads: string[]; mostAtOnce: () => number } => {
  const reads: string[] = [];
  let open = 0;
  let most = 0;
  const read: PipelineDeps['objects']['read'] = async (ref) => {
    reads.push(ref.object);
    open += 1;
    most = Math.max(most, open);
    await new Promise((resolve) => setImmediate(resolve));
    const bytes = await deps.objects.read(ref);
    open -= 1;
    return bytes;
  };
  return { deps: { ...deps, objects: { ...deps.objects, read } }, reads, mostAtOnce: () => most };
};

describe('listFindings', () => {
  test('shows what the windows that are done have found while the others go on, in the order of the plan', async () => {
    const { deps, runId } = await halfDone();
    const done = deps.stored.windows().filter(({ state }) => state === 'done');
    expect(done).toHaveLength(2);
    const { windows } = await listFindings(deps, CALLER, { runId, windowIds: [...FIRST_FOUR].reverse() });
    expect(windows.map(({ ordinal }) => ordinal)).toEqual(done.map(({ ordinal }) => ordinal).sort());
    for (const window of windows) {
      expect(WindowFindingsSchema.strict().safeParse(window).success).toBe(true);
      const stored = done.find((each) => each.windowId === window.windowId);
      expect(window.findings).toHaveLength(stored?.findings ?? -1);
      const starts = window.findings.map(({ charStart }) => charStart ?? 0);
      expect(starts).toEqual([...starts].sort((a, b) => a - b));
    }
  });

  test('shows in all what the rows of the finished matrix say', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(1)]);
    await runQueueDry(deps);
    const windowIds = deps.stored.windows().map((window) => window.windowId);
    const { windows } = await listFindings(deps, CALLER, { runId, windowIds });
    const rows = deps.stored.rows().sort((a, b) => a.position - b.position);
    expect(windows.flatMap(({ findings }) => findings.map(({ text }) => text))).toEqual(
      rows.map(({ body }) => body.requirementText),
    );
  });

  test.each(['queued', 'planning', 'analyzing', 'merging', 'completed', 'partial', 'failed', 'cancelled'] as const)(
    'is empty for a run that is %s and has no plan, no windows or none of those',
    async (state) => {
      const deps = createTestDeps();
      await deps.runs.create(sampleRun({ state }));
      expect(await listFindings(deps, CALLER, { runId: 'run-1', windowIds: FIRST_FOUR })).toEqual({ windows: [] });
    },
  );

  test.each(['merging', 'partial', 'failed', 'cancelled'] as const)(
    'still shows the windows that were done of a run that is %s',
    async (state) => {
      const { deps, runId } = await halfDone();
      await deps.runs.update({ orgId: 'org-1', runId }, (run) => ({ next: { ...run, state } }));
      const { windows } = await listFindings(deps, CALLER, { runId, windowIds: FIRST_FOUR });
      expect(windows).toHaveLength(2);
    },
  );

  test('leaves out what the run does not have, and names each window once', async () => {
    const { deps, runId } = await halfDone();
    const windowIds = [windowId(0), 'compliance-matrix-99999', 'nothing', '__x__', windowId(0)];
    const { windows } = await listFindings(deps, CALLER, { runId, windowIds });
    expect(windows.map((window) => window.windowId)).toEqual([windowId(0)]);
  });

  test('reads the plan and the document once for all who ask, and each window at most five at a time', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(9)]);
    await runQueueDry(deps);
    const counted = countReads(deps);
    const windowIds = deps.stored.windows().map((window) => window.windowId);
    await listFindings(counted.deps, CALLER, { runId, windowIds });
    await listFindings(counted.deps, CALLER, { runId, windowIds });
    const { plan, documents } = runNow(deps, runId);
    const times = (object = '') => counted.reads.filter((each) => each === object).length;
    expect(times(plan?.object)).toBe(1);
    expect(times(documents[0]?.markdown.object)).toBe(1);
    expect(counted.mostAtOnce()).toBeLessThanOrEqual(7);
    expect(counted.mostAtOnce()).toBeGreaterThan(1);
  });

  test('finds no run of another organisation, and none that was deleted with its document', async () => {
    const { deps, runId } = await halfDone();
    const refused = { reason: 'RUN_NOT_FOUND' };
    await expect(listFindings(deps, STRANGER, { runId, windowIds: FIRST_FOUR })).rejects.toMatchObject(refused);
    await deleteConversion(deps, CALLER, { conversionId: runNow(deps, runId).conversionIds[0] ?? '' });
    await expect(listFindings(deps, CALLER, { runId, windowIds: FIRST_FOUR })).rejects.toMatchObject(refused);
  });

  test('says that a part is missing when what a window found is gone', async () => {
    const { deps, runId } = await halfDone();
    const [window] = deps.stored.windows();
    await deps.objects.delete({ bucket: 'processed', object: window?.output?.object ?? '' });
    await expect(listFindings(deps, CALLER, { runId, windowIds: FIRST_FOUR })).rejects.toMatchObject({
      reason: 'RESULT_MISSING',
    });
  });
});
