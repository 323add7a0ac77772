import { describe, expect, test } from '@jest/globals';
import { startAnalysis, startRunForConversion } from '../../../functions/src/pipeline/5-start-analysis.ts';
import { buildDocument } from '../../support/build-document.ts';
import { createTestDeps } from '../../support/pipeline-deps.ts';
import { CALLER, STRANGER, storeConversion } from '../../support/run-of-package.ts';
import { sampleConversion } from '../../support/sample-items.ts';

const document = buildDocument(['The Contractor shall sweep the floors.']);
const kinds = ['compliance-matrix' as const];

describe('startAnalysis', () => {
  test('makes a queued run of the documents as they are now, and enqueues its planning', async () => {
    const deps = createTestDeps();
    const { conversionId, result } = await storeConversion(deps, document);
    const { run } = await startAnalysis(deps, CALLER, { conversionIds: [conversionId], kinds });
    expect(run).toMatchObject({ state: 'queued', conversionIds: [conversionId], kinds });
    const [stored] = deps.stored.runs();
    const { documentId, markdown, blockIndex } = result ?? {};
    expect(run.documents).toEqual([{ conversionId, documentId, fileName: 'rfp.md' }]);
    expect(stored?.documents).toEqual([{ conversionId, documentId, fileName: 'rfp.md', markdown, blockIndex }]);
    expect(deps.tasks.tasks('plan-run').map(({ payload }) => payload)).toEqual([
      { orgId: 'org-1', runId: run.runId, attempt: 1, trace: CALLER.trace },
    ]);
  });

  test('makes one run of an idempotency key, and starts it again only while it waits', async () => {
    const deps = createTestDeps();
    const { conversionId } = await storeConversion(deps, document);
    const request = { conversionIds: [conversionId], kinds, idempotencyKey: 'intent-1' };
    const first = await startAnalysis(deps, CALLER, request);
    const second = await startAnalysis(deps, CALLER, request);
    expect(second).toEqual(first);
    expect(deps.stored.runs()).toHaveLength(1);
    expect(deps.tasks.created).toHaveLength(1);
  });

  test('keeps which files of the package it does not read, and the same key sent again changes nothing of it', async () => {
    const deps = createTestDeps();
    const { conversionId } = await storeConversion(deps, document);
    const request = { conversionIds: [conversionId], kinds, idempotencyKey: 'intent-1' };
    const notRead = [{ fileName: 'plans/em\u202Epty.pdf', reason: 'FILE_EMPTY' }];
    const first = await startAnalysis(deps, CALLER, { ...request, notRead });
    const second = await startAnalysis(deps, CALLER, request);
    expect(first.run.notRead).toEqual([{ fileName: 'empty.pdf', reason: 'FILE_EMPTY' }]);
    expect(second).toEqual(first);
    expect(deps.stored.runs()[0]?.notRead).toEqual(first.run.notRead);
  });

  test('makes two runs of the same key in two organisations', async () => {
    const deps = createTestDeps();
    const mine = await storeConversion(deps, document);
    const theirs = await storeConversion(deps, document, { orgId: 'org-2' });
    const idempotencyKey = 'intent-1';
    const a = await startAnalysis(deps, CALLER, { conversionIds: [mine.conversionId], kinds, idempotencyKey });
    const b = await startAnalysis(deps, STRANGER, { conversionIds: [theirs.conversionId], kinds, idempotencyKey });
    expect(a.run.runId).not.toBe(b.run.runId);
  });

  test('analyses the same bytes once, however often they were uploaded', async () => {
    const deps = createTestDeps();
    await storeConversion(deps, document, { conversionId: 'a' });
    await storeConversion(deps, document, { conversionId: 'b' });
    await startAnalysis(deps, CALLER, { conversionIds: ['a', 'b', 'a'], kinds });
    const [run] = deps.stored.runs();
    expect(run?.conversionIds).toEqual(['a', 'b']);
    expect(run?.documents.map(({ conversionId }) => conversionId)).toEqual(['a']);
  });

  test('keeps no result longer than the first of its documents', async () => {
    const deps = createTestDeps();
    await storeConversion(deps, document, { conversionId: 'a', expiresAt: '2026-12-20T09:00:00.000Z' });
    await storeConversion(deps, document, { conversionId: 'b', expiresAt: '2026-12-01T09:00:00.000Z' });
    const { run } = await startAnalysis(deps, CALLER, { conversionIds: ['a', 'b'], kinds });
    expect(run.expiresAt).toBe('2026-12-01T09:00:00.000Z');
  });

  test.each([
    ['is missing', {}, 'other', 'CONVERSION_NOT_FOUND'],
    ['belongs to another organisation', { orgId: 'org-2' }, 'a', 'CONVERSION_NOT_FOUND'],
    ['was deleted', { deletedAt: '2026-11-20T09:00:00.000Z' }, 'a', 'CONVERSION_NOT_FOUND'],
    ['is still being converted', { state: 'converting' as const }, 'a', 'CONVERSION_NOT_READY'],
    ['could not be converted', { state: 'failed' as const }, 'a', 'CONVERSION_NOT_READY'],
  ])('refuses a document that %s, and makes nothing', async (_, fields, conversionId, reason) => {
    const deps = createTestDeps();
    await storeConversion(deps, document, { conversionId: 'a', ...fields });
    await expect(startAnalysis(deps, CALLER, { conversionIds: [conversionId], kinds })).rejects.toMatchObject({
      reason,
    });
    expect([deps.stored.runs(), deps.tasks.created]).toEqual([[], []]);
  });
});

describe('startRunForConversion', () => {
  test('begins the run that the conversion was settled with, once', async () => {
    const deps = createTestDeps();
    const conversion = await storeConversion(deps, document, { kinds, runId: 'run-of-it' });
    await startRunForConversion(deps, conversion);
    await startRunForConversion(deps, conversion);
    expect(deps.stored.runs().map(({ runId, state, trace }) => [runId, state, trace])).toEqual([
      ['run-of-it', 'queued', conversion.trace],
    ]);
    expect(deps.tasks.created).toHaveLength(1);
  });

  test('enqueues nothing for a run that is further on', async () => {
    const deps = createTestDeps();
    const conversion = await storeConversion(deps, document, { kinds, runId: 'run-of-it' });
    await startRunForConversion(deps, conversion);
    await deps.runs.update({ orgId: 'org-1', runId: 'run-of-it' }, (run) => ({
      next: { ...run, state: 'merging', attempt: 7 },
    }));
    await startRunForConversion(deps, conversion);
    expect(deps.tasks.created).toHaveLength(1);
  });

  test('does nothing for a conversion without kinds, without a result, or deleted', async () => {
    const deps = createTestDeps();
    const conversion = await storeConversion(deps, document, { kinds, runId: 'run-of-it' });
    await startRunForConversion(deps, { ...conversion, kinds: [] });
    await startRunForConversion(deps, sampleConversion({ runId: 'run-of-it' }));
    await startRunForConversion(deps, { ...conversion, deletedAt: conversion.createdAt });
    expect([deps.stored.runs(), deps.tasks.created]).toEqual([[], []]);
  });
});
