import { useSyncExternalStore } from 'react';
import type { Readable } from '../data/store.ts';

/** The value as it is now; the component is drawn anew when it changes. */
export const useReadable = <T>({ get, subscribe }: Readable<T>): T => useSyncExternalStore(subscribe, get);
