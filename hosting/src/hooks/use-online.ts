import { useEffect, useSyncExternalStore } from 'react';

const subscribe = (listener: () => void): (() => void) => {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
};

/** Whether the browser has a network at all; that the service answers is another matter. */
export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);

/** Calls `go`, which stays the same, as soon as there is a network again; for what failed without one. */
export const useBackOnline = (isAwaited: boolean, go: () => void): void => {
  useEffect(() => {
    if (!isAwaited) return;
    addEventListener('online', go);
    return () => removeEventListener('online', go);
  }, [isAwaited, go]);
};
