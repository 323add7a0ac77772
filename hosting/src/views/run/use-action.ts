import { useState } from 'react';
import { type Problem, problemOf } from '../../data/problem.ts';

/** Something that is asked of the service with a button. What comes of it is seen in the live run, so only a problem is kept. */
export const useAction = (
  act: () => Promise<unknown>,
): { start: () => void; isBusy: boolean; problem: Problem | null } => {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const start = (): void => {
    if (isBusy) return;
    setBusy(true);
    setProblem(null);
    act()
      .catch((thrown: unknown) => setProblem(problemOf(thrown)))
      .finally(() => setBusy(false));
  };
  return { start, isBusy, problem };
};
