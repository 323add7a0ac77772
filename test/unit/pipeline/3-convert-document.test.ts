import { describe, expect, test } from '@jest/globals';
import type { TaskPayload } from '../../../functions/src/contracts/tasks.ts';
import { AppError } from '../../../functions/src/errors.ts';
import { convertDocument, convertDocumentFailed } from '../../../functions/src/pipeline/3-convert-document.ts';
import { createTestDeps, type TestDeps } from '../../support/pipeline-deps.ts';
import {
  putUpload,
  queuedConversion,
  runConversionTask,
  storedConversion,
  TRACE,
} from '../../support/upload-document.ts';

const KEY = { orgId: 'org1' };

const queued = async (deps: TestDeps): Promise<TaskPayload<'convert-document'>> => {
  const { conversionId, attempt } = await queuedConversion(deps);
  return { ...KEY, conversionId, phase: 'read', attempt, trace: TRACE };
};

describe('the task of a claimed upload', () => {
  test('turns it into Markdown and a block index', async () => {
    const deps = createTestDeps();
    await queuedConversion(deps);
    await expect(runConversionTask(deps)).resolves.toBe('stored');
    expect(storedConversion(deps)).toMatchObject({ state: 'completed', dueAt: null });
  });

  test('does nothing when it is delivered again, while the first works and after', async () => {
    const deps = createTestDeps();
    const payload = await queued(deps);
    const again: string[] = [];
    const converter: TestDeps['converter'] = {
      ...deps.converter,
      convert: async (request) => {
        again.push(await convertDocument(deps, payload));
        return deps.converter.convert(request);
      },
    };
    await convertDocument({ ...deps, converter }, payload);
    again.push(await convertDocument(deps, payload));
    expect(again).toEqual(['busy', 'stale']);
    expect(deps.stored.usage()).toHaveLength(1);
    expect(deps.memory.names('processed')).toHaveLength(2);
  });

  test('holds a lease of a minute more than the function may take', async () => {
    const deps = createTestDeps();
    const payload = await queued(deps);
    let dueAt: string | null = null;
    const converter: TestDeps['converter'] = {
      ...deps.converter,
      convert: async (request) => {
        dueAt = storedConversion(deps).dueAt;
        return deps.converter.convert(request);
      },
    };
    await convertDocument({ ...deps, converter }, payload);
    expect(dueAt).toBe('2026-11-20T09:10:00.000Z');
  });

  test('never reads a file that was swapped in after the claim', async () => {
    const deps = createTestDeps();
    const payload = await queued(deps);
    putUpload(deps, payload.conversionId, 'a text that nobody claimed');
    await expect(convertDocument(deps, payload)).rejects.toMatchObject({ reason: 'UPLOAD_MISSING', retry: 'never' });
    expect(deps.memory.names('processed')).toEqual([]);
  });

  test('writes nothing for a document that is deleted while it is read', async () => {
    const deps = createTestDeps();
    const payload = await queued(deps);
    const converter: TestDeps['converter'] = {
      ...deps.converter,
      convert: async (request) => {
        await deps.conversions.update(payload, (current) => ({
          next: { ...current, deletedAt: deps.clock.now().toISOString() },
        }));
        return deps.converter.convert(request);
      },
    };
    await expect(convertDocument({ ...deps, converter }, payload)).resolves.toBe('stale');
    expect(deps.memory.names('processed')).toEqual([]);
    expect(storedConversion(deps).result).toBeUndefined();
  });

  test('cannot overwrite what a newer attempt has made', async () => {
    const deps = createTestDeps();
    const payload = await queued(deps);
    const converter: TestDeps['converter'] = {
      ...deps.converter,
      convert: async (request) => {
        await deps.conversions.update(payload, (current) => ({
          next: { ...current, state: 'queued', attempt: current.attempt + 1 },
        }));
        await convertDocument(deps, { ...payload, attempt: payload.attempt + 1 });
        return deps.converter.convert(request);
      },
    };
    await expect(convertDocument({ ...deps, converter }, payload)).resolves.toBe('stale');
    const { result, attempt } = storedConversion(deps);
    expect(attempt).toBe(2);
    expect(deps.memory.names('processed')).toEqual([result?.blockIndex.object, result?.markdown.object].sort());
    expect(result?.markdown.object).toContain('/2/');
    expect(deps.stored.usage()).toHaveLength(1);
  });

  test('leaves alone what a newer attempt is still working on, whether it succeeds late or fails late', async () => {
    const deps = createTestDeps();
    const payload = await queued(deps);
    const converter: TestDeps['converter'] = {
      ...deps.converter,
      convert: async (request) => {
        await deps.conversions.update(payload, (current) => ({ next: { ...current, attempt: 2 } }));
        return deps.converter.convert(request);
      },
    };
    await expect(convertDocument({ ...deps, converter }, payload)).resolves.toBe('stale');
    const error = new AppError('FILE_ENCRYPTED', { fileName: 'a.pdf' });
    await expect(convertDocumentFailed(deps, payload, error, 1)).resolves.toBe('stale');
    expect(storedConversion(deps)).toMatchObject({ state: 'converting', phase: 'read', attempt: 2 });
    expect(deps.memory.names('processed')).toEqual([]);
    expect(deps.stored.deadLetters()).toEqual([]);
  });

  test('stores a scan without recognition as partial, and says which pages have no text', async () => {
    const deps = createTestDeps();
    const converter: TestDeps['converter'] = {
      ...deps.converter,
      convert: async (request) => ({ ...(await deps.converter.convert(request)), pagesNeedingOcr: [1, 3] }),
    };
    await convertDocument({ ...deps, converter, ocr: null }, await queued(deps));
    expect(storedConversion(deps)).toMatchObject({ state: 'partial', result: { pagesWithoutText: [1, 3] } });
  });
});

describe('a conversion that threw', () => {
  const passing = new AppError('STORAGE_UNAVAILABLE');

  test('is tried again at a new attempt, a second later', async () => {
    const deps = createTestDeps();
    const payload = await queued(deps);
    deps.tasks.takeAll();
    await deps.conversions.update(payload, (current) => ({ next: { ...current, state: 'converting' } }));
    await expect(convertDocumentFailed(deps, payload, passing, 1)).resolves.toBe('retried');
    expect(storedConversion(deps)).toMatchObject({ state: 'queued', phase: 'read', attempt: 2, tries: 2 });
    expect(deps.tasks.tasks()).toEqual([
      expect.objectContaining({
        payload: { ...payload, attempt: 2 },
        scheduledAt: '2026-11-20T09:00:01.000Z',
      }),
    ]);
  });

  test('is tried again also when it threw before it was claimed, for its task will not come again', async () => {
    const deps = createTestDeps();
    const payload = await queued(deps);
    await expect(convertDocumentFailed(deps, payload, passing, 1)).resolves.toBe('retried');
    expect(storedConversion(deps)).toMatchObject({ state: 'queued', attempt: 2 });
  });

  test('is given up with a dead letter when the file cannot be read', async () => {
    const deps = createTestDeps();
    const payload = await queued(deps);
    const error = new AppError('FILE_ENCRYPTED', { fileName: 'a.pdf' });
    await expect(convertDocumentFailed(deps, payload, error, 1)).resolves.toBe('settled');
    expect(storedConversion(deps)).toMatchObject({
      state: 'failed',
      dueAt: null,
      failure: { reason: 'FILE_ENCRYPTED' },
    });
    expect(deps.stored.deadLetters()).toEqual([
      expect.objectContaining({ queue: 'convert-document', payload, tries: 1 }),
    ]);
  });

  test('goes back to wait for its pages when it was being put together from recognised ones', async () => {
    const deps = createTestDeps();
    const payload: TaskPayload<'convert-document'> = { ...(await queued(deps)), phase: 'assemble' };
    await deps.conversions.update(payload, (current) => ({
      next: { ...current, state: 'converting', phase: 'assemble', ocr: { attempt: 1, shards: 1 } },
    }));
    await convertDocumentFailed(deps, payload, passing, 1);
    expect(storedConversion(deps)).toMatchObject({
      state: 'converting',
      phase: 'recognise',
      attempt: 2,
      ocr: { attempt: 1, shards: 1 },
    });
  });

  test('leaves a deleted document to be erased', async () => {
    const deps = createTestDeps();
    const payload = await queued(deps);
    await deps.conversions.update(payload, (current) => ({
      next: { ...current, state: 'converting', deletedAt: deps.clock.now().toISOString() },
    }));
    const before = storedConversion(deps);
    await expect(convertDocumentFailed(deps, payload, passing, 1)).resolves.toBe('stale');
    expect(storedConversion(deps)).toEqual(before);
  });
});
