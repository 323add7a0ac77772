import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { analyzePackage } from '../../../functions/src/analyze/index.ts';
import type { Document } from '../../../functions/src/contracts/document.ts';
import { LedgerFileSchema } from '../../../functions/src/contracts/ledger.ts';
import { createConverter } from '../../../functions/src/convert/index.ts';
import { AppError } from '../../../functions/src/errors.ts';
import { toJson } from '../../../functions/src/export/json.ts';
import { mergeAnalysisStep } from '../../../functions/src/pipeline/7-merge-analysis.ts';
import type { PipelineDeps } from '../../../functions/src/pipeline/pipeline-deps.ts';
import { buildDocument } from '../../support/build-document.ts';
import type { QueuedTask } from '../../support/memory-queue.ts';
import { createTestDeps, type TestDeps } from '../../support/pipeline-deps.ts';
import { deliver, longDocument, runNow, runQueueDry, runUntil, startRun } from '../../support/run-of-package.ts';

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

/** What merge writes into the bucket. */
const isResult = (name: string): boolean => /\/(?:analysis|ledger)\.json$/.test(name);

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

describe('Merging', () => {
  test('waits while a window is open', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(1)]);
    await runUntil(deps, 'analyze-window');
    await mergeAnalysisStep(deps, { orgId: 'org-1', runId, attempt: 1, trace: runNow(deps, runId).trace });
    expect(runNow(deps, runId)).toMatchObject({ state: 'analyzing', attempt: 1 });
  });

  test('counts every window from its beginning, and has no result until its end', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(3)]);
    const write = deps.objects.write;
    deps.objects.write = (file) =>
      file.object.endsWith('00001.json') ? Promise.reject(new AppError('MODEL_FAILED')) : write(file);
    const merge = await runUntil(deps, 'merge-analysis');
    const planned = deps.stored.windows().length;
    const exact = { planned, done: planned - 1, failed: 1 };
    const stored = { object: 'old.json', generation: '1', sizeBytes: 1 };
    const old = { analysis: stored, ledger: stored, rows: 7, missing: ['a page'] };
    await deps.runs.update({ orgId: 'org-1', runId }, (run) => ({ next: { ...run, ...old } }));
    expect(runNow(deps, runId).progress).not.toEqual(exact);
    const seen: unknown[] = [];
    const replace = deps.runs.replaceRows;
    deps.runs.replaceRows = (key, rows) => {
      const { state, progress, analysis, ledger, rows: count, missing } = runNow(deps, runId);
      seen.push({ state, progress, analysis, ledger, count, missing });
      return replace(key, rows);
    };
    await deliver(deps, merge);
    expect(seen).toEqual([
      {
        state: 'merging',
        progress: exact,
        analysis: undefined,
        ledger: undefined,
        count: undefined,
        missing: undefined,
      },
    ]);
    expect(runNow(deps, runId)).toMatchObject({ state: 'partial', progress: exact });
  });

  test('is tried again at a new attempt, with what the windows found', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(1)]);
    const replace = deps.runs.replaceRows;
    let failures = 2;
    deps.runs.replaceRows = (key, rows) => {
      failures -= 1;
      return failures >= 0 ? Promise.reject(new AppError('STATE_UNAVAILABLE')) : replace(key, rows);
    };
    await runQueueDry(deps);
    expect(runNow(deps, runId)).toMatchObject({ state: 'completed', attempt: 3, tries: 3 });
    expect(runNow(deps, runId).analysis?.object).toContain('/3/analysis.json');
    expect(runNow(deps, runId).ledger?.object).toContain('/3/ledger.json');
    expect(new Set(deps.stored.windows().map(({ attempt }) => attempt))).toEqual(new Set([1]));
  });

  test('is given up after the fourth try, with a dead letter', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(0)]);
    deps.runs.replaceRows = () => Promise.reject(new AppError('STATE_UNAVAILABLE'));
    await runQueueDry(deps);
    expect(runNow(deps, runId)).toMatchObject({ state: 'failed', failure: { reason: 'STATE_UNAVAILABLE' } });
    expect(deps.stored.deadLetters()).toMatchObject([{ queue: 'merge-analysis', tries: 4 }]);
  });

  test('fails and shows nothing when a result is gone', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(1)]);
    const merge = await runUntil(deps, 'merge-analysis');
    const [first] = deps.stored.windows();
    await deps.objects.delete({ bucket: 'processed', object: first?.output?.object ?? '' });
    await deliver(deps, merge);
    expect(runNow(deps, runId)).toMatchObject({ state: 'failed', failure: { reason: 'RESULT_MISSING' } });
    expect(deps.stored.rows()).toEqual([]);
  });

  test('by a late worker writes no rows once a newer attempt has taken over', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(0)]);
    const merge = await runUntil(deps, 'merge-analysis');
    const read: PipelineDeps['objects']['read'] = async (file) => {
      await deps.runs.update({ orgId: 'org-1', runId }, (run) => ({ next: { ...run, attempt: 2 } }));
      return deps.objects.read(file);
    };
    await deliver({ ...deps, objects: { ...deps.objects, read } }, merge);
    expect(runNow(deps, runId)).toMatchObject({ state: 'merging', attempt: 2 });
    expect(deps.stored.rows()).toEqual([]);
    expect(deps.memory.names('processed').filter(isResult)).toEqual([]);
  });

  test('by a worker that is overtaken while it writes settles nothing, and takes its analysis and its ledger away again', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(0)]);
    const merge = await runUntil(deps, 'merge-analysis');
    const write: PipelineDeps['objects']['write'] = async (file) => {
      await deps.runs.update({ orgId: 'org-1', runId }, (run) => ({ next: { ...run, attempt: 2 } }));
      return deps.objects.write(file);
    };
    await deliver({ ...deps, objects: { ...deps.objects, write } }, merge);
    expect(runNow(deps, runId)).toMatchObject({ state: 'merging', attempt: 2 });
    expect(deps.memory.names('processed').filter(isResult)).toEqual([]);
  });

  test('that fails with its analysis ends only when its rows are written: nothing of it arrives later', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(0)]);
    const merge = await runUntil(deps, 'merge-analysis');
    const events: string[] = [];
    const replaceRows: PipelineDeps['runs']['replaceRows'] = async (...given) => {
      await new Promise((resolve) => setImmediate(resolve));
      await deps.runs.replaceRows(...given);
      events.push('rows');
    };
    const write = () => Promise.reject(new AppError('STORAGE_UNAVAILABLE'));
    const failing = { ...deps, runs: { ...deps.runs, replaceRows }, objects: { ...deps.objects, write } };
    const payload = { orgId: 'org-1', runId, attempt: 1, trace: runNow(deps, runId).trace };
    await expect(mergeAnalysisStep(failing, payload)).rejects.toMatchObject({ reason: 'STORAGE_UNAVAILABLE' });
    expect([merge.queue, ...events]).toEqual(['merge-analysis', 'rows']);
  });

  test('of a run that is erased meanwhile leaves nothing behind', async () => {
    const deps = createTestDeps();
    const { runId } = await startRun(deps, [longDocument(0)]);
    const merge = await runUntil(deps, 'merge-analysis');
    const key = { orgId: 'org-1', runId };
    const replace = deps.runs.replaceRows;
    deps.runs.replaceRows = async (of, rows) => {
      await deps.runs.remove(key);
      await replace(of, rows);
    };
    await deliver(deps, merge);
    expect([deps.stored.runs(), deps.stored.rows()]).toEqual([[], []]);
    expect(deps.memory.names('processed').filter(isResult)).toEqual([]);
  });
});
