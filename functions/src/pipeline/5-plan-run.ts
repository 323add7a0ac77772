/** Step 5, second half: reads the package once, cuts it into windows, and starts the first of them. */
import { planRun } from '../analyze/plan.ts';
import type { Window } from '../contracts/analysis.ts';
import type { Run, RunWindow, StoredPlan } from '../contracts/run.ts';
import { runObject } from '../contracts/storage-paths.ts';
import type { TaskPayload } from '../contracts/tasks.ts';
import type { StoredObject } from '../contracts/work.ts';
import type { AppError } from '../errors.ts';
import type { RunKey } from '../repositories.ts';
import { cancelQueuedWindows } from './cancel-windows.ts';
import { dropUnused } from './drop-unused.ts';
import { enqueueTask } from './enqueue-task.ts';
import { eraseRun } from './erase-work.ts';
import { type FailOutcome, failWork } from './fail-work.ts';
import { mapBounded } from './map-bounded.ts';
import type { PipelineDeps } from './pipeline-deps.ts';
import { type HeldWork, leaveOrTakeOver, type UnclaimedOutcome } from './reclaim-work.ts';
import { readRunDocuments } from './run-documents.ts';
import { leaseEnd, queuedDueAt } from './tries.ts';
import { enqueueLanes, windowIdOf } from './window-lanes.ts';
import { writeOnce } from './write-once.ts';

type Payload = TaskPayload<'plan-run'>;
type Deps = Pick<PipelineDeps, 'conversions' | 'runs' | 'objects' | 'queue' | 'clock' | 'ids' | 'settings'>;

const CONVERSIONS_AT_ONCE = 10;
const WINDOWS_AT_ONCE = 10;

const holds = (run: Run, attempt: number): boolean =>
  run.state === 'planning' && run.attempt === attempt && run.deletedAt === undefined;

/** A run that the task's attempt is planning. */
export const heldPlanning = (
  { runs, clock }: Pick<Deps, 'runs' | 'clock'>,
  payload: Payload,
): HeldWork<Run, 'plan-run'> => {
  const { orgId, runId, attempt } = payload;
  const updatedAt = clock.now().toISOString();
  return {
    queue: 'plan-run',
    payload,
    update: (change) => runs.update({ orgId, runId }, change),
    holds: (run) => holds(run, attempt),
    requeue: (run, work) => ({ ...run, ...work, state: 'queued', updatedAt }),
    settle: (run, failure) => ({ ...run, state: 'failed', failure, dueAt: null, updatedAt }),
  };
};

const claim = async ({ runs, clock }: Deps, key: RunKey, attempt: number): Promise<Run | null> => {
  const now = clock.now();
  const updated = await runs.update(key, (run) =>
    run.state === 'queued' && run.attempt === attempt && run.deletedAt === undefined
      ? { next: { ...run, state: 'planning', dueAt: leaseEnd('plan-run', now), updatedAt: now.toISOString() } }
      : null,
  );
  return updated.outcome === 'changed' ? updated.value : null;
};

/** False when a document was deleted while the run was being made: whoever deleted it could not know of the run. */
const hasAllConversions = async ({ conversions }: Deps, { orgId, conversionIds }: Run): Promise<boolean> => {
  const found = await mapBounded(conversionIds, CONVERSIONS_AT_ONCE, (conversionId) =>
    conversions.get({ orgId, conversionId }),
  );
  return found.every((conversion) => conversion !== null && conversion.deletedAt === undefined);
};

/** They wait for the lane they stand in (window-lanes.ts), so they have no time of their own yet. */
const windowsOf = ({ orgId, runId, expiresAt }: Run, planned: readonly Window[]): RunWindow[] =>
  planned.map(({ kind, documentId, chunks }, ordinal) => ({
    windowId: windowIdOf({ kind, ordinal }),
    orgId,
    runId,
    kind,
    ordinal,
    documentId,
    chunks,
    state: 'queued',
    attempt: 1,
    tries: 1,
    dueAt: null,
    expiresAt,
  }));

/**
 * The same documents and the same plan version give the same windows, so those of an attempt that died stay. After a change of
 * version they may differ: what does not fit the new plan is made to fit, or closed. None has been worked on yet.
 */
const alignWindows = async ({ runs }: Deps, key: RunKey, planned: readonly RunWindow[]): Promise<void> => {
  const plannedById = new Map(planned.map((window) => [window.windowId, window]));
  const stale = (await runs.listWindows(key)).filter(({ windowId, documentId, chunks, state }) => {
    const fitting = plannedById.get(windowId);
    return fitting?.documentId !== documentId || fitting.chunks !== chunks || state !== 'queued';
  });
  await mapBounded(stale, WINDOWS_AT_ONCE, ({ windowId }) =>
    runs.updateWindow({ ...key, windowId }, (current) => {
      const fitting = plannedById.get(windowId);
      if (fitting === undefined) return { next: { ...current, state: 'cancelled', dueAt: null } };
      return { next: { ...fitting, attempt: current.attempt + 1 } };
    }),
  );
};

const writePlan = (deps: Deps, { orgId, runId, attempt }: Run, plan: StoredPlan): Promise<StoredObject> =>
  writeOnce(deps, {
    object: runObject(orgId, runId, attempt, 'plan.json'),
    bytes: new TextEncoder().encode(JSON.stringify(plan)),
    contentType: 'application/json',
  });

/** To `analyzing`, from which the windows may begin. Null when the run has gone another way. */
const settle = async (deps: Deps, claimed: Run, plan: StoredObject, planned: number): Promise<Run | null> => {
  const now = deps.clock.now();
  const updated = await deps.runs.update(claimed, (run) => {
    if (!holds(run, claimed.attempt)) return null;
    const progress = { planned, done: 0, failed: 0 };
    const work = { tries: 1, dueAt: queuedDueAt(now), updatedAt: now.toISOString() };
    return { next: { ...run, state: 'analyzing', ...work, plan, progress } };
  });
  const current = updated.outcome === 'missing' ? null : updated.value;
  if (current?.plan?.object === plan.object) return current;
  await dropUnused(deps, claimed, plan);
  if (current?.state === 'cancelled') await cancelQueuedWindows(deps, claimed);
  return null;
};

/**
 * `deliveries` counts this one. `erased`: a document of the run is gone, and the run with it. `stale`: also a run that went another way meanwhile.
 * @throws AppError TOO_MANY_CHUNKS before anything is made; CONVERSION_NOT_FOUND, STORAGE_UNAVAILABLE.
 */
export const planRunStep = async (
  deps: Deps,
  payload: Payload,
  deliveries = 1,
): Promise<'planned' | 'erased' | UnclaimedOutcome> => {
  const { orgId, runId, attempt } = payload;
  const key = { orgId, runId };
  const claimed = await claim(deps, key, attempt);
  if (claimed === null) return leaveOrTakeOver(deps, heldPlanning(deps, payload), deliveries);
  if (!(await hasAllConversions(deps, claimed))) {
    await eraseRun(deps, key);
    return 'erased';
  }
  const documents = await readRunDocuments(deps, claimed);
  const { context, windows } = planRun(documents, claimed.kinds, { maxChunks: deps.settings.maxChunks });
  const plan = await writePlan(deps, claimed, { context, windows });
  const planned = windowsOf(claimed, windows);
  await deps.runs.createWindows(planned);
  if (attempt > 1) await alignWindows(deps, key, planned);
  const run = await settle(deps, claimed, plan, planned.length);
  if (run === null) return 'stale';
  if (planned.length > 0) await enqueueLanes(deps, run, attempt > 1 ? await deps.runs.listWindows(key) : planned);
  else await enqueueTask(deps, 'merge-analysis', { orgId, runId, attempt: run.attempt, trace: run.trace });
  return 'planned';
};

export const planRunFailed = (
  deps: Pick<Deps, 'runs' | 'queue' | 'clock' | 'ids'>,
  payload: Payload,
  error: AppError,
  deliveries: number,
): Promise<FailOutcome> => failWork(deps, { ...heldPlanning(deps, payload), error, deliveries });
