/** The sweep over runs: starts again what waits too long, what died, and what stopped half way between two steps. */
import type { Run, RunState } from '../../contracts/run.ts';
import type { RunKey } from '../../repositories.ts';
import { heldPlanning } from '../5-plan-run.ts';
import { heldMerge } from '../7-merge-analysis.ts';
import { finishRetry } from '../8-serve-results/retry-run.ts';
import { cancelQueuedWindows } from '../cancel-windows.ts';
import { countProgress } from '../count-progress.ts';
import { enqueueTask } from '../enqueue-task.ts';
import { eraseRun } from '../erase-work.ts';
import type { PipelineDeps } from '../pipeline-deps.ts';
import { type ReclaimOutcome, reclaimWork } from '../reclaim-work.ts';
import { queuedDueAt, secondsAfter } from '../tries.ts';
import { enqueueLanes, isOpen } from '../window-lanes.ts';
import { addCounts, type RepairOutcome, repairAll } from './repair-all.ts';
import type { SweepCounts } from './sweep-counts.ts';
import { sweepWindows } from './windows.ts';

type Deps = Pick<PipelineDeps, 'runs' | 'objects' | 'queue' | 'clock' | 'logger' | 'settings'>;

/** A run whose windows are under way is looked at so often: its last window, or the next of a lane, may have got lost. */
const LOOK_AGAIN_SECONDS = 180;

const keyOf = ({ orgId, runId }: Run): RunKey => ({ orgId, runId });

const payloadOf = ({ orgId, runId, attempt, trace }: Run) => ({ orgId, runId, attempt, trace });

/** False when the run has gone on since it was found. */
const updateAsFound = async ({ runs }: Deps, run: Run, change: (current: Run) => Run): Promise<boolean> => {
  const updated = await runs.update(keyOf(run), (current) =>
    current.state === run.state && current.attempt === run.attempt && current.dueAt === run.dueAt
      ? { next: change(current) }
      : null,
  );
  return updated.outcome === 'changed';
};

const setDueAt = (deps: Deps, run: Run, dueAt: string | null): Promise<boolean> =>
  updateAsFound(deps, run, (current) => ({ ...current, dueAt }));

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

const repairOutcomeOf = (outcome: ReclaimOutcome): RepairOutcome => (outcome === 'stale' ? 'postponed' : outcome);

/** What was under way when it was cancelled ends by itself, and counts. */
const repairCancelled = async (deps: Deps, run: Run): Promise<RepairOutcome> => {
  await cancelQueuedWindows(deps, keyOf(run));
  const windows = await deps.runs.listWindows(keyOf(run));
  const isUnderWay = windows.some(isOpen);
  const dueAt = isUnderWay ? secondsAfter(deps.clock.now(), LOOK_AGAIN_SECONDS) : null;
  await updateAsFound(deps, run, (current) => ({ ...current, dueAt, progress: countProgress(current, windows) }));
  return isUnderWay ? 'postponed' : 'settled';
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
  planning: async (deps, run) => repairOutcomeOf(await reclaimWork(deps, heldPlanning(deps, payloadOf(run)))),
  analyzing: repairAnalyzing,
  merging: async (deps, run) => repairOutcomeOf(await reclaimWork(deps, heldMerge(deps, payloadOf(run)))),
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
