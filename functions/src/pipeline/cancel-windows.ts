/** Windows of a run that was cancelled or deleted: what waits is closed, what is under way ends by itself. */
import type { RunWindow } from '../contracts/run.ts';
import type { RunKey, WindowKey } from '../repositories.ts';
import { mapBounded } from './map-bounded.ts';
import type { PipelineDeps } from './pipeline-deps.ts';

type Deps = Pick<PipelineDeps, 'runs'>;

const CANCEL_AT_ONCE = 10;

const closed = (window: RunWindow): RunWindow => ({ ...window, state: 'cancelled', dueAt: null });

/** Closes a window that waits; with `lostAt`, also one whose lease ended before. */
export const cancelWindow = async ({ runs }: Deps, key: WindowKey, lostAt?: string): Promise<void> => {
  await runs.updateWindow(key, (window) => {
    const isLost =
      lostAt !== undefined && window.state === 'working' && window.dueAt !== null && window.dueAt <= lostAt;
    return window.state === 'queued' || isLost ? { next: closed(window) } : null;
  });
};

export const cancelQueuedWindows = async (deps: Deps, key: RunKey): Promise<void> => {
  const queued = (await deps.runs.listWindows(key)).filter(({ state }) => state === 'queued');
  await mapBounded(queued, CANCEL_AT_ONCE, (window) => cancelWindow(deps, window));
};
