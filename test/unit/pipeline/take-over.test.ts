import { describe, expect, test } from '@jest/globals';
import type { QueueName } from '../../../functions/src/contracts/tasks.ts';
import { createTaskSteps } from '../../../functions/src/handlers.ts';
import { claimUpload } from '../../../functions/src/pipeline/2-claim-upload.ts';
import type { QueuedTask } from '../../support/memory-queue.ts';
import { createTestDeps, type TestDeps } from '../../support/pipeline-deps.ts';
import { createScanConverter, createTestOcr } from '../../support/scan-converter.ts';
import { askUpload, putUpload } from '../../support/upload-document.ts';

/** A scan of two shards that is to be analysed: it passes through all queues, through the first one twice. */
const scanned = async (): Promise<TestDeps> => {
  const deps = createTestDeps({ ocr: createTestOcr(), converter: createScanConverter({ pages: 20 }) });
  const request = { fileName: 'scan.pdf', contentType: 'application/pdf', kinds: ['compliance-matrix' as const] };
  const { conversionId } = await askUpload(deps, request);
  await claimUpload(deps, putUpload(deps, conversionId, 'a scan'));
  return deps;
};

const run = (deps: TestDeps, { queue, payload }: QueuedTask, deliveries: number): Promise<string> =>
  createTaskSteps(deps)[queue].run(payload as never, deliveries);

const isOf = (queue: QueueName, phase?: string) => (task: QueuedTask) =>
  task.queue === queue && (phase === undefined || (task.payload as { phase?: string }).phase === phase);

/** Works on all that comes before such a task, and takes that. */
const reach = async (deps: TestDeps, isWanted: (task: QueuedTask) => boolean): Promise<QueuedTask> => {
  for (let task = deps.tasks.take(); task; task = deps.tasks.take()) {
    if (isWanted(task)) return task;
    await run(deps, task, 1);
  }
  throw new Error('no such task came');
};

/** What the work is written down in. */
const itemOf = ({ stored }: TestDeps, { queue, payload }: QueuedTask) => {
  const { shardId } = payload as { shardId?: string };
  if (queue === 'convert-document') return stored.conversions()[0];
  if (queue === 'ocr-shard') return stored.shards().find((shard) => shard.shardId === shardId);
  return queue === 'analyze-window' ? stored.windows()[0] : stored.runs()[0];
};

/** A worker that claims the work of this task and is never heard of again. */
const diesAtWork = async (deps: TestDeps, task: QueuedTask): Promise<void> => {
  const never = (): Promise<never> => new Promise(() => undefined);
  const working = { ...deps, objects: { ...deps.objects, read: never } };
  void createTaskSteps(working)[task.queue].run(task.payload as never, 1);
  for (let ticks = 0; ticks < 20; ticks++) await Promise.resolve();
};

const endOf = ({ stored }: TestDeps) => ({
  conversions: stored.conversions().map(({ state }) => state),
  runs: stored.runs().map(({ state, rows, progress }) => ({ state, rows, progress })),
  usage: stored
    .usage()
    .map(({ usageId, quantity }) => `${usageId} ${quantity}`)
    .sort(),
});

const workThrough = async (deps: TestDeps): Promise<void> => {
  for (let task = deps.tasks.take(); task; task = deps.tasks.take()) await run(deps, task, 1);
};

describe.each([
  ['convert-document, reading', isOf('convert-document', 'read')],
  ['convert-document, putting a scan together', isOf('convert-document', 'assemble')],
  ['ocr-shard', isOf('ocr-shard')],
  ['plan-run', isOf('plan-run')],
  ['analyze-window', isOf('analyze-window')],
  ['merge-analysis', isOf('merge-analysis')],
])('Work of %s whose worker died', (_, isWanted) => {
  test('is left alone by a duplicate of the first delivery, which says that it is busy', async () => {
    const deps = await scanned();
    const task = await reach(deps, isWanted);
    await diesAtWork(deps, task);
    const before = itemOf(deps, task);
    await expect(run(deps, task, 1)).resolves.toBe('busy');
    expect(itemOf(deps, task)).toEqual(before);
  });

  test('is taken over by the redelivery at once, and all ends as if nobody had died', async () => {
    const calm = await scanned();
    await workThrough(calm);
    const deps = await scanned();
    const task = await reach(deps, isWanted);
    await diesAtWork(deps, task);
    await expect(run(deps, task, 2)).resolves.toBe('retried');
    expect(itemOf(deps, task)).toMatchObject({ attempt: task.payload.attempt + 1, tries: 2 });
    await expect(run(deps, task, 3)).resolves.toBe('stale');
    await workThrough(deps);
    expect(endOf(deps)).toEqual(endOf(calm));
    expect(calm.stored.runs().map(({ state }) => state)).toEqual(['completed']);
  });

  test('is given up when it was the fourth, with a dead letter, and what waits for it goes on', async () => {
    const deps = await scanned();
    const task = await reach(deps, isWanted);
    const outcomes: string[] = [];
    let next: QueuedTask | undefined = task;
    for (let tries = 0; tries < 4 && next !== undefined; tries++) {
      await diesAtWork(deps, next);
      outcomes.push(await run(deps, next, 2));
      const { queue, payload } = next;
      const { shardId } = payload as { shardId?: string };
      next = deps.tasks.take((tasks) =>
        tasks.find(
          (each) =>
            each.queue === queue &&
            (each.payload as { shardId?: string }).shardId === shardId &&
            each.payload.attempt === payload.attempt + 1,
        ),
      );
    }
    expect(outcomes).toEqual(['retried', 'retried', 'retried', 'givenUp']);
    expect(itemOf(deps, task)).toMatchObject({ state: 'failed', failure: { reason: 'WORK_LOST' }, dueAt: null });
    expect(deps.stored.deadLetters()).toMatchObject([{ queue: task.queue, tries: 4 }]);
    await workThrough(deps);
    const open = [...deps.stored.conversions(), ...deps.stored.runs()].filter(({ dueAt }) => dueAt !== null);
    expect(open).toEqual([]);
  });

  test('is done by a redelivery that finds it waiting, as after an overload', async () => {
    const deps = await scanned();
    const task = await reach(deps, isWanted);
    expect(['busy', 'stale', 'retried', 'givenUp']).not.toContain(await run(deps, task, 2));
    expect(deps.tasks.created.filter(({ payload }) => payload.attempt > task.payload.attempt)).toEqual([]);
  });
});

test('A cancelled run’s window is said to be closed, and one that nobody waits for to be stale', async () => {
  const deps = await scanned();
  const task = await reach(deps, isOf('analyze-window'));
  await deps.runs.update(task.payload as never, (current) => ({ next: { ...current, state: 'cancelled' } }));
  await expect(run(deps, task, 1)).resolves.toBe('cancelled');
  await expect(run(deps, task, 1)).resolves.toBe('stale');
});
