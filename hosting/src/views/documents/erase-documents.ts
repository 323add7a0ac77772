import { type Problem, problemOf } from '../../data/problem.ts';

const USUAL_WAIT_SECONDS = 5;

/** What erasing needs of the outside. */
export interface Eraser {
  erase: (conversionId: string) => Promise<unknown>;
  /** Waits for seconds. */
  wait: (seconds: number) => Promise<void>;
  /** Called for each that could not be deleted, as soon as that is known. */
  tell: (conversionId: string, problem: Problem) => void;
}

/** One after the other. A rate limit is waited for; what is gone already is as good as deleted; a failure leaves the others alone. */
export const eraseDocuments = async (
  conversionIds: readonly string[],
  { erase, wait, tell }: Eraser,
): Promise<void> => {
  const waiting = [...conversionIds];
  for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
    try {
      await erase(next);
    } catch (thrown) {
      const problem = problemOf(thrown);
      if (problem.kind === 'busy') {
        await wait(problem.retryAfterSeconds ?? USUAL_WAIT_SECONDS);
        continue;
      }
      if (problem.kind !== 'notHere') tell(next, problem);
    }
    waiting.shift();
  }
};
