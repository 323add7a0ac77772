/** When something that failed is tried again. */
import { type ProblemError, problemIn } from './problem-error.ts';

/** Before the second, third and fourth try. */
const PAUSES_SECONDS = [1, 4, 16] as const;
/** A limit by the day is no reason to wait in front of the page. */
const LONGEST_BUSY_SECONDS = 180;
const USUAL_BUSY_SECONDS = 10;
/** A browser that says it has no network is waited for; it may be wrong, so not for ever. */
const OFFLINE_SECONDS = 300;

/** Ends after `seconds`, or at once when the network comes back. Rejects with the signal's reason. */
export type Wait = (seconds: number, signal: AbortSignal) => Promise<void>;

export const waitInBrowser: Wait = (seconds, signal) =>
  new Promise((resolve, reject) => {
    const over = new AbortController();
    const end = (settle: () => void) => (): void => {
      clearTimeout(timer);
      over.abort();
      settle();
    };
    const timer = setTimeout(end(resolve), 1000 * (navigator.onLine ? seconds : Math.max(seconds, OFFLINE_SECONDS)));
    if (signal.aborted) end(() => reject(signal.reason))();
    signal.addEventListener(
      'abort',
      end(() => reject(signal.reason)),
      { signal: over.signal },
    );
    addEventListener('online', end(resolve), { signal: over.signal });
  });

interface Patience {
  wait: Wait;
  signal: AbortSignal;
  /** A rate limit is waited for, or is over. */
  tellBusy?: (isBusy: boolean) => void;
}

interface PausePatience extends Patience {
  /** A pause begins. */
  tellPause: (interruptions: number) => void;
}

/** Calls until an answer comes: rate limits are waited for, a service that does not answer is asked four times. */
export const patiently = async <T>(call: () => Promise<T>, { wait, signal, tellBusy }: Patience): Promise<T> => {
  for (let failures = 0; ; ) {
    try {
      return await call();
    } catch (thrown) {
      signal.throwIfAborted();
      const { kind, retryAfterSeconds = USUAL_BUSY_SECONDS } = problemIn(thrown);
      if (kind === 'busy' && retryAfterSeconds <= LONGEST_BUSY_SECONDS) {
        tellBusy?.(true);
        await wait(retryAfterSeconds, signal);
        tellBusy?.(false);
        continue;
      }
      const pause = PAUSES_SECONDS[failures];
      if (kind !== 'offline' || pause === undefined) throw thrown;
      failures += 1;
      await wait(pause, signal);
    }
  }
};

/** Pauses between tries that have to do without an answer; begins anew with every success. */
export const createPauses = ({ wait, signal, tellPause }: PausePatience, giveUp: () => ProblemError) => {
  let failures = 0;
  let interruptions = 0;
  return {
    interruptions: () => interruptions,
    succeeded: () => {
      failures = 0;
    },
    /** @throws ProblemError when there were enough of them. */
    async pause(): Promise<void> {
      const seconds = PAUSES_SECONDS[failures];
      if (seconds === undefined) throw giveUp();
      failures += 1;
      interruptions += 1;
      tellPause(interruptions);
      await wait(seconds, signal);
    },
  };
};
