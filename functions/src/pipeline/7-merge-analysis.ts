/** Step 7: puts the results of the windows together, and settles the run. Until then nothing of it is shown. */
import { ledgerFileOf } from '../analyze/ledger-file.ts';
import { mergePackage } from '../analyze/merge.ts';
import type { Analysis, WindowResult } from '../contracts/analysis.ts';
import type { LedgerFile } from '../contracts/ledger.ts';
import type { Run, RunWindow } from '../contracts/run.ts';
import { LEDGER_FILE, runObject } from '../contracts/storage-paths.ts';
import type { TaskPayload } from '../contracts/tasks.ts';
import type { StoredObject } from '../contracts/work.ts';
import { AppError } from '../errors.ts';
import { EXPORTERS } from '../export/index.ts';
import { withMissingFiles } from '../export/missing-files.ts';
import type { RunKey } from '../repositories.ts';
import { countProgress } from './count-progress.ts';
import { dropUnused } from './drop-unused.ts';
import { type FailOutcome, failWork } from './fail-work.ts';
import { mapBounded } from './map-bounded.ts';
import { missingOf } from './missing-parts.ts';
import type { PipelineDeps } from './pipeline-deps.ts';
import { type HeldWork, leaveOrTakeOver, type UnclaimedOutcome } from './reclaim-work.ts';
import { rowDocument } from './row-document.ts';
import { readRunDocuments } from './run-documents.ts';
import { readStoredJson, readStoredPlan } from './stored-json.ts';
import { leaseEnd } from './tries.ts';
import { writeOnce } from './write-once.ts';

type Payload = TaskPayload<'merge-analysis'>;
type Deps = Pick<PipelineDeps, 'conversions' | 'runs' | 'objects' | 'queue' | 'clock' | 'ids' | 'settings'>;

const READ_AT_ONCE = 10;

const holds = (run: Run, attempt: number): boolean =>
  run.state === 'merging' && run.attempt === attempt && run.deletedAt === undefined;

/** A run that the task's attempt is merging. */
export const heldMerge = (
  { runs, clock }: Pick<Deps, 'runs' | 'clock'>,
  payload: Payload,
): HeldWork<Run, 'merge-analysis'> => {
  const { orgId, runId, attempt } = payload;
  const updatedAt = clock.now().toISOString();
  return {
    queue: 'merge-analysis',
    payload,
    update: (change) => runs.update({ orgId, runId }, change),
    holds: (run) => holds(run, attempt),
    requeue: (run, work) => ({ ...run, ...work, state: 'analyzing', updatedAt }),
    settle: (run, failure) => ({ ...run, state: 'failed', failure, dueAt: null, updatedAt }),
  };
};

/** `windows` are settled, all of them. Rows of an earlier result are replaced from here on, so the run has no result until its end. */
const claim = async (
  { runs, clock }: Deps,
  key: RunKey,
  attempt: number,
  windows: readonly RunWindow[],
): Promise<Run | null> => {
  const now = clock.now();
  const updated = await runs.update(key, (run) => {
    if (run.state !== 'analyzing' || run.attempt !== attempt || run.deletedAt !== undefined) return null;
    const { analysis: _analysis, ledger: _ledger, rows: _rows, coverage: _coverage, missing: _missing, ...open } = run;
    const { planned, done } = countProgress(run, windows);
    const progress = { planned, done, failed: planned - done };
    const work = { dueAt: leaseEnd('merge-analysis', now), updatedAt: now.toISOString() };
    return { next: { ...open, state: 'merging', ...work, progress } };
  });
  return updated.outcome === 'changed' ? updated.value : null;
};

interface Merged {
  analysis: Analysis;
  ledger: LedgerFile;
  /** Those of the plan, in its order. */
  windows: RunWindow[];
}

/** @throws AppError RESULT_MISSING, CONVERSION_NOT_FOUND, STORAGE_UNAVAILABLE. */
const mergeWindows = async (deps: Deps, run: Run, all: readonly RunWindow[]): Promise<Merged> => {
  if (run.plan === undefined) throw new AppError('RESULT_MISSING');
  const [plan, documents] = await Promise.all([readStoredPlan(deps, run.plan), readRunDocuments(deps, run)]);
  const windows = all.filter(({ ordinal }) => ordinal < plan.windows.length);
  const outputs = windows.flatMap(({ state, output }) => (state === 'done' && output !== undefined ? [output] : []));
  const results = await mapBounded(outputs, READ_AT_ONCE, (output) => readStoredJson<WindowResult>(deps, output));
  const merged = mergePackage(plan.context, documents, plan.windows, results);
  const conversionIds = new Map(run.documents.map(({ documentId, conversionId }) => [documentId, conversionId]));
  const ledger = ledgerFileOf(plan.context, merged, (documentId) => conversionIds.get(documentId) ?? '');
  return { analysis: withMissingFiles(merged.analysis, run.notRead ?? []), ledger, windows };
};

const asBytes = (rendered: string | Uint8Array): Uint8Array =>
  typeof rendered === 'string' ? new TextEncoder().encode(rendered) : rendered;

const writeFile = (
  deps: Deps,
  { orgId, runId, attempt }: Run,
  fileName: string,
  rendered: string | Uint8Array,
): Promise<StoredObject> =>
  writeOnce(deps, {
    object: runObject(orgId, runId, attempt, fileName),
    bytes: asBytes(rendered),
    contentType: 'application/json',
  });

type Written = Required<Pick<Run, 'analysis' | 'ledger'>>;

/** Rows, and meanwhile analysis.json and ledger.json. Ends when all have ended, so that none arrives after those of a later attempt. */
const writeResults = async (deps: Deps, run: Run, { analysis, ledger }: Merged): Promise<Written> => {
  const rows = (analysis.complianceMatrix?.rows ?? []).map((row, position) => rowDocument(run, row, position));
  const { fileName, render } = EXPORTERS.json;
  const [replaced, storedAnalysis, storedLedger] = await Promise.allSettled([
    deps.runs.replaceRows(run, rows),
    writeFile(deps, run, fileName, render(analysis)),
    writeFile(deps, run, LEDGER_FILE, JSON.stringify(ledger)),
  ]);
  if (replaced.status === 'rejected') throw replaced.reason;
  if (storedAnalysis.status === 'rejected') throw storedAnalysis.reason;
  if (storedLedger.status === 'rejected') throw storedLedger.reason;
  return { analysis: storedAnalysis.value, ledger: storedLedger.value };
};

const coverageOf = ({ complianceMatrix }: Analysis): Pick<Run, 'coverage'> => {
  if (complianceMatrix === undefined) return {};
  const { sentences, inMatrix, excluded, unresolved, complete } = complianceMatrix.coverage;
  return {
    coverage: { sentences, inMatrix, excluded: excluded.length, unresolved: unresolved.length, complete },
  };
};

/** What is unresolved is in the coverage; the run is partial only when a part of the package was not read. */
const resultOf = async (deps: Deps, run: Run, { analysis, windows }: Merged): Promise<Partial<Run>> => {
  const missing = await missingOf(deps, run, windows, analysis);
  const isWholePackage = (run.notRead ?? []).length === 0;
  const done = windows.filter(({ state }) => state === 'done').length;
  return {
    state: missing.length === 0 && isWholePackage ? 'completed' : 'partial',
    progress: { planned: windows.length, done, failed: windows.length - done },
    rows: analysis.complianceMatrix?.rows.length ?? 0,
    ...coverageOf(analysis),
    missing,
  };
};

/**
 * `deliveries` counts this one. `waiting`: a window is open. `stale`: also what was taken over while it was worked on.
 * @throws AppError RESULT_MISSING, CONVERSION_NOT_FOUND, STORAGE_UNAVAILABLE.
 */
export const mergeAnalysisStep = async (
  deps: Deps,
  payload: Payload,
  deliveries = 1,
): Promise<'merged' | 'waiting' | UnclaimedOutcome> => {
  const { orgId, runId, attempt } = payload;
  const key = { orgId, runId };
  // Whoever settles the last window comes back, or the sweep does.
  if ((await deps.runs.countOpenWindows(key)) > 0) return 'waiting';
  const windows = await deps.runs.listWindows(key);
  const claimed = await claim(deps, key, attempt, windows);
  if (claimed === null) return leaveOrTakeOver(deps, heldMerge(deps, payload), deliveries);
  const merged = await mergeWindows(deps, claimed, windows);
  const [result, beforeRows] = await Promise.all([resultOf(deps, claimed, merged), deps.runs.get(key)]);
  if (beforeRows === null || !holds(beforeRows, attempt)) return 'stale';
  const written = await writeResults(deps, claimed, merged);
  const updatedAt = deps.clock.now().toISOString();
  const updated = await deps.runs.update(key, (run) => {
    if (!holds(run, attempt)) return null;
    const { failure: _, ...open } = run;
    return { next: { ...open, ...result, ...written, dueAt: null, updatedAt } };
  });
  if (updated.outcome !== 'missing' && updated.value.analysis?.object === written.analysis.object) return 'merged';
  await dropUnused(deps, key, written.analysis, written.ledger);
  return 'stale';
};

/** With a try left the run waits for its merge again, at a new attempt; the windows keep what they have. */
export const mergeAnalysisFailed = (
  deps: Pick<Deps, 'runs' | 'queue' | 'clock' | 'ids'>,
  payload: Payload,
  error: AppError,
  deliveries: number,
): Promise<FailOutcome> => failWork(deps, { ...heldMerge(deps, payload), error, deliveries });
