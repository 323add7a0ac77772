/** A value that is listened to. */
import type { Problem } from './problem.ts';

export type Live<T> =
  | { state: 'loading' }
  /** `isStale`: the connection is gone; the value is the last one known. */
  | { state: 'ready'; value: T; isStale: boolean }
  | { state: 'failed'; problem: Problem };

export type Stop = () => void;
export type Listen<T> = (tell: (value: Live<T>) => void) => Stop;
