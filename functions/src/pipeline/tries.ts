/** Claims, leases and tries: the rules by which work is done once, tried again, and given up. Pure. */
import { HANDLER_TIMEOUT_SECONDS, type QueueName } from '../contracts/tasks.ts';
import type { Failure } from '../contracts/work.ts';
import { type AppError, toErrorBody } from '../errors.ts';

/** One try and three more. */
export const MAX_TRIES = 4;
/** Waits before the second, third and fourth try. */
const DELAYS_SECONDS = [1, 4, 16];
/** What has been queued for longer is enqueued again under the same name. */
const QUEUED_PATIENCE_SECONDS = 120;

export interface Work {
  attempt: number;
  tries: number;
  dueAt: string | null;
}

export const secondsAfter = (now: Date, seconds: number): string =>
  new Date(now.getTime() + seconds * 1000).toISOString();

/** When the sweep looks at work that was just enqueued to start in `delaySeconds`. */
export const queuedDueAt = (now: Date, delaySeconds = 0): string =>
  secondsAfter(now, QUEUED_PATIENCE_SECONDS + delaySeconds);

/** The function's own limit and a minute more: whoever held it is dead by then. */
export const leaseEnd = (queue: QueueName, now: Date): string => secondsAfter(now, HANDLER_TIMEOUT_SECONDS[queue] + 60);

export const isDue = ({ dueAt }: Work, now: Date): boolean => dueAt !== null && dueAt <= now.toISOString();

/** `random` in [0, 1): spreads those that failed together by up to a quarter of the wait. */
export const delayAfterTry = (tries: number, random: number): number =>
  (DELAYS_SECONDS[Math.min(tries, DELAYS_SECONDS.length) - 1] ?? 1) * (1 + random / 4);

/** The fields of work that is to be tried again: a new attempt, so that whoever still holds the old one writes nothing. */
export const nextTry = (work: Work, now: Date, delaySeconds = 0): Work => ({
  attempt: work.attempt + 1,
  tries: work.tries + 1,
  dueAt: queuedDueAt(now, delaySeconds),
});

export const failureOf = (error: AppError): Failure => {
  const { code, reason, message, details } = toErrorBody(error);
  return { code, reason, message, details: { ...details } };
};
