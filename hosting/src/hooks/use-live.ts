import { useEffect, useState } from 'react';
import type { Listen, Live } from '../data/live-value.ts';

const LOADING = { state: 'loading' } as const;

/**
 * Listens while the component is shown, anew when `key` changes. `listen` null: there is nothing to listen to yet.
 * `key` says all that `listen` depends on.
 */
export const useLive = <T>(key: string, listen: Listen<T> | null): Live<T> => {
  const [told, setTold] = useState<{ key: string; value: Live<T> }>({ key, value: LOADING });
  const isReady = listen !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `listen` is a new function with every drawing; `key` stands for it.
  useEffect(() => listen?.((value) => setTold({ key, value })), [key, isReady]);
  return told.key === key ? told.value : LOADING;
};
