import { useSyncExternalStore } from 'react';

const ROOM_FOR_BOTH = '(width >= 1100px)';

const subscribe = (listener: () => void): (() => void) => {
  const query = matchMedia(ROOM_FOR_BOTH);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
};

/** Whether the source stands beside the table; otherwise it lies over it. */
export const useIsBeside = (): boolean => useSyncExternalStore(subscribe, () => matchMedia(ROOM_FOR_BOTH).matches);
