/**
 * In which order the windows of a run are worked on. They stand in `windowsInFlight` lanes by their ordinals, and each lane goes one
 * window at a time: whoever settles a window enqueues the next open one of its lane. So no run fills the queue, nobody counts, and
 * what should be under way can be told from the windows alone.
 */
import type { Run, RunWindow } from '../contracts/run.ts';
import { enqueueTask } from './enqueue-task.ts';
import { mapBounded } from './map-bounded.ts';
import type { PipelineDeps } from './pipeline-deps.ts';

type Deps = Pick<PipelineDeps, 'runs' | 'queue' | 'settings'>;

const ENQUEUE_AT_ONCE = 10;

export const windowIdOf = ({ kind, ordinal }: Pick<RunWindow, 'kind' | 'ordinal'>): string =>
  `${kind}-${String(ordinal).padStart(5, '0')}`;

export const isOpen = ({ state }: Pick<RunWindow, 'state'>): boolean => state === 'queued' || state === 'working';

/** The first open window of each lane. */
export const laneHeads = (windows: readonly RunWindow[], lanes: number): RunWindow[] => {
  const heads = new Map<number, RunWindow>();
  for (const window of [...windows].filter(isOpen).sort((a, b) => a.ordinal - b.ordinal)) {
    const lane = window.ordinal % lanes;
    if (!heads.has(lane)) heads.set(lane, window);
  }
  return [...heads.values()];
};

export const enqueueWindow = (
  deps: Pick<Deps, 'queue'>,
  { trace }: Pick<Run, 'trace'>,
  { orgId, runId, windowId, attempt }: RunWindow,
): Promise<'created' | 'exists'> => enqueueTask(deps, 'analyze-window', { orgId, runId, windowId, attempt, trace });

/** Enqueues the head of every lane that waits. A head that has a time of its own (`dueAt`) is enqueued already. Answers how many are new. */
export const enqueueLanes = async (deps: Deps, run: Run, windows: readonly RunWindow[]): Promise<number> => {
  const waiting = laneHeads(windows, deps.settings.windowsInFlight).filter(
    ({ state, dueAt }) => state === 'queued' && dueAt === null,
  );
  const outcomes = await mapBounded(waiting, ENQUEUE_AT_ONCE, (window) => enqueueWindow(deps, run, window));
  return outcomes.filter((outcome) => outcome === 'created').length;
};

/** The windows of a kind follow each other, so that the next one is of this kind or of a later one. */
const windowAt = async ({ runs }: Deps, run: Run, ordinal: number, from: RunWindow): Promise<RunWindow | null> => {
  const { orgId, runId } = run;
  for (const kind of run.kinds.slice(Math.max(0, run.kinds.indexOf(from.kind)))) {
    const window = await runs.getWindow({ orgId, runId, windowId: windowIdOf({ kind, ordinal }) });
    if (window !== null) return window;
  }
  return null;
};

/** Enqueues the next open window of the lane. False when the lane has come to its end, or when the next one is under way. */
export const enqueueNextInLane = async (deps: Deps, run: Run, settled: RunWindow): Promise<boolean> => {
  const lanes = deps.settings.windowsInFlight;
  for (let ordinal = settled.ordinal + lanes; ordinal < run.progress.planned; ordinal += lanes) {
    const window = await windowAt(deps, run, ordinal, settled);
    if (window === null || window.state === 'working') return false;
    if (window.state !== 'queued') continue;
    await enqueueWindow(deps, run, window);
    return true;
  }
  return false;
};
