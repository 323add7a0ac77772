import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { analyzePackage } from '../../../functions/src/analyze/index.ts';
import type { Document } from '../../../functions/src/contracts/document.ts';
import { LedgerFileSchema } from '../../../functions/src/contracts/ledger.ts';
import { createConverter } from '../../../functions/src/convert/index.ts';
import { AppError } from '../../../functions/src/errors.ts';
import { toJson } from '../../../functions/src/export/json.ts';
import { buildDocument } from '../../support/build-document.ts';
import type { QueuedTask } from '../../support/memory-queue.ts';
import { createTestDeps, type TestDeps } from '../../support/pipeline-deps.ts';
import { deliver, longDocument, runNow, runQueueDry, startRun } from '../../support/run-of-package.ts';

const LIMITS = { pdfBytes: 1e9, officeBytes: 1e9, textBytes: 1e9, otherBytes: 1e9, unpackedBytes: 1e9 };

/** The solicitation we wrote, with its attachments and its amendment. */
const readFixtures = async (folder: string): Promise<Document[]> => {
  const base = new URL(`../../fixtures/solicitation/${folder}/`, import.meta.url);
  const pdfiumWasm = readFileSync(new URL('../../../node_modules/@hyzyla/pdfium/dist/pdfium.wasm', import.meta.url));
  const converter = createConverter({ pdfiumWasm });
  const names = readdirSync(base).sort();
  return Promise.all(
    names.map((fileName) => converter.convert({ bytes: readFileSync(new URL(fileName, base)), fileName }, LIMITS)),
  );
};

const analysisOf = (deps: TestDeps, runId: string): string =>
  deps.memory.text('processed', runNow(deps, runId).analysis?.object ?? '');

describe('The pipeline', () => {
  test.each(['markdown', 'pdf'])(
    'gives the same bytes as the analysis in one go, for the fixtures in %s',
    async (folder) => {
      const documents = await readFixtures(folder);
      const deps = createTestDeps();
      const { runId } = await startRun(deps, documents);
      await runQueueDry(deps);
      const whole = analyzePackage(documents, ['compliance-matrix']);
      expect(analysisOf(deps, runId)).toBe(toJson(whole));
      const rows = deps.stored.rows().sort((a, b) => a.position - b.position);
      expect(rows.length).toBeGreaterThan(20);
      expect(rows.map(({ body }) => body)).toEqual(JSON.parse(JSON.stringify(whole.complianceMatrix?.rows)));
    },
  );

  test('gives the same bytes whatever order the windows are settled in', async () => {
    const document = longDocument(3);
    const results = [];
    for (const newestFirst of [false, true]) {
      const deps = createTestDeps({ settings: { windowsInFlight: 10 } });
      const { runId } = await startRun(deps, [document]);
      const pick = (tasks: readonly QueuedTask[]) => (newestFirst ? tasks.at(-1) : tasks[0]);
      for (let task = deps.tasks.take(pick); task; task = deps.tasks.take(pick)) await deliver(deps, task);
      results.push(analysisOf(deps, runId));
    }
    expect(results[1]).toBe(results[0]);
    expect(results[0]).toBe(toJson(analyzePackage([document], ['compliance-matrix'])));
  });
});

describe('A merged run', () => {
  test('names each file of the package that was not read in all that is made of it, is partial, and is not complete', async () => {
    const ended = [];
    for (const notRead of [undefined, [{ fileName: 'empty.pdf', reason: 'FILE_EMPTY' }]]) {
      const deps = createTestDeps();
      const { runId } = await startRun(deps, [longDocument(1)]);
      await deps.runs.update({ orgId: 'org-1', runId }, (run) => ({ next: { ...run, ...(notRead && { notRead }) } }));
      await runQueueDry(deps);
      const { state, coverage, missing, progress } = runNow(deps, runId);
      const inFile = JSON.parse(analysisOf(deps, runId)).complianceMatrix.coverage;
      ended.push({ state, isComplete: coverage?.complete, missing, progress, inFile });
    }
    const [whole, lacking] = ended;
    expect(whole).toMatchObject({ state: 'completed', isComplete: true, missing: [], inFile: { complete: true } });
    const chunks = whole?.inFile.chunks;
    const named = { ...chunks, planned: chunks.planned + 1, failed: ['empty.pdf: FILE_EMPTY'] };
    const inFile = { ...whole?.inFile, complete: false, chunks: named };
    expect(lacking).toEqual({ ...whole, state: 'partial', isComplete: false, inFile });
  });

  test('has its ledger beside its analysis, with the conversion of each document and the sums of its coverage', async () => {
    const documents = [longDocument(1), longDocument(0, 'price.md')];
    const deps = createTestDeps();
    const { runId, documents: ofRun } = await startRun(deps, documents);
    await runQueueDry(deps);
    const { ledger, analysis, coverage } = runNow(deps, runId);
    expect(ledger?.object).toBe(analysis?.object.replace('analysis.json', 'ledger.json'));
    const text = deps.memory.text('processed', ledger?.object ?? '');
    expect(ledger?.sizeBytes).toBe(Buffer.byteLength(text));
    const file = LedgerFileSchema.parse(JSON.parse(text));
    const conversionOf = Object.fromEntries(ofRun.map(({ documentId, conversionId }) => [documentId, conversionId]));
    expect(Object.fromEntries(file.documents.map((each) => [each.documentId, each.conversionId]))).toEqual(
      conversionOf,
    );
    expect(file.parts.reduce((sum, part) => sum + part.inMatrix, 0)).toBe(coverage?.inMatrix);
    expect([file.excluded.length, file.unresolved.length]).toEqual([coverage?.excluded, coverage?.unresolved]);
  });

  test('is completed, with exact progress, rows by their fields, and its coverage in numbers', async () => {
    const document = longDocument(1);
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [document]);
    await runQueueDry(deps);
    const coverage = analyzePackage([document], ['compliance-matrix']).complianceMatrix?.coverage;
    const planned = deps.stored.windows().length;
    expect(runNow(deps, runId)).toMatchObject({
      state: 'completed',
      dueAt: null,
      missing: [],
      rows: deps.stored.rows().length,
      progress: { planned, done: planned, failed: 0 },
      coverage: { sentences: coverage?.sentences, complete: true, unresolved: 0 },
    });
    expect(deps.stored.rows()[0]).toMatchObject({ position: 0, obligation: 'mandatory', actor: 'contractor' });
  });

  test('is completed although sentences are unresolved: the coverage says so', async () => {
    const footer = { kind: 'header_footer' as const, text: 'The offeror shall initial each page.' };
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [buildDocument(['The Contractor shall sweep.', footer])]);
    await runQueueDry(deps);
    expect(runNow(deps, runId)).toMatchObject({ state: 'completed', coverage: { unresolved: 1, complete: false } });
  });

  test('is partial when a window failed, and names it', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(2)]);
    const write = deps.objects.write;
    deps.objects.write = (file) =>
      file.object.endsWith('00001.json') ? Promise.reject(new AppError('MODEL_FAILED')) : write(file);
    await runQueueDry(deps);
    const planned = deps.stored.windows().length;
    expect(runNow(deps, runId)).toMatchObject({
      state: 'partial',
      missing: ['compliance-matrix-00001'],
      progress: { planned, done: planned - 1, failed: 1 },
      coverage: { complete: false },
    });
    expect(deps.stored.rows().length).toBeGreaterThan(100);
  });

  test('is partial when a page or a document has no text, and names each once', async () => {
    const scan = buildDocument(['The Contractor shall sweep.'], { fileName: 'a.pdf', pagesNeedingOcr: [2, 3] });
    const empty = buildDocument([], { fileName: 'b.md' });
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [scan, empty]);
    await runQueueDry(deps);
    expect(runNow(deps, runId)).toMatchObject({
      state: 'partial',
      missing: [`${scan.documentId}:2`, `${scan.documentId}:3`, empty.documentId],
    });
  });

  test('names no more than a hundred missing parts', async () => {
    const pagesNeedingOcr = Array.from({ length: 150 }, (_, at) => at + 1);
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [buildDocument(['The Contractor shall sweep.'], { pagesNeedingOcr })]);
    await runQueueDry(deps);
    expect(runNow(deps, runId).missing).toHaveLength(100);
  });
});
