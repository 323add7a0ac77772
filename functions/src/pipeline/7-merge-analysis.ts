/** Step 7: puts the results of the windows together, and settles the run. Until then nothing of it is shown. */
import { mergeAnalysis } from '../analyze/merge.ts';
import type { Analysis, WindowResult } from '../contracts/analysis.ts';
import type { Run, RunWindow } from '../contracts/run.ts';
import { runObject } from '../contracts/storage-paths.ts';
import type { TaskPayload } from '../contracts/tasks.ts';
import type { StoredObject } from '../contracts/work.ts';
import { AppError } from '../errors.ts';
import { EXPORTERS } from '../export/index.ts';
import type { RunKey } from '../repositories.ts';
import { dropUnused } from './drop-unused.ts';
import { type FailOutcome, failWork } from './fail-work.ts';
import { mapBounded } from './map-bounded.ts';
import { missingOf } from './missing-parts.ts';
import type { PipelineDeps } from './pipeline-deps.ts';
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

const claim = async ({ runs, clock }: Deps, key: RunKey, attempt: number): Promise<Run | null> => {
  const now = clock.now();
  const updated = await runs.update(key, (run) =>
    run.state === 'analyzing' && run.attempt === attempt && run.deletedAt === undefined
      ? { next: { ...run, state: 'merging', dueAt: leaseEnd('merge-analysis', now), updatedAt: now.toISOString() } }
      : null,
  );
  return updated.outcome === 'changed' ? updated.value : null;
};

interface Merged {
  analysis: Analysis;
  /** Those of the plan, in its order. */
  windows: RunWindow[];
}

/** @throws AppError RESULT_MISSING, CONVERSION_NOT_FOUND, STORAGE_UNAVAILABLE. */
const mergeWindows = async (deps: Deps, run: Run): Promise<Merged> => {
  if (run.plan === undefined) throw new AppError('RESULT_MISSING');
  const plan = await readStoredPlan(deps, run.plan);
  const documents = await readRunDocuments(deps, run);
  const all = await deps.runs.listWindows(run);
  const windows = all.filter(({ ordinal }) => ordinal < plan.windows.length);
  const outputs = windows.flatMap(({ state, output }) => (state === 'done' && output !== undefined ? [output] : []));
  const results = await mapBounded(outputs, READ_AT_ONCE, (output) => readStoredJson<WindowResult>(deps, output));
  return { analysis: mergeAnalysis(plan.context, documents, plan.windows, results), windows };
};

const writeAnalysis = (deps: Deps, { orgId, runId, attempt }: Run, analysis: Analysis): Promise<StoredObject> => {
  const { fileName, render } = EXPORTERS.json;
  const rendered = render(analysis);
  const bytes = typeof rendered === 'string' ? new TextEncoder().encode(rendered) : rendered;
  const object = runObject(orgId, runId, attempt, fileName);
  return writeOnce(deps, { object, bytes, contentType: 'application/json' });
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
  const done = windows.filter(({ state }) => state === 'done').length;
  return {
    state: missing.length === 0 ? 'completed' : 'partial',
    progress: { planned: windows.length, done, failed: windows.length - done },
    rows: analysis.complianceMatrix?.rows.length ?? 0,
    ...coverageOf(analysis),
    missing,
  };
};

/** @throws AppError RESULT_MISSING, CONVERSION_NOT_FOUND, STORAGE_UNAVAILABLE. */
export const mergeAnalysisStep = async (deps: Deps, { orgId, runId, attempt }: Payload): Promise<void> => {
  const key = { orgId, runId };
  // Whoever settles the last window comes back, or the sweep does.
  if ((await deps.runs.countOpenWindows(key)) > 0) return;
  const claimed = await claim(deps, key, attempt);
  if (claimed === null) return;
  const merged = await mergeWindows(deps, claimed);
  const analysis = await writeAnalysis(deps, claimed, merged.analysis);
  const result = await resultOf(deps, claimed, merged);
  const beforeRows = await deps.runs.get(key);
  if (beforeRows !== null && holds(beforeRows, attempt)) {
    const rows = merged.analysis.complianceMatrix?.rows ?? [];
    await deps.runs.replaceRows(
      key,
      rows.map((row, position) => rowDocument(claimed, row, position)),
    );
  }
  const updatedAt = deps.clock.now().toISOString();
  const updated = await deps.runs.update(key, (run) => {
    if (!holds(run, attempt)) return null;
    const { failure: _, ...open } = run;
    return { next: { ...open, ...result, analysis, dueAt: null, updatedAt } };
  });
  if (updated.outcome === 'missing' || updated.value.analysis?.object !== analysis.object) {
    await dropUnused(deps, key, analysis);
  }
};

/** With a try left the run waits for its merge again, at a new attempt; the windows keep what they have. */
export const mergeAnalysisFailed = (
  deps: Pick<Deps, 'runs' | 'queue' | 'clock' | 'ids'>,
  payload: Payload,
  error: AppError,
  deliveries: number,
): Promise<FailOutcome> => {
  const { orgId, runId, attempt } = payload;
  const updatedAt = deps.clock.now().toISOString();
  return failWork<Run, 'merge-analysis'>(deps, {
    queue: 'merge-analysis',
    payload,
    error,
    deliveries,
    update: (change) => deps.runs.update({ orgId, runId }, change),
    holds: (run) => holds(run, attempt),
    requeue: (run, work) => ({ ...run, ...work, state: 'analyzing', updatedAt }),
    settle: (run, failure) => ({ ...run, state: 'failed', failure, dueAt: null, updatedAt }),
  });
};
