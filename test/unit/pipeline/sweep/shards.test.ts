import { describe, expect, test } from '@jest/globals';
import type { OcrShard } from '../../../../functions/src/contracts/conversion.ts';
import type { TaskPayload } from '../../../../functions/src/contracts/tasks.ts';
import { recogniseShard } from '../../../../functions/src/pipeline/3-convert-document/ocr-shard.ts';
import { sweepConversions } from '../../../../functions/src/pipeline/sweep/conversions.ts';
import { createTestDeps, type TestDeps } from '../../../support/pipeline-deps.ts';
import { createScanConverter, createTestOcr } from '../../../support/scan-converter.ts';
import { queuedConversion, runConversionTask, storedConversion } from '../../../support/upload-document.ts';

const A_DAY_SECONDS = 86_400;

/** Two shards whose tasks are lost. */
const lostScan = async (): Promise<TestDeps> => {
  const deps = createTestDeps({ ocr: createTestOcr(2), converter: createScanConverter({ pages: 4 }) });
  await queuedConversion(deps, { fileName: 'scan.pdf', contentType: 'application/pdf' }, 'a scan');
  await runConversionTask(deps);
  deps.tasks.takeAll();
  deps.clock.advance(A_DAY_SECONDS);
  return deps;
};

const changeShards = async (deps: TestDeps, fields: Partial<OcrShard>): Promise<void> => {
  for (const shard of deps.stored.shards()) {
    await deps.conversions.updateShard(shard, (current) => ({ next: { ...current, ...fields } }));
  }
};

const runShards = async (deps: TestDeps): Promise<void> => {
  for (const { payload } of deps.tasks.tasks('ocr-shard')) {
    await recogniseShard(deps, payload as TaskPayload<'ocr-shard'>);
  }
};

describe('the sweep over shards', () => {
  test('enqueues again what waits without a task, and the scan is then put together', async () => {
    const deps = await lostScan();
    await expect(sweepConversions(deps, 10)).resolves.toMatchObject({ due: 3, enqueued: 2, postponed: 1 });
    await runShards(deps);
    await runConversionTask(deps);
    expect(storedConversion(deps).state).toBe('completed');
  });

  test('starts a new attempt of what a dead worker held', async () => {
    const deps = await lostScan();
    await changeShards(deps, { state: 'working' });
    await expect(sweepConversions(deps, 10)).resolves.toMatchObject({ retried: 2 });
    expect(deps.stored.shards().map(({ state, attempt, tries }) => [state, attempt, tries])).toEqual([
      ['queued', 2, 2],
      ['queued', 2, 2],
    ]);
    await runShards(deps);
    await runConversionTask(deps);
    expect(storedConversion(deps).state).toBe('completed');
  });

  test('gives up what killed its worker four times, and the scan ends as partial', async () => {
    const deps = await lostScan();
    await changeShards(deps, { state: 'working', tries: 4 });
    await expect(sweepConversions(deps, 10)).resolves.toMatchObject({ givenUp: 2 });
    expect(deps.stored.deadLetters()).toHaveLength(2);
    await runConversionTask(deps);
    expect(storedConversion(deps)).toMatchObject({ state: 'partial', result: { pagesWithoutText: [1, 2, 3, 4] } });
  });

  test('puts the scan together when all shards are settled and nobody said so', async () => {
    const deps = await lostScan();
    await changeShards(deps, { state: 'done', dueAt: null });
    await expect(sweepConversions(deps, 10)).resolves.toMatchObject({ due: 1, enqueued: 1 });
    expect(deps.tasks.tasks('convert-document')).toHaveLength(1);
  });

  test('closes the shards of a recognition that was begun anew', async () => {
    const deps = await lostScan();
    await deps.conversions.update(storedConversion(deps), (current) => ({
      next: { ...current, attempt: 2, state: 'queued', phase: 'read', dueAt: '2027-01-01T00:00:00.000Z' },
    }));
    await expect(sweepConversions(deps, 10)).resolves.toMatchObject({ due: 2, settled: 2 });
    expect(deps.stored.shards().every(({ state, dueAt }) => state === 'failed' && dueAt === null)).toBe(true);
    expect(deps.tasks.tasks()).toEqual([]);
  });

  test('leaves the shards alone that a worker has written and not yet announced', async () => {
    const deps = await lostScan();
    await deps.conversions.update(storedConversion(deps), (current) => ({
      next: { ...current, phase: 'read', dueAt: '2027-01-01T00:00:00.000Z' },
    }));
    await expect(sweepConversions(deps, 10)).resolves.toMatchObject({ due: 2, postponed: 2 });
    expect(deps.stored.shards().every(({ state }) => state === 'queued')).toBe(true);
  });
});
