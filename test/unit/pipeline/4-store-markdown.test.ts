import { describe, expect, test } from '@jest/globals';
import type { Conversion } from '../../../functions/src/contracts/conversion.ts';
import { runIdOf, storeMarkdown } from '../../../functions/src/pipeline/4-store-markdown.ts';
import { readStoredDocument } from '../../../functions/src/pipeline/stored-document.ts';
import { buildDocument } from '../../support/build-document.ts';
import { createTestDeps, type TestDeps } from '../../support/pipeline-deps.ts';
import { convertedConversion, queuedConversion, SAMPLE, storedConversion } from '../../support/upload-document.ts';

const claimed = async (deps: TestDeps): Promise<Conversion> => {
  const conversion = await queuedConversion(deps);
  await deps.conversions.update(conversion, (current) => ({ next: { ...current, state: 'converting' } }));
  return storedConversion(deps);
};

const DOCUMENT = buildDocument(['# Scope', 'Text.'], { fileName: 'a.md', title: 'Scope' });

describe('a converted document', () => {
  test('is stored so that it is read back as it was', async () => {
    const deps = createTestDeps();
    await storeMarkdown(deps, await claimed(deps), DOCUMENT);
    const { result } = storedConversion(deps);
    if (result === undefined) throw new Error('There is no result.');
    await expect(readStoredDocument(deps, result)).resolves.toEqual(DOCUMENT);
    expect(deps.memory.text('processed', result.blockIndex.object)).not.toContain('"markdown":');
  });

  test('is described in the conversion, and its pages are counted once', async () => {
    const deps = createTestDeps();
    const conversion = await convertedConversion(deps);
    expect(conversion).toMatchObject({
      state: 'completed',
      dueAt: null,
      result: {
        engine: 'markdown',
        mediaType: 'text/markdown',
        pages: 0,
        blocks: 2,
        characters: SAMPLE.length,
        warnings: 0,
      },
    });
    expect(conversion.runId).toBeUndefined();
    expect(deps.stored.usage()).toEqual([expect.objectContaining({ kind: 'pages_converted', quantity: 1 })]);
  });

  test('keeps the files that its own settled conversion names when the answer of the transaction was lost', async () => {
    const deps = createTestDeps();
    const conversion = await claimed(deps);
    const update: TestDeps['conversions']['update'] = async (key, change) => {
      await deps.conversions.update(key, change);
      return deps.conversions.update(key, change);
    };
    await expect(
      storeMarkdown({ ...deps, conversions: { ...deps.conversions, update } }, conversion, DOCUMENT),
    ).resolves.toBe('stored');
    const { result } = storedConversion(deps);
    expect(deps.memory.names('processed')).toEqual([result?.blockIndex.object, result?.markdown.object].sort());
  });

  test('uses the files that are there when the answer of a write was lost', async () => {
    const deps = createTestDeps();
    const conversion = await claimed(deps);
    const write: TestDeps['objects']['write'] = async (request) => {
      await deps.objects.write(request);
      return deps.objects.write(request);
    };
    await storeMarkdown({ ...deps, objects: { ...deps.objects, write } }, conversion, DOCUMENT);
    const { result } = storedConversion(deps);
    if (result === undefined) throw new Error('There is no result.');
    await expect(readStoredDocument(deps, result)).resolves.toEqual(DOCUMENT);
  });
});

describe('a document that is to be analysed', () => {
  const kinds = ['compliance-matrix' as const];

  test('gets its run under an id that follows from the conversion, and is then closed', async () => {
    const deps = createTestDeps();
    const { conversionId, runId, dueAt } = await convertedConversion(deps, { kinds });
    expect(runId).toBe(runIdOf(conversionId));
    expect(dueAt).toBeNull();
    expect(deps.stored.runs()).toEqual([expect.objectContaining({ runId, conversionIds: [conversionId], kinds })]);
    expect(deps.tasks.tasks('plan-run')).toHaveLength(1);
  });

  test('stays due when the run could not be begun, so that the sweep begins it', async () => {
    const deps = createTestDeps();
    const broken = { ...deps.runs, create: () => Promise.reject(new Error('killed')) };
    await expect(convertedConversion(Object.assign({}, deps, { runs: broken }), { kinds })).rejects.toThrow('killed');
    expect(storedConversion(deps)).toMatchObject({ state: 'completed', dueAt: '2026-11-20T09:02:00.000Z' });
  });

  test('leaves no run behind when it is deleted while the run begins', async () => {
    const deps = createTestDeps();
    const create: TestDeps['runs']['create'] = async (run) => {
      await deps.conversions.remove(storedConversion(deps));
      return deps.runs.create(run);
    };
    await convertedConversion(Object.assign({}, deps, { runs: { ...deps.runs, create } }), { kinds }).catch(() => null);
    expect(deps.stored.conversions()).toEqual([]);
    expect(deps.stored.runs()).toEqual([]);
  });
});
