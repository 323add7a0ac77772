/** The sweep over windows that have a time of their own: their lease has ended, or their next try did not come. */
import type { Run, RunWindow } from '../../contracts/run.ts';
import type { RunKey, WindowKey } from '../../repositories.ts';
import { heldWindow } from '../6-analyze-window.ts';
import { cancelWindow } from '../cancel-windows.ts';
import { eraseRun } from '../erase-work.ts';
import type { PipelineDeps } from '../pipeline-deps.ts';
import { reclaimWork } from '../reclaim-work.ts';
import { queuedDueAt } from '../tries.ts';
import { followWindow } from '../window-fan-in.ts';
import { enqueueWindow, isOpen } from '../window-lanes.ts';
import { type RepairOutcome, repairAll } from './repair-all.ts';
import type { SweepCounts } from './sweep-counts.ts';

type Deps = Pick<PipelineDeps, 'runs' | 'objects' | 'queue' | 'clock' | 'logger' | 'settings'>;

const runKeyOf = ({ orgId, runId }: RunKey): RunKey => ({ orgId, runId });
const keyOf = ({ orgId, runId, windowId }: WindowKey): WindowKey => ({ orgId, runId, windowId });

const postpone = async ({ runs, clock }: Deps, window: RunWindow): Promise<boolean> => {
  const dueAt = queuedDueAt(clock.now());
  const updated = await runs.updateWindow(keyOf(window), (current) =>
    current.state === window.state && current.attempt === window.attempt && current.dueAt === window.dueAt
      ? { next: { ...current, dueAt } }
      : null,
  );
  return updated.outcome === 'changed';
};

/** `queued` counts, by run, the windows that this sweep has put into the queue. */
const repairQueued = async (
  deps: Deps,
  run: Run,
  window: RunWindow,
  queued: Map<string, number>,
): Promise<RepairOutcome> => {
  if (!(await postpone(deps, window))) return 'postponed';
  const before = queued.get(`${run.orgId}/${run.runId}`) ?? 0;
  if (before >= deps.settings.windowsInFlight) return 'postponed';
  queued.set(`${run.orgId}/${run.runId}`, before + 1);
  return (await enqueueWindow(deps, run, window)) === 'created' ? 'enqueued' : 'postponed';
};

const reclaim = async (deps: Deps, run: Run, window: RunWindow): Promise<RepairOutcome> => {
  const { orgId, runId, windowId, attempt } = window;
  const payload = { orgId, runId, windowId, attempt, trace: run.trace };
  const outcome = await reclaimWork(deps, heldWindow(deps, payload));
  if (outcome === 'givenUp') await followWindow(deps, run, { ...window, state: 'failed' });
  return outcome === 'stale' ? 'postponed' : outcome;
};

/** Settled, and due all the same: somebody has changed it by hand. */
const close = async ({ runs }: Deps, window: RunWindow): Promise<RepairOutcome> => {
  await runs.updateWindow(keyOf(window), (current) => (isOpen(current) ? null : { next: { ...current, dueAt: null } }));
  return 'settled';
};

const repairWindow = async (deps: Deps, window: RunWindow, queued: Map<string, number>): Promise<RepairOutcome> => {
  const runKey = runKeyOf(window);
  const run = await deps.runs.get(runKey);
  if (run === null || run.deletedAt !== undefined) {
    await eraseRun(deps, runKey);
    return 'settled';
  }
  if (!isOpen(window)) return close(deps, window);
  if (run.state === 'analyzing') {
    return window.state === 'queued' ? repairQueued(deps, run, window, queued) : reclaim(deps, run, window);
  }
  if (run.state === 'queued' || run.state === 'planning' || run.state === 'merging') {
    await postpone(deps, window);
    return 'postponed';
  }
  await cancelWindow(deps, window, deps.clock.now().toISOString());
  return 'settled';
};

export const sweepWindows = async (deps: Deps, limit: number): Promise<SweepCounts> => {
  const due = await deps.runs.dueWindows(deps.clock.now().toISOString(), limit);
  const queued = new Map<string, number>();
  return repairAll(deps, due, {
    repair: (window) => repairWindow(deps, window, queued),
    postpone: (window) => postpone(deps, window),
    logFields: ({ orgId, runId, windowId, state, attempt }) => ({ orgId, runId, windowId, state, attempt }),
  });
};
