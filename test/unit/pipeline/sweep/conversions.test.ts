import { describe, expect, test } from '@jest/globals';
import type { Conversion } from '../../../../functions/src/contracts/conversion.ts';
import { convertDocument } from '../../../../functions/src/pipeline/3-convert-document.ts';
import { sweepConversions } from '../../../../functions/src/pipeline/sweep/conversions.ts';
import { noCounts } from '../../../../functions/src/pipeline/sweep/sweep-counts.ts';
import { createTestDeps, type TestDeps } from '../../../support/pipeline-deps.ts';
import {
  askUpload,
  convertedConversion,
  putUpload,
  queuedConversion,
  runConversionTask,
  SAMPLE,
  storedConversion,
} from '../../../support/upload-document.ts';

const counts = (found: Partial<ReturnType<typeof noCounts>>) => ({ ...noCounts(), ...found });

const change = async (deps: TestDeps, { orgId, conversionId }: Conversion, fields: Partial<Conversion>) => {
  await deps.conversions.update({ orgId, conversionId }, (current) => ({ next: { ...current, ...fields } }));
  return storedConversion(deps, conversionId);
};

const A_DAY_SECONDS = 86_400;

describe('the sweep', () => {
  test('leaves alone what is not due', async () => {
    const deps = createTestDeps();
    const conversion = await queuedConversion(deps);
    deps.clock.advance(119);
    await expect(sweepConversions(deps, 10)).resolves.toEqual(noCounts());
    expect(storedConversion(deps)).toEqual(conversion);
  });

  test('lets an upload that never came expire', async () => {
    const deps = createTestDeps();
    await askUpload(deps);
    deps.clock.advance(1500);
    await expect(sweepConversions(deps, 10)).resolves.toEqual(counts({ due: 1, settled: 1 }));
    expect(storedConversion(deps)).toMatchObject({ state: 'expired', dueAt: null });
  });

  test('claims an upload whose event was lost', async () => {
    const deps = createTestDeps();
    const { conversionId } = await askUpload(deps);
    const { generation } = putUpload(deps, conversionId, SAMPLE);
    deps.clock.advance(1500);
    await expect(sweepConversions(deps, 10)).resolves.toEqual(counts({ due: 1, enqueued: 1 }));
    expect(storedConversion(deps)).toMatchObject({ state: 'queued', source: { generation } });
    await expect(runConversionTask(deps)).resolves.toBe('stored');
  });

  test('enqueues again what waits though its task was never created, under the same name', async () => {
    const deps = createTestDeps();
    await queuedConversion(deps);
    const [task] = deps.tasks.takeAll();
    deps.clock.advance(A_DAY_SECONDS);
    await expect(sweepConversions(deps, 10)).resolves.toEqual(counts({ due: 1, enqueued: 1 }));
    expect(deps.tasks.tasks().map(({ name }) => name)).toEqual([task?.name]);
    expect(storedConversion(deps).dueAt).toBe('2026-11-21T09:02:00.000Z');
  });

  test('makes no second task for one that only waits long', async () => {
    const deps = createTestDeps();
    await queuedConversion(deps);
    for (let round = 0; round < 3; round++) {
      deps.clock.advance(130);
      await sweepConversions(deps, 10);
    }
    expect(deps.tasks.created).toHaveLength(1);
  });

  test.each([
    ['read', { state: 'queued', phase: 'read' }],
    ['assemble', { state: 'converting', phase: 'recognise' }],
  ] as const)('starts a new attempt of what a dead worker held: %s', async (phase, waiting) => {
    const deps = createTestDeps();
    const conversion = await queuedConversion(deps);
    deps.tasks.takeAll();
    await change(deps, conversion, { state: 'converting', phase });
    deps.clock.advance(A_DAY_SECONDS);
    await expect(sweepConversions(deps, 10)).resolves.toEqual(counts({ due: 1, retried: 1 }));
    expect(storedConversion(deps)).toMatchObject({ ...waiting, attempt: 2, tries: 2 });
    expect(deps.tasks.tasks()).toEqual([
      expect.objectContaining({ payload: expect.objectContaining({ phase, attempt: 2 }) }),
    ]);
  });

  test('gives up what killed its worker four times, and leaves a dead letter', async () => {
    const deps = createTestDeps();
    const conversion = await queuedConversion(deps);
    await change(deps, conversion, { state: 'converting', tries: 4, attempt: 7 });
    deps.clock.advance(A_DAY_SECONDS);
    await expect(sweepConversions(deps, 10)).resolves.toEqual(counts({ due: 1, givenUp: 1 }));
    expect(storedConversion(deps)).toMatchObject({
      state: 'failed',
      dueAt: null,
      failure: { reason: 'WORK_LOST', details: { tries: 4 } },
    });
    expect(deps.stored.deadLetters()).toEqual([
      expect.objectContaining({ tries: 4, payload: expect.objectContaining({ phase: 'read', attempt: 7 }) }),
    ]);
  });

  test('begins the run that a settled conversion was to be followed by', async () => {
    const deps = createTestDeps();
    const kinds = ['compliance-matrix' as const];
    const broken = { ...deps.runs, create: () => Promise.reject(new Error('killed')) };
    await convertedConversion(Object.assign({}, deps, { runs: broken }), { kinds }).catch(() => null);
    deps.clock.advance(A_DAY_SECONDS);
    await expect(sweepConversions(deps, 10)).resolves.toEqual(counts({ due: 1, enqueued: 1 }));
    expect(deps.stored.runs()).toHaveLength(1);
    expect(storedConversion(deps).dueAt).toBeNull();
  });

  test('finishes erasing what was deleted', async () => {
    const deps = createTestDeps();
    const conversion = await convertedConversion(deps);
    await change(deps, conversion, { deletedAt: conversion.updatedAt, dueAt: conversion.updatedAt });
    await expect(sweepConversions(deps, 10)).resolves.toEqual(counts({ due: 1, settled: 1 }));
    expect(deps.stored.conversions()).toEqual([]);
    expect([...deps.memory.names('uploads'), ...deps.memory.names('processed')]).toEqual([]);
  });

  test('repairs the others when one cannot be repaired, and puts that one behind them', async () => {
    const deps = createTestDeps();
    const poisoned = await askUpload(deps);
    deps.clock.advance(1);
    const healthy = await askUpload(deps);
    deps.clock.advance(A_DAY_SECONDS);
    const stat: TestDeps['objects']['stat'] = async (ref) => {
      if (ref.object.includes(poisoned.conversionId)) throw new Error('broken');
      return deps.objects.stat(ref);
    };
    const swept = { ...deps, objects: { ...deps.objects, stat } };
    await expect(sweepConversions(swept, 1)).resolves.toEqual(counts({ due: 1, errors: 1 }));
    await expect(sweepConversions(swept, 1)).resolves.toEqual(counts({ due: 1, settled: 1 }));
    expect(storedConversion(deps, healthy.conversionId).state).toBe('expired');
    expect(storedConversion(deps, poisoned.conversionId).state).toBe('awaiting_upload');
    expect(deps.logged).toEqual([
      expect.objectContaining({
        severity: 'ERROR',
        fields: expect.objectContaining({ conversionId: poisoned.conversionId }),
      }),
    ]);
  });

  test('does not disturb a worker that took the conversion after it was found', async () => {
    const deps = createTestDeps();
    await queuedConversion(deps);
    deps.clock.advance(A_DAY_SECONDS);
    const [task] = deps.tasks.takeAll();
    const due: TestDeps['conversions']['due'] = async (now, limit) => {
      const found = await deps.conversions.due(now, limit);
      await convertDocument(deps, task?.payload as Parameters<typeof convertDocument>[1]);
      return found;
    };
    await sweepConversions({ ...deps, conversions: { ...deps.conversions, due } }, 10);
    expect(storedConversion(deps)).toMatchObject({ state: 'completed', dueAt: null });
    expect(deps.tasks.tasks()).toEqual([]);
  });
});
