/** A listener as something that ends: it is stopped as soon as what it listens to is settled. */
import type { Listen } from '../live-value.ts';
import { problemOf } from '../problem.ts';
import { ProblemError } from './problem-error.ts';

const notHere = (): ProblemError => new ProblemError(problemOf({ code: 'permission-denied' }));

interface FollowOptions {
  signal: AbortSignal;
  /** What is not there may still come. */
  isAwaited?: boolean;
}

/**
 * The value of which `see` says that it is the last one; `see` is told every value.
 * @throws ProblemError when listening fails or there is nothing; the signal's reason.
 */
export const follow = <T>(
  listen: Listen<T | null>,
  see: (value: T) => boolean,
  { signal, isAwaited = false }: FollowOptions,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const over = new AbortController();
    const stop = listen((live) => {
      if (live.state === 'loading' || over.signal.aborted) return;
      if (live.state === 'failed') end(() => reject(new ProblemError(live.problem)));
      else if (live.value === null) isAwaited || end(() => reject(notHere()));
      else if (see(live.value)) {
        const { value } = live;
        end(() => resolve(value));
      }
    });
    const end = (settle: () => void): void => {
      over.abort();
      // A listener may tell its first value before it has answered how to stop it.
      queueMicrotask(() => stop());
      settle();
    };
    if (signal.aborted) end(() => reject(signal.reason));
    signal.addEventListener('abort', () => end(() => reject(signal.reason)), { signal: over.signal });
  });

/** The first value, or null when none comes in time. */
export const firstOf = <T>(listen: Listen<T>, seconds: number): Promise<T | null> =>
  new Promise((resolve) => {
    let stop: (() => void) | null = null;
    const end = (value: T | null): void => {
      clearTimeout(timer);
      resolve(value);
      queueMicrotask(() => stop?.());
    };
    const timer = setTimeout(() => end(null), seconds * 1000);
    stop = listen((live) => {
      if (live.state === 'ready') end(live.value);
      if (live.state === 'failed') end(null);
    });
  });
