import { useCallback, useEffect, useState } from 'react';
import { type Problem, problemOf } from '../data/problem.ts';
import { useBackOnline } from './use-online.ts';

export type Called<T> = { state: 'loading' } | { state: 'ready'; value: T } | { state: 'failed'; problem: Problem };

const LOADING = { state: 'loading' } as const;

/**
 * Calls while the component is shown, anew when `key` changes, `again` is called, or the network for which it failed is back; an
 * answer that comes too late is dropped.
 * `call` null: not yet. `key` says all that `call` depends on.
 */
export const useCall = <T>(
  key: string,
  call: ((signal: AbortSignal) => Promise<T>) | null,
): { called: Called<T>; again: () => void } => {
  const [tries, setTries] = useState(0);
  const [told, setTold] = useState<{ key: string; value: Called<T> }>({ key, value: LOADING });
  const isReady = call !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `call` is a new function with every drawing; `key` stands for it.
  useEffect(() => {
    if (call === null) return;
    const gone = new AbortController();
    setTold({ key, value: LOADING });
    call(gone.signal).then(
      (value) => gone.signal.aborted || setTold({ key, value: { state: 'ready', value } }),
      (thrown: unknown) =>
        gone.signal.aborted || setTold({ key, value: { state: 'failed', problem: problemOf(thrown) } }),
    );
    return () => gone.abort();
  }, [key, isReady, tries]);
  const again = useCallback(() => setTries((before) => before + 1), []);
  useBackOnline(told.value.state === 'failed' && told.value.problem.kind === 'offline', again);
  return { called: told.key === key ? told.value : LOADING, again };
};
