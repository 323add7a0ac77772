/** The sweep over runs: starts again what waits too long, what died, and what stopped half way between two steps. */
import type { Run, RunState } from '../../contracts/run.ts';
import type { RunKey } from '../../repositories.ts';
import { finishRetry } from '../8-serve-results/retry-run.ts';
import { cancelQueuedWindows } from '../cancel-windows.ts';
import { enqueueTask } from '../enqueue-task.ts';
import { eraseRun } from '../erase-work.ts';
import type { PipelineDeps } from '../pipeline-deps.ts';
import { queuedDueAt, secondsAfter } from '../tries.ts';
import { enqueueLanes, isOpen } from '../window-lanes.ts';
import { reclaimWork } from './reclaim-work.ts';
import { addCounts, type RepairOutcome, repairAll } from './repair-all.ts';
import type { SweepCounts } from './sweep-counts.ts';
import { sweepWindows } from './windows.ts';

type Deps = Pick<PipelineDeps, 'runs' | 'objects' | 'queue' | 'clock' | 'logger' | 'settings'>;

/** A run whose windows are under way is looked at so often: its last window, or the next of a lane, may have got lost. */
const LOOK_AGAIN_SECONDS = 180;

const keyOf = ({ orgId, runId }: Run): RunKey => ({ orgId, runId });

const payloadOf = ({ orgId, runId, attempt, trace }: Run) => ({ orgId, runId, attempt, trace });

/** False when the run has gone on since it was found. */
const setDueAt = async ({ runs }: Deps, run: Run, dueAt: string | null): Promise<boolean> => {
  const updated = await runs.update(keyOf(run), (current) =>
    current.state === run.state && current.attempt === run.attempt && current.dueAt === run.dueAt
      ? { next: { ...current, dueAt } }
      : null,
  );
  return updated.outcome === 'changed';
};

const repairQueued = async (deps: Deps, run: Run): Promise<RepairOutcome> => {
  if (!(await setDueAt(deps, run, queuedDueAt(deps.clock.now())))) return 'postponed';
  return (await enqueueTask(deps, 'plan-run', payloadOf(run))) === 'created' ? 'enqueued' : 'postponed';
};

const repairAnalyzing = async (deps: Deps, run: Run): Promise<RepairOutcome> => {
  if (!(await setDueAt(deps, run, secondsAfter(deps.clock.now(), LOOK_AGAIN_SECONDS)))) return 'postponed';
  const windows = await deps.runs.listWindows(keyOf(run));
  if (windows.some(isOpen)) return (await enqueueLanes(deps, run, windows)) > 0 ? 'enqueued' : 'postponed';
  return (await enqueueTask(deps, 'merge-analysis', payloadOf(run))) === 'created' ? 'enqueued' : 'postponed';
};

const reclaim = async (
  deps: Deps,
  run: Run,
  queue: 'plan-run' | 'merge-analysis',
  waiting: RunState,
): Promise<RepairOutcome> => {
  const updatedAt = deps.clock.now().toISOString();
  const outcome = await reclaimWork<Run, typeof queue>(deps, {
    queue,
    payload: payloadOf(run),
    update: (change) => deps.runs.update(keyOf(run), change),
    holds: ({ state, attempt, deletedAt }) => state === run.state && attempt === run.attempt && deletedAt === undefined,
    requeue: (current, work) => ({ ...current, ...work, state: waiting, updatedAt }),
    settle: (current, failure) => ({ ...current, state: 'failed', failure, dueAt: null, updatedAt }),
  });
  return outcome === 'stale' ? 'postponed' : outcome;
};

const repairCancelled = async (deps: Deps, run: Run): Promise<RepairOutcome> => {
  await cancelQueuedWindows(deps, keyOf(run));
  await setDueAt(deps, run, null);
  return 'settled';
};

/** A settled run is due when a retry was asked for and not finished. */
const repairRetry = async (deps: Deps, run: Run): Promise<RepairOutcome> =>
  (await finishRetry(deps, run)) === null ? 'postponed' : 'enqueued';

const closeRun = async (deps: Deps, run: Run): Promise<RepairOutcome> => {
  await setDueAt(deps, run, null);
  return 'settled';
};

const REPAIRS: Readonly<Record<RunState, (deps: Deps, run: Run) => Promise<RepairOutcome>>> = {
  queued: repairQueued,
  planning: (deps, run) => reclaim(deps, run, 'plan-run', 'queued'),
  analyzing: repairAnalyzing,
  merging: (deps, run) => reclaim(deps, run, 'merge-analysis', 'analyzing'),
  completed: closeRun,
  partial: repairRetry,
  failed: repairRetry,
  cancelled: repairCancelled,
};

const repairRun = async (deps: Deps, run: Run): Promise<RepairOutcome> => {
  if (run.deletedAt === undefined) return REPAIRS[run.state](deps, run);
  await eraseRun(deps, keyOf(run));
  return 'settled';
};

/** Looks at no more than `limit` runs and `limit` windows; one that cannot be repaired does not keep the others waiting. */
export const sweepRuns = async (deps: Deps, limit: number): Promise<SweepCounts> => {
  const due = await deps.runs.due(deps.clock.now().toISOString(), limit);
  const runs = await repairAll(deps, due, {
    repair: (run) => repairRun(deps, run),
    postpone: (run) => setDueAt(deps, run, queuedDueAt(deps.clock.now())),
    logFields: ({ orgId, runId, state, attempt }) => ({ orgId, runId, state, attempt, step: 'run' }),
  });
  return addCounts(runs, await sweepWindows(deps, limit));
};
