import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../../../functions/src/errors.ts';
import {
  recogniseShard,
  recogniseShardFailed,
  type ShardPayload,
} from '../../../../functions/src/pipeline/3-convert-document/ocr-shard.ts';
import { createTestDeps, type TestDeps } from '../../../support/pipeline-deps.ts';
import { createScanConverter, createTestOcr, type ScanOptions, type TestOcr } from '../../../support/scan-converter.ts';
import { queuedConversion, runConversionTask, storedConversion } from '../../../support/upload-document.ts';

const UPLOAD = { fileName: 'scan.pdf', contentType: 'application/pdf' };

/** Uploaded and cut into shards, whose tasks wait. */
const scan = async (options: ScanOptions, upload = UPLOAD): Promise<TestDeps & { ocr: TestOcr }> => {
  const ocr = createTestOcr();
  const deps = createTestDeps({ ocr, converter: createScanConverter(options) });
  await queuedConversion(deps, upload, 'a scan');
  await runConversionTask(deps);
  return Object.assign(deps, { ocr });
};

const shardTasks = (deps: TestDeps): ShardPayload[] => deps.tasks.tasks('ocr-shard').map(({ payload }) => payload);

const recogniseAll = async (deps: TestDeps, payloads = shardTasks(deps)): Promise<void> => {
  for (const payload of payloads) await recogniseShard(deps, payload);
};

const markdownOf = (deps: TestDeps): string =>
  deps.memory.text('processed', storedConversion(deps).result?.markdown.object ?? '');

describe('a scan of 40 pages', () => {
  test('is cut into shards of at most 15 pages, each a stored PDF with its own task', async () => {
    const deps = await scan({ pages: 40 });
    expect(deps.stored.shards().map(({ pageNumbers }) => pageNumbers.length)).toEqual([15, 15, 10]);
    expect(shardTasks(deps).map(({ shardId }) => shardId)).toEqual(['1-0', '1-1', '1-2']);
    expect(storedConversion(deps)).toMatchObject({
      state: 'converting',
      phase: 'recognise',
      ocr: { attempt: 1, shards: 3 },
      dueAt: '2026-11-20T09:05:00.000Z',
    });
  });

  test('comes back as one document in order, whatever the order of its shards', async () => {
    const deps = await scan({ pages: 40 });
    await recogniseAll(deps, shardTasks(deps).reverse());
    await expect(runConversionTask(deps)).resolves.toBe('stored');
    expect(storedConversion(deps)).toMatchObject({
      state: 'completed',
      result: { engine: 'pdf+ocr', pages: 40, pagesWithoutText: [] },
    });
    const pages = [...markdownOf(deps).matchAll(/Text of page (\d+)\./g)].map(([, page]) => Number(page));
    expect(pages).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  test('is put together once, when its last shard is settled, though every task comes twice', async () => {
    const deps = await scan({ pages: 40 });
    const [first, ...others] = shardTasks(deps);
    await recogniseAll(deps, [...others, ...others]);
    expect(deps.tasks.tasks('convert-document')).toEqual([]);
    await recogniseAll(deps, [first, first] as ShardPayload[]);
    expect(deps.tasks.tasks('convert-document')).toHaveLength(1);
    expect(deps.ocr.requests).toHaveLength(3);
  });

  test('is charged by its pages, once, also when it is recognised from the beginning again', async () => {
    const deps = await scan({ pages: 40 });
    await recogniseAll(deps);
    await deps.conversions.update(storedConversion(deps), (current) => ({
      next: { ...current, state: 'queued', phase: 'read', attempt: 2 },
    }));
    deps.tasks.takeAll();
    const { orgId, conversionId, trace } = storedConversion(deps);
    await deps.queue.enqueue({
      queue: 'convert-document',
      name: 'again',
      payload: { orgId, conversionId, phase: 'read', attempt: 2, trace },
      path: '/',
    });
    await runConversionTask(deps);
    await recogniseAll(deps);
    const recognised = deps.stored.usage().filter(({ kind }) => kind === 'pages_recognised');
    expect(recognised.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(40);
  });

  test('is partial when one shard fails for good, and the result names its pages', async () => {
    const deps = await scan({ pages: 40 });
    const error = new AppError('OCR_FAILED', { problem: 'the file is damaged' });
    deps.ocr.failPage(20, error);
    for (const payload of shardTasks(deps)) {
      await recogniseShard(deps, payload).catch((thrown) => recogniseShardFailed(deps, payload, thrown, 1));
    }
    await runConversionTask(deps);
    const { state, result } = storedConversion(deps);
    expect(state).toBe('partial');
    expect(result?.pagesWithoutText).toEqual(Array.from({ length: 15 }, (_, index) => index + 16));
    const { messages } = JSON.parse(deps.memory.text('processed', result?.blockIndex.object ?? ''));
    expect(messages).toEqual([
      expect.objectContaining({ level: 'error', code: 'OCR_FAILED', text: expect.stringContaining('16–30') }),
    ]);
    expect(deps.stored.deadLetters()).toHaveLength(1);
  });

  test('is put together also when the shard that fails is the last to be settled', async () => {
    const deps = await scan({ pages: 40 });
    deps.ocr.failPage(40, new AppError('OCR_FAILED', { problem: 'the file is damaged' }));
    const [first, second, last] = shardTasks(deps) as [ShardPayload, ShardPayload, ShardPayload];
    await recogniseAll(deps, [first, second]);
    const thrown = await recogniseShard(deps, last).catch((error) => error);
    expect(deps.tasks.tasks('convert-document')).toEqual([]);
    await expect(recogniseShardFailed(deps, last, thrown, 1)).resolves.toBe('settled');
    await runConversionTask(deps);
    expect(storedConversion(deps)).toMatchObject({ state: 'partial', result: { pages: 40 } });
  });

  test('waits, without a try being lost, while recognition is overloaded', async () => {
    const deps = await scan({ pages: 2 });
    const [payload] = shardTasks(deps) as [ShardPayload];
    deps.ocr.failPage(1, new AppError('OCR_OVERLOADED'));
    const thrown = await recogniseShard(deps, payload).catch((error) => error);
    await expect(recogniseShardFailed(deps, payload, thrown, 1)).resolves.toBe('overloaded');
    expect(deps.stored.shards()).toEqual([expect.objectContaining({ state: 'queued', attempt: 1, tries: 1 })]);
  });

  test('loses only the pages that cannot be taken out of the file', async () => {
    const deps = await scan({ pages: 20, damagedPages: [3] });
    await recogniseAll(deps);
    await runConversionTask(deps);
    expect(storedConversion(deps)).toMatchObject({ state: 'partial', result: { pagesWithoutText: [3] } });
  });

  test('is stored as partial when none of its pages can be taken out', async () => {
    const deps = await scan({ pages: 2, damagedPages: [1, 2] });
    expect(storedConversion(deps)).toMatchObject({ state: 'partial', result: { pagesWithoutText: [1, 2] } });
    expect(deps.stored.shards()).toEqual([]);
  });
});

describe('a photo', () => {
  test('is sent to recognition as it was uploaded, without a copy', async () => {
    const deps = await scan({ pages: 1, mediaType: 'image/png' }, { fileName: 'page.png', contentType: 'image/png' });
    await recogniseAll(deps);
    expect(deps.ocr.requests).toEqual([{ pageNumbers: [1], mediaType: 'image/png', text: 'a scan' }]);
    await runConversionTask(deps);
    expect(storedConversion(deps)).toMatchObject({ state: 'completed', result: { engine: 'png+ocr' } });
  });
});

describe('a fax of 20 pages in one image file', () => {
  test('is cut like a PDF, into image files of at most 15 pages', async () => {
    const fax = { fileName: 'fax.tiff', contentType: 'image/tiff' };
    const deps = await scan({ pages: 20, mediaType: 'image/tiff' }, fax);
    expect(deps.stored.shards().map(({ bucket, mediaType, input }) => [bucket, mediaType, input.object])).toEqual([
      ['processed', 'image/tiff', expect.stringMatching(/\/1\/ocr\/0\.tiff$/)],
      ['processed', 'image/tiff', expect.stringMatching(/\/1\/ocr\/1\.tiff$/)],
    ]);
    await recogniseAll(deps);
    await runConversionTask(deps);
    expect(storedConversion(deps)).toMatchObject({ state: 'completed', result: { engine: 'tiff+ocr' } });
  });
});

describe('a shard nobody waits for', () => {
  const newerRecognition = async () => {
    const deps = await scan({ pages: 2 });
    await deps.conversions.update(storedConversion(deps), (current) => ({
      next: { ...current, attempt: 2, ocr: { attempt: 2, shards: 1 } },
    }));
    return deps;
  };

  test('is closed without a call to the recogniser', async () => {
    const deps = await newerRecognition();
    const [payload] = shardTasks(deps) as [ShardPayload];
    await expect(recogniseShard(deps, payload)).resolves.toBe('stale');
    expect(deps.ocr.requests).toEqual([]);
    expect(deps.stored.shards()).toEqual([expect.objectContaining({ state: 'failed', dueAt: null })]);
    expect(deps.tasks.tasks('convert-document')).toEqual([]);
  });

  test('takes its result back when a newer attempt has it', async () => {
    const deps = await scan({ pages: 2 });
    const [payload] = shardTasks(deps) as [ShardPayload];
    const before = deps.memory.names('processed');
    const ocr = createTestOcr();
    const slow: TestOcr = {
      ...ocr,
      recognise: async (request) => {
        await deps.conversions.updateShard(payload, (current) => ({ next: { ...current, attempt: 2 } }));
        return ocr.recognise(request);
      },
    };
    await expect(recogniseShard({ ...deps, ocr: slow }, payload)).resolves.toBe('stale');
    expect(deps.memory.names('processed')).toEqual(before);
  });
});
