/** Progress as the windows themselves have it, to the window: what is noted while they are open may lag behind. */
import type { Run, RunWindow } from '../contracts/run.ts';

/** Windows of the plan alone: an older plan may have left others behind. */
export const countProgress = (
  { progress: { planned } }: Pick<Run, 'progress'>,
  windows: readonly Pick<RunWindow, 'ordinal' | 'state'>[],
): Run['progress'] => {
  const inState = (wanted: RunWindow['state']): number =>
    windows.filter(({ ordinal, state }) => ordinal < planned && state === wanted).length;
  return { planned, done: inState('done'), failed: inState('failed') };
};
