/** A value that is listened to. */
import type { Problem } from './problem.ts';

export type Live<T> =
  | { state: 'loading' }
  /** `isStale`: the connection is gone; the value is the last one known. */
  | { state: 'ready'; value: T; isStale: boolean }
  | { state: 'failed'; problem: Problem };

export type Stop = () => void;
export type Listen<T> = (tell: (value: Live<T>) => void) => Stop;

/** Several as one, in their order; null for each that is not known (yet). Never fails: what cannot be listened to stays null. */
export const allOf =
  <T>(listens: readonly Listen<T | null>[]): Listen<(T | null)[]> =>
  (tell) => {
    const known: (T | null)[] = listens.map(() => null);
    const stale = new Set<number>();
    const stops = listens.map((listen, at) =>
      listen((live) => {
        if (live.state !== 'ready') return;
        known[at] = live.value;
        if (live.isStale) stale.add(at);
        else stale.delete(at);
        tell({ state: 'ready', value: [...known], isStale: stale.size > 0 });
      }),
    );
    return () => {
      for (const stop of stops) stop();
    };
  };
