/** Trying again what failed in a run or was cancelled, and nothing else: its planning, the windows it lacks, or its merge. */
import type { Caller, OperationRequest, OperationResponse } from '../../contracts/operations.ts';
import type { Run, RunWindow } from '../../contracts/run.ts';
import { AppError } from '../../errors.ts';
import { enqueueTask } from '../enqueue-task.ts';
import { mapBounded } from '../map-bounded.ts';
import type { PipelineDeps } from '../pipeline-deps.ts';
import { toRunView, visibleRun } from '../run-view.ts';
import { queuedDueAt } from '../tries.ts';
import { enqueueLanes, isOpen } from '../window-lanes.ts';

type Deps = Pick<PipelineDeps, 'runs' | 'queue' | 'clock' | 'settings'>;

const WINDOWS_AT_ONCE = 10;

const mayRetry = ({ state, deletedAt }: Run): boolean =>
  (state === 'partial' || state === 'failed' || state === 'cancelled') && deletedAt === undefined;

/** One write, whose losing changes nothing: the run as it was decided upon, or null when it has gone another way. */
const updateUnchanged = async ({ runs }: Deps, run: Run, change: (current: Run) => Run): Promise<Run | null> => {
  const updated = await runs.update(run, (current) =>
    mayRetry(current) && current.attempt === run.attempt ? { next: change(current) } : null,
  );
  return updated.outcome === 'changed' ? updated.value : null;
};

const planAgain = async (deps: Deps, run: Run): Promise<Run | null> => {
  const now = deps.clock.now();
  const queued = await updateUnchanged(deps, run, ({ failure: _, ...current }) => ({
    ...current,
    state: 'queued',
    attempt: current.attempt + 1,
    tries: 1,
    dueAt: queuedDueAt(now),
    updatedAt: now.toISOString(),
  }));
  if (queued === null) return null;
  const { orgId, runId, attempt, trace } = queued;
  await enqueueTask(deps, 'plan-run', { orgId, runId, attempt, trace });
  return queued;
};

const isUnread = ({ progress }: Run, { ordinal, state }: RunWindow): boolean =>
  ordinal < progress.planned && state !== 'done';

const requeueWindow = async ({ runs }: Deps, { orgId, runId, windowId }: RunWindow): Promise<void> => {
  await runs.updateWindow({ orgId, runId, windowId }, ({ failure: _, ...window }) =>
    window.state === 'failed' || window.state === 'cancelled'
      ? { next: { ...window, state: 'queued', attempt: window.attempt + 1, tries: 1, dueAt: null } }
      : null,
  );
};

/**
 * The second half of a retry; the sweep does it for a run that is partial or failed, and due. What it lacks waits again before the run goes
 * back to `analyzing`, or it could be merged without. Null when somebody else has carried the run on.
 */
export const finishRetry = async (deps: Deps, run: Run): Promise<Run | null> => {
  if (run.plan === undefined) return planAgain(deps, run);
  const unread = (await deps.runs.listWindows(run)).filter((window) => isUnread(run, window));
  await mapBounded(unread, WINDOWS_AT_ONCE, (window) => requeueWindow(deps, window));
  const windows = await deps.runs.listWindows(run);
  const now = deps.clock.now();
  const done = windows.filter(({ state }) => state === 'done').length;
  const reopened = await updateUnchanged(deps, run, ({ failure: _, ...current }) => ({
    ...current,
    state: 'analyzing',
    attempt: current.attempt + 1,
    tries: 1,
    dueAt: queuedDueAt(now),
    updatedAt: now.toISOString(),
    progress: { planned: current.progress.planned, done, failed: 0 },
  }));
  if (reopened === null) return null;
  const { orgId, runId, attempt, trace } = reopened;
  if (windows.some(isOpen)) await enqueueLanes(deps, reopened, windows);
  else await enqueueTask(deps, 'merge-analysis', { orgId, runId, attempt, trace });
  return reopened;
};

const problemOf = ({ state }: Run): string => {
  if (state === 'completed') return 'nothing in it has failed';
  if (state === 'partial') return 'no part of its work has failed; what is missing could not be read';
  return 'it is still under way';
};

/** A package that was too large for one run is so still, unless the limit was raised since. */
const checkSize = ({ settings }: Deps, { failure }: Run): void => {
  const chunks = failure?.reason === 'TOO_MANY_CHUNKS' ? failure.details.chunks : undefined;
  const limit = settings.maxChunks;
  if (typeof chunks === 'number' && chunks > limit) throw new AppError('TOO_MANY_CHUNKS', { chunks, limit });
};

/** @throws AppError RUN_NOT_FOUND; RUN_NOT_RETRYABLE when nothing in it has failed or was cancelled; TOO_MANY_CHUNKS. */
export const retryRun = async (
  deps: Deps,
  { principal: { orgId } }: Caller<'retryRun'>,
  { runId }: OperationRequest<'retryRun'>,
): Promise<OperationResponse<'retryRun'>> => {
  const key = { orgId, runId };
  const run = await visibleRun(deps, key);
  const { state } = run;
  const isLacking =
    state === 'failed' ||
    state === 'cancelled' ||
    (state === 'partial' && (await deps.runs.listWindows(key)).some((window) => isUnread(run, window)));
  if (!isLacking) throw new AppError('RUN_NOT_RETRYABLE', { state, problem: problemOf(run) });
  checkSize(deps, run);
  // From here on the sweep finishes what a crash interrupts. Of a run that stayed cancelled it would close the windows instead.
  const asked = await updateUnchanged(deps, run, (current) => ({
    ...current,
    state: current.state === 'cancelled' ? 'failed' : current.state,
    dueAt: queuedDueAt(deps.clock.now()),
  }));
  const retried = asked === null ? null : await finishRetry(deps, asked);
  return { run: toRunView(retried ?? (await visibleRun(deps, key))) };
};
