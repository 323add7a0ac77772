import { describe, expect, test } from '@jest/globals';
import { analyzePackage } from '../../../../functions/src/analyze/index.ts';
import { LedgerFileSchema } from '../../../../functions/src/contracts/ledger.ts';
import { EXPORTERS } from '../../../../functions/src/export/index.ts';
import { deleteConversion } from '../../../../functions/src/pipeline/8-serve-results/conversions.ts';
import { exportRun, getLedger } from '../../../../functions/src/pipeline/8-serve-results/exports.ts';
import { createTestDeps, type TestDeps } from '../../../support/pipeline-deps.ts';
import { CALLER, longDocument, runQueueDry, STRANGER, startRun } from '../../../support/run-of-package.ts';
import { sampleRun } from '../../../support/sample-items.ts';

const document = longDocument(0);

const completedRun = async (): Promise<{ deps: TestDeps; runId: string }> => {
  const deps = createTestDeps();
  const { runId } = await startRun(deps, [document]);
  await runQueueDry(deps);
  return { deps, runId };
};

/** What the signed URL leads to. */
const bytesAt = async (deps: TestDeps, url: string): Promise<Uint8Array | null> => {
  const { pathname, searchParams } = new URL(url);
  const [, bucket = '', ...object] = pathname.split('/');
  const generation = searchParams.get('generation') ?? '';
  return deps.objects.read({ bucket, object: object.join('/'), generation, maxBytes: 1e9 });
};

describe('exportRun', () => {
  test.each(['json', 'xlsx', 'csv', 'md'] as const)(
    'leads to the results as %s, under the name of that file',
    async (format) => {
      const { deps, runId } = await completedRun();
      const { download } = await exportRun(deps, CALLER, { runId, format });
      const { fileName, render } = EXPORTERS[format];
      const rendered = render(analyzePackage([document], ['compliance-matrix']));
      const expected = typeof rendered === 'string' ? new TextEncoder().encode(rendered) : rendered;
      expect(Buffer.from((await bytesAt(deps, download.url)) ?? []).equals(Buffer.from(expected))).toBe(true);
      expect(download).toMatchObject({ fileName, expiresAt: '2026-11-20T10:00:00.000Z' });
    },
  );

  test('renders once, and never for JSON: that is stored already', async () => {
    const { deps, runId } = await completedRun();
    const written: string[] = [];
    const { write } = deps.objects;
    deps.objects.write = (file) => {
      written.push(file.object);
      return write(file);
    };
    const { download } = await exportRun(deps, CALLER, { runId, format: 'csv' });
    const again = await exportRun(deps, CALLER, { runId, format: 'csv' });
    await exportRun(deps, CALLER, { runId, format: 'json' });
    expect(again.download.url).toBe(download.url);
    expect(written).toEqual([expect.stringContaining('compliance-matrix.csv')]);
  });

  test.each(['queued', 'analyzing', 'failed', 'cancelled'] as const)('refuses a run that is %s', async (state) => {
    const deps = createTestDeps();
    await deps.runs.create(sampleRun({ state }));
    await expect(exportRun(deps, CALLER, { runId: 'run-1', format: 'csv' })).rejects.toMatchObject({
      reason: 'RUN_NOT_READY',
      details: { state },
    });
  });

  test('does not find the run of another organisation', async () => {
    const { deps, runId } = await completedRun();
    await expect(exportRun(deps, STRANGER, { runId, format: 'json' })).rejects.toMatchObject({
      reason: 'RUN_NOT_FOUND',
    });
  });

  test('of a run that is deleted meanwhile leaves no file behind', async () => {
    const { deps, runId } = await completedRun();
    const { write } = deps.objects;
    deps.objects.write = async (file) => {
      await deps.objects.deleteAll('processed', `processed/org-1/runs/${runId}/`);
      await deps.runs.remove({ orgId: 'org-1', runId });
      return write(file);
    };
    await expect(exportRun(deps, CALLER, { runId, format: 'csv' })).rejects.toMatchObject({ reason: 'RUN_NOT_FOUND' });
    expect(deps.memory.names('processed').filter((name) => name.includes('/runs/'))).toEqual([]);
  });
});

describe('getLedger', () => {
  test('leads to the ledger of the run, by the generation that was written, for an hour', async () => {
    const { deps, runId } = await completedRun();
    const { download } = await getLedger(deps, CALLER, { runId });
    expect(download).toMatchObject({ fileName: 'ledger.json', expiresAt: '2026-11-20T10:00:00.000Z' });
    const file = LedgerFileSchema.parse(JSON.parse(Buffer.from((await bytesAt(deps, download.url)) ?? []).toString()));
    expect(file.documents.map(({ documentId }) => documentId)).toEqual([document.documentId]);
  });

  test.each(['queued', 'planning', 'analyzing', 'merging', 'failed', 'cancelled'] as const)(
    'refuses a run that is %s, as its rows are refused',
    async (state) => {
      const deps = createTestDeps();
      await deps.runs.create(sampleRun({ state, ledger: { object: 'ledger.json', generation: '1', sizeBytes: 2 } }));
      await expect(getLedger(deps, CALLER, { runId: 'run-1' })).rejects.toMatchObject({
        reason: 'RUN_NOT_READY',
        details: { state },
      });
    },
  );

  test('has that of the result before while a run is tried again', async () => {
    const { deps, runId } = await completedRun();
    const { download } = await getLedger(deps, CALLER, { runId });
    await deps.runs.update({ orgId: 'org-1', runId }, (run) => ({ next: { ...run, state: 'analyzing' } }));
    expect((await getLedger(deps, CALLER, { runId })).download.url).toBe(download.url);
  });

  test('says of a run from before there were ledgers what to do', async () => {
    const { deps, runId } = await completedRun();
    await deps.runs.update({ orgId: 'org-1', runId }, ({ ledger: _, ...run }) => ({ next: run }));
    await expect(getLedger(deps, CALLER, { runId })).rejects.toMatchObject({
      reason: 'RUN_NOT_READY',
      publicMessage: 'The run is completed. It has no ledger yet. Start the analysis again.',
    });
  });

  test('goes with the document whose run it belongs to', async () => {
    const { deps, runId } = await completedRun();
    const isLedger = (name: string): boolean => name.endsWith('/ledger.json');
    expect(deps.memory.names('processed').filter(isLedger)).toHaveLength(1);
    const [conversionId = ''] = (await deps.runs.get({ orgId: 'org-1', runId }))?.conversionIds ?? [];
    await deleteConversion(deps, CALLER, { conversionId });
    expect(deps.memory.names('processed')).toEqual([]);
  });

  test('does not find the run of another organisation, or one that was deleted', async () => {
    const { deps, runId } = await completedRun();
    const refused = { reason: 'RUN_NOT_FOUND' };
    await expect(getLedger(deps, STRANGER, { runId })).rejects.toMatchObject(refused);
    await deps.runs.update({ orgId: 'org-1', runId }, (run) => ({ next: { ...run, deletedAt: run.createdAt } }));
    await expect(getLedger(deps, CALLER, { runId })).rejects.toMatchObject(refused);
  });
});
