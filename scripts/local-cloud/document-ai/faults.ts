/** Trouble on demand: what a test wants the service to do wrong. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceError, type StatusName } from './service-error.ts';

export interface Faults {
  /** The next `calls` calls are refused with this status: RESOURCE_EXHAUSTED, UNAVAILABLE, … */
  failNext(calls: number, status: StatusName): void;
  /** The next `calls` calls answer this much later. */
  delayNext(calls: number, delayMs: number): void;
  /** Takes back what is still to come. */
  clear(): void;
}

export interface FaultSource extends Faults {
  /** To be awaited at the beginning of each call. */
  meet(): Promise<void>;
}

export const createFaults = (): FaultSource => {
  const failures: StatusName[] = [];
  const delays: number[] = [];
  return {
    failNext(calls, status) {
      failures.push(...Array.from({ length: calls }, () => status));
    },
    delayNext(calls, delayMs) {
      delays.push(...Array.from({ length: calls }, () => delayMs));
    },
    clear() {
      failures.length = 0;
      delays.length = 0;
    },
    async meet() {
      const [failure, delayMs] = [failures.shift(), delays.shift()];
      if (delayMs !== undefined) await sleep(delayMs);
      if (failure !== undefined) throw new ServiceError(failure, 'A fault that was asked for.');
    },
  };
};
