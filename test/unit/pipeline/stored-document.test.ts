import { describe, expect, test } from '@jest/globals';
import { readStoredDocument } from '../../../functions/src/pipeline/stored-document.ts';
import { createTestDeps, type TestDeps } from '../../support/pipeline-deps.ts';
import { convertedConversion } from '../../support/upload-document.ts';

const countReads = (deps: TestDeps) => {
  let reads = 0;
  const read: TestDeps['objects']['read'] = (ref) => {
    reads += 1;
    return deps.objects.read(ref);
  };
  return { deps: { ...deps, objects: { ...deps.objects, read } }, reads: () => reads };
};

const stored = async (deps: TestDeps) => {
  const { result } = await convertedConversion(deps);
  if (result === undefined) throw new Error('There is no result.');
  return result;
};

describe('a stored document', () => {
  test('is read once by all who ask for it at the same time and later', async () => {
    const deps = createTestDeps();
    const ref = await stored(deps);
    const counted = countReads(deps);
    const [first, second] = await Promise.all([
      readStoredDocument(counted.deps, ref),
      readStoredDocument(counted.deps, ref),
    ]);
    expect(await readStoredDocument(counted.deps, ref)).toBe(first);
    expect(second).toBe(first);
    expect(counted.reads()).toBe(2);
  });

  test('is forgotten when many others were read since', async () => {
    const deps = createTestDeps();
    const refs = [];
    for (let index = 0; index < 17; index++) refs.push(await stored(deps));
    const counted = countReads(deps);
    for (const ref of refs) await readStoredDocument(counted.deps, ref);
    expect(counted.reads()).toBe(34);
    await readStoredDocument(counted.deps, refs[16] as (typeof refs)[0]);
    expect(counted.reads()).toBe(34);
    await readStoredDocument(counted.deps, refs[0] as (typeof refs)[0]);
    expect(counted.reads()).toBe(36);
  });

  test('is not found when it was erased, and is looked for again the next time', async () => {
    const deps = createTestDeps();
    const ref = await stored(deps);
    const gone = { ...deps, objects: { ...deps.objects } };
    gone.objects.read = async () => null;
    await expect(readStoredDocument(gone, ref)).rejects.toMatchObject({ reason: 'CONVERSION_NOT_FOUND' });
    gone.objects.read = deps.objects.read;
    await expect(readStoredDocument(gone, ref)).resolves.toMatchObject({ fileName: 'Statement of Work.md' });
  });

  test('is refused when its index is not one', async () => {
    const deps = createTestDeps();
    const { markdown } = await stored(deps);
    await expect(readStoredDocument(deps, { markdown, blockIndex: markdown })).rejects.toThrow();
  });
});
