import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../functions/src/errors.ts';
import { sweep } from '../../../../functions/src/pipeline/sweep/index.ts';
import { createTestDeps } from '../../../support/pipeline-deps.ts';
import { askUpload, queuedConversion, storedConversion } from '../../../support/upload-document.ts';

describe('a sweep', () => {
  test('reports what it found, and is silent when it found nothing', async () => {
    const deps = createTestDeps();
    await askUpload(deps);
    await expect(sweep(deps)).resolves.toMatchObject({ conversions: { due: 0 }, runs: { due: 0 } });
    expect(deps.logged).toEqual([]);
    deps.clock.advance(1500);
    await expect(sweep(deps)).resolves.toMatchObject({ conversions: { due: 1, settled: 1 }, runs: { due: 0 } });
    expect(deps.logged).toEqual([
      expect.objectContaining({ severity: 'INFO', fields: { kind: 'conversions', items: 1 } }),
    ]);
  });

  test('repairs conversions also when runs cannot be read, and then says that it failed', async () => {
    const deps = createTestDeps();
    await queuedConversion(deps);
    deps.tasks.takeAll();
    deps.clock.advance(86_400);
    const broken = { ...deps.runs, due: () => Promise.reject(new AppError('STATE_UNAVAILABLE')) };
    await expect(sweep({ ...deps, runs: broken })).rejects.toMatchObject({ reason: 'STATE_UNAVAILABLE' });
    expect(deps.tasks.tasks('convert-document')).toHaveLength(1);
    expect(storedConversion(deps).dueAt).toBe('2026-11-21T09:02:00.000Z');
  });

  test('takes no more than it is told to, the longest overdue first', async () => {
    const deps = createTestDeps();
    for (let index = 0; index < 3; index++) {
      await askUpload(deps);
      deps.clock.advance(1);
    }
    deps.clock.advance(1500);
    await expect(sweep(deps, { limit: 2 })).resolves.toMatchObject({ conversions: { due: 2 } });
    const waiting = deps.stored.conversions().filter(({ state }) => state === 'awaiting_upload');
    expect(waiting.map(({ createdAt }) => createdAt)).toEqual(['2026-11-20T09:00:02.000Z']);
  });
});
