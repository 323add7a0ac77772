import { describe, expect, test } from '@jest/globals';
import { claimUpload } from '../../../functions/src/pipeline/2-claim-upload.ts';
import { createTestDeps } from '../../support/pipeline-deps.ts';
import { askUpload, putUpload, SAMPLE, storedConversion } from '../../support/upload-document.ts';

const awaiting = async () => {
  const deps = createTestDeps();
  const { conversionId } = await askUpload(deps);
  return { deps, conversionId };
};

describe('the event of a finished upload', () => {
  test('binds the conversion to exactly this generation and enqueues one task', async () => {
    const { deps, conversionId } = await awaiting();
    const event = putUpload(deps, conversionId, SAMPLE);
    await expect(claimUpload(deps, event)).resolves.toMatchObject({ outcome: 'claimed' });
    expect(storedConversion(deps)).toMatchObject({
      state: 'queued',
      phase: 'read',
      source: { object: event.object, generation: event.generation, sizeBytes: event.sizeBytes },
      dueAt: '2026-11-20T09:02:00.000Z',
    });
    expect(deps.tasks.tasks('convert-document').map(({ payload }) => payload)).toEqual([
      expect.objectContaining({ orgId: 'org1', conversionId, phase: 'read', attempt: 1 }),
    ]);
  });

  test('answers whose upload it is, with the trace of the request that asked for it', async () => {
    const { deps, conversionId } = await awaiting();
    const event = putUpload(deps, conversionId, SAMPLE);
    const { trace } = storedConversion(deps);
    for (const outcome of ['claimed', 'repeated']) {
      await expect(claimUpload(deps, event)).resolves.toMatchObject({
        outcome,
        conversion: { orgId: 'org1', conversionId, trace },
      });
    }
    await expect(claimUpload(deps, { ...event, object: 'elsewhere' })).resolves.toEqual({ outcome: 'ignored' });
  });

  test('changes nothing when it comes three times', async () => {
    const { deps, conversionId } = await awaiting();
    const event = putUpload(deps, conversionId, SAMPLE);
    await claimUpload(deps, event);
    const once = storedConversion(deps);
    await expect(claimUpload(deps, event)).resolves.toMatchObject({ outcome: 'repeated' });
    await expect(claimUpload(deps, event)).resolves.toMatchObject({ outcome: 'repeated' });
    expect(storedConversion(deps)).toEqual(once);
    expect(deps.tasks.created).toHaveLength(1);
  });

  test('enqueues again when it comes again because the task was never created', async () => {
    const { deps, conversionId } = await awaiting();
    const event = putUpload(deps, conversionId, SAMPLE);
    const broken = { ...deps, queue: { enqueue: () => Promise.reject(new Error('killed')) } };
    await expect(claimUpload(broken, event)).rejects.toThrow('killed');
    await claimUpload(deps, event);
    expect(deps.tasks.created).toHaveLength(1);
  });

  test('is ignored for a file that was swapped in after the claim', async () => {
    const { deps, conversionId } = await awaiting();
    const first = putUpload(deps, conversionId, SAMPLE);
    await claimUpload(deps, first);
    await expect(claimUpload(deps, putUpload(deps, conversionId, 'something else'))).resolves.toMatchObject({
      outcome: 'ignored',
    });
    expect(storedConversion(deps).source?.generation).toBe(first.generation);
    expect(deps.tasks.created).toHaveLength(1);
  });

  test('revives a conversion that had expired', async () => {
    const { deps, conversionId } = await awaiting();
    await deps.conversions.update({ orgId: 'org1', conversionId }, (current) => ({
      next: { ...current, state: 'expired', dueAt: null },
    }));
    await expect(claimUpload(deps, putUpload(deps, conversionId, SAMPLE))).resolves.toMatchObject({
      outcome: 'claimed',
    });
    expect(storedConversion(deps).state).toBe('queued');
  });

  test('ends the conversion of an empty file with a sentence that says so', async () => {
    const { deps, conversionId } = await awaiting();
    await expect(claimUpload(deps, putUpload(deps, conversionId, ''))).resolves.toMatchObject({ outcome: 'refused' });
    expect(storedConversion(deps)).toMatchObject({
      state: 'failed',
      dueAt: null,
      failure: { reason: 'UPLOAD_EMPTY', details: { fileName: 'Statement of Work.md' } },
    });
    expect(deps.tasks.created).toEqual([]);
  });

  test('ends the conversion of a file that came larger than it was declared, though its family may be larger', async () => {
    const { deps, conversionId } = await awaiting();
    const declaredBytes = SAMPLE.length;
    await expect(claimUpload(deps, putUpload(deps, conversionId, `${SAMPLE}!`))).resolves.toMatchObject({
      outcome: 'refused',
    });
    expect(storedConversion(deps)).toMatchObject({
      state: 'failed',
      failure: { reason: 'UPLOAD_DIFFERS', details: { sizeBytes: declaredBytes + 1, declaredBytes } },
    });
  });

  test.each([
    ['another bucket', { bucket: 'elsewhere' }],
    ['a name that createUpload does not give', { object: 'somewhere/file.md' }],
    ['a conversion that does not exist', { object: 'uploads/org1/unknown/file.md' }],
    ['another organisation', (object: string) => ({ object: object.replace('org1', 'org2') })],
    ['another file below the same conversion', (object: string) => ({ object: `${object}x` })],
  ])('is ignored for %s', async (_, change) => {
    const { deps, conversionId } = await awaiting();
    const event = putUpload(deps, conversionId, SAMPLE);
    const changed = typeof change === 'function' ? change(event.object) : change;
    await expect(claimUpload(deps, { ...event, ...changed })).resolves.toMatchObject({ outcome: 'ignored' });
    expect(storedConversion(deps).state).toBe('awaiting_upload');
    expect(deps.tasks.created).toEqual([]);
  });

  test('is ignored for a document that was deleted while it was uploaded', async () => {
    const { deps, conversionId } = await awaiting();
    await deps.conversions.update({ orgId: 'org1', conversionId }, (current) => ({
      next: { ...current, deletedAt: deps.clock.now().toISOString() },
    }));
    await expect(claimUpload(deps, putUpload(deps, conversionId, SAMPLE))).resolves.toMatchObject({
      outcome: 'ignored',
    });
    expect(deps.tasks.created).toEqual([]);
  });
});
