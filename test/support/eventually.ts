/** For a page that is still settling: what it shows is held to be so, not to be so at once. */
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 10_000;
const LOOK_MS = 100;
/** On a machine that is busy with other things one look alone may take all the time there is. */
const LEAST_LOOKS = 3;

/**
 * Repeats an assertion until it holds, and answers what it answers. Rejects with its last failure when it does not hold in `patienceMs`,
 * ten seconds if nothing is said.
 */
export const eventually = async <T>(assertion: () => Promise<T>, patienceMs = PATIENCE_MS): Promise<T> => {
  const deadline = Date.now() + patienceMs;
  for (let looks = 1; ; looks += 1) {
    try {
      return await assertion();
    } catch (failure) {
      if (looks >= LEAST_LOOKS && Date.now() > deadline) throw failure;
      await sleep(LOOK_MS);
    }
  }
};

/** What is seen as soon as two looks in a row see the same. @throws Error when it still changes after ten seconds. */
export const settled = <T>(look: () => Promise<T>): Promise<T> => {
  let last: string | undefined;
  return eventually(async () => {
    const seen = await look();
    const [before, now] = [last, JSON.stringify(seen)];
    last = now;
    if (now !== before) throw new Error('What is looked at keeps changing.');
    return seen;
  });
};

/** Faults that stay: looks until there are none, or answers what is still there after `patienceMs`, ten seconds if nothing is said. */
export const lastingFaults = async (look: () => Promise<string[]>, patienceMs = PATIENCE_MS): Promise<string[]> => {
  let faults: string[] = [];
  const hasNone = async (): Promise<void> => {
    faults = await look();
    if (faults.length > 0) throw new Error(faults.join('\n'));
  };
  await eventually(hasNone, patienceMs).catch((failure: unknown) => {
    if (faults.length === 0) throw failure;
  });
  return faults;
};
