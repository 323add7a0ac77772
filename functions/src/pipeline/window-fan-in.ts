/** What follows when a window is settled, done or failed: the next of its lane, the progress, and after the last one the merge. */
import type { Run, RunWindow } from '../contracts/run.ts';
import type { RunKey, RunsRepository } from '../repositories.ts';
import { enqueueTask } from './enqueue-task.ts';
import type { PipelineDeps } from './pipeline-deps.ts';
import { enqueueNextInLane } from './window-lanes.ts';

type Deps = Pick<PipelineDeps, 'runs' | 'queue' | 'clock' | 'settings'>;

const NOTE_EVERY_MS = 1000;
/** Runs whose progress one process remembers to have noted. */
const MOST_RUNS = 1000;

interface Noted {
  atMs: number;
  /** Windows that failed in this process and are not in the run's progress yet. */
  failed: number;
}

const notedOf = new WeakMap<RunsRepository, Map<string, Noted>>();

const notedRuns = (runs: RunsRepository): Map<string, Noted> => {
  const known = notedOf.get(runs) ?? new Map<string, Noted>();
  notedOf.set(runs, known);
  return known;
};

const keyOf = ({ orgId, runId }: RunKey): string => `${orgId}/${runId}`;

/** Remembers a failed window, and says whether the progress may be written now. */
const isNoteDue = ({ runs, clock }: Deps, key: RunKey, hasFailed: boolean): boolean => {
  const known = notedRuns(runs);
  const noted = known.get(keyOf(key)) ?? { atMs: Number.NEGATIVE_INFINITY, failed: 0 };
  if (hasFailed) noted.failed += 1;
  known.set(keyOf(key), noted);
  const [oldest] = known.keys();
  if (known.size > MOST_RUNS && oldest !== undefined) known.delete(oldest);
  return clock.now().getTime() - noted.atMs >= NOTE_EVERY_MS;
};

const noteProgress = async ({ runs, clock }: Deps, key: RunKey, open: number): Promise<void> => {
  const noted = notedRuns(runs).get(keyOf(key));
  if (noted === undefined) return;
  const newlyFailed = noted.failed;
  noted.atMs = clock.now().getTime();
  noted.failed = 0;
  const run = await runs.get(key);
  if (run === null || run.state !== 'analyzing') return;
  const { planned } = run.progress;
  const failed = run.progress.failed + newlyFailed;
  await runs.noteProgress(key, { planned, failed, done: Math.max(0, planned - open - failed) });
};

/** `run` as it was while the window was open: until the window settled it could not go on. Doing it again changes nothing. */
export const followWindow = async (deps: Deps, run: Run, settled: RunWindow): Promise<void> => {
  const { orgId, runId, attempt, trace } = run;
  const isMoreQueued = await enqueueNextInLane(deps, run, settled);
  const isDue = isNoteDue(deps, run, settled.state === 'failed');
  if (isMoreQueued && !isDue) return;
  const open = await deps.runs.countOpenWindows({ orgId, runId });
  if (open === 0) {
    notedRuns(deps.runs).delete(keyOf(run));
    await enqueueTask(deps, 'merge-analysis', { orgId, runId, attempt, trace });
  } else if (isDue) await noteProgress(deps, { orgId, runId }, open);
};
