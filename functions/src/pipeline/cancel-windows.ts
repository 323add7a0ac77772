/** Windows of a run that was cancelled or deleted: what waits is closed, what is under way ends by itself. */
import type { RunWindow } from '../contracts/run.ts';
import type { RunKey, WindowKey } from '../repositories.ts';
import { mapBounded } from './map-bounded.ts';
import type { PipelineDeps } from './pipeline-deps.ts';

type Deps = Pick<PipelineDeps, 'runs'>;

const CANCEL_AT_ONCE = 10;

const closed = (window: RunWindow): RunWindow => ({ ...window, state: 'cancelled', dueAt: null });

/** Closes a window that waits at this attempt; with `lostAt`, also one whose lease ended before. False when there was nothing to close. */
export const cancelWindow = async (
  { runs }: Deps,
  { orgId, runId, windowId, attempt }: WindowKey & Pick<RunWindow, 'attempt'>,
  lostAt?: string,
): Promise<boolean> => {
  const updated = await runs.updateWindow({ orgId, runId, windowId }, (window) => {
    const isLost =
      lostAt !== undefined && window.state === 'working' && window.dueAt !== null && window.dueAt <= lostAt;
    const mayClose = window.attempt === attempt && (window.state === 'queued' || isLost);
    return mayClose ? { next: closed(window) } : null;
  });
  return updated.outcome === 'changed';
};

export const cancelQueuedWindows = async (deps: Deps, key: RunKey): Promise<void> => {
  const queued = (await deps.runs.listWindows(key)).filter(({ state }) => state === 'queued');
  await mapBounded(queued, CANCEL_AT_ONCE, (window) => cancelWindow(deps, window));
};
