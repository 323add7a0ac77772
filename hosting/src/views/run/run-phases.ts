/** Which of a run's states mean what to the view. */
import type { Run, RunState, RunWindow } from '../../../../functions/src/contracts/run.ts';

export const PHASES = ['queued', 'planning', 'analyzing', 'merging'] as const;
type Phase = (typeof PHASES)[number];

export const isUnderWay = (state: RunState): state is Phase => (PHASES as readonly RunState[]).includes(state);

export const isReady = (state: RunState): boolean => state === 'completed' || state === 'partial';

/** Whether there are rows to look at. While a run is tried again it has those that it had, until its merge begins. */
export const hasRows = ({ state, analysis }: Pick<Run, 'state' | 'analysis'>): boolean =>
  isReady(state) || (state === 'analyzing' && analysis !== undefined);

/** The windows are asked for while they change, and where some were not read. */
export const needsWindows = ({ state, progress }: Pick<Run, 'state' | 'progress'>): boolean =>
  isUnderWay(state) || (progress.planned > 0 && progress.done < progress.planned);

interface Progress {
  planned: number;
  done: number;
  failed: number;
  /** Findings of the windows that are done. */
  found: number;
}

/** Of the windows where they are known: they are ahead of the run's own figures. */
export const progressOf = (
  { progress }: Pick<Run, 'progress'>,
  windows: readonly Pick<RunWindow, 'state' | 'findings'>[],
): Progress => {
  if (windows.length === 0) return { ...progress, found: 0 };
  const counted = { planned: Math.max(progress.planned, windows.length), done: 0, failed: 0, found: 0 };
  for (const { state, findings = 0 } of windows) {
    if (state === 'failed') counted.failed += 1;
    if (state !== 'done') continue;
    counted.done += 1;
    counted.found += findings;
  }
  return counted;
};
