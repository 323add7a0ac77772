/** What becomes of work whose step threw: tried again later, handed back to an overloaded queue, or given up with a dead letter. */
import type { QueueName, TaskPayload } from '../contracts/tasks.ts';
import type { DeadLetter, Failure } from '../contracts/work.ts';
import type { AppError, ReasonName } from '../errors.ts';
import type { Change, Updated } from '../repositories.ts';
import { enqueueTask, taskName } from './enqueue-task.ts';
import type { PipelineDeps } from './pipeline-deps.ts';
import { delayAfterTry, failureOf, MAX_TRIES, nextTry, queuedDueAt, secondsAfter, type Work } from './tries.ts';

/** `overloaded`: the queue is to be told, so that it slows down. `stale`: somebody else has taken the work over, or it is gone. */
export type FailOutcome = 'retried' | 'settled' | 'overloaded' | 'stale';

/** The dependency itself has too much to do: the queue's own pacing helps, more tasks would not. */
const OVERLOADED: ReadonlySet<ReasonName> = new Set(['OCR_OVERLOADED', 'MODEL_OVERLOADED']);
/** Deliveries of one task that end in an overloaded dependency before it counts as a failed try. */
const PATIENT_DELIVERIES = 10;
const DEAD_LETTER_DAYS = 90;

export interface FailingWork<T extends Work, Q extends QueueName> {
  queue: Q;
  payload: TaskPayload<Q>;
  error: AppError;
  /** How often the queue has delivered this task, this time included. */
  deliveries: number;
  update: (change: (current: T) => Change<T> | null) => Promise<Updated<T>>;
  /** Whether this task's attempt still has the work. */
  holds: (current: T) => boolean;
  /** Back to waiting for its task. */
  requeue: (current: T, work: Work) => T;
  /** Given up. `dueAt` is null unless something else has to follow. */
  settle: (current: T, failure: Failure) => T;
}

export const deadLetterFor = <Q extends QueueName>(
  queue: Q,
  payload: TaskPayload<Q>,
  failure: Failure,
  tries: number,
  now: Date,
): DeadLetter => ({
  deadLetterId: taskName(queue, payload),
  orgId: payload.orgId,
  queue,
  payload: { ...payload },
  failure,
  tries,
  createdAt: now.toISOString(),
  expiresAt: secondsAfter(now, DEAD_LETTER_DAYS * 86_400),
});

/** An error nobody foresaw may pass too, so it has its tries like any other. */
const mayPass = (error: AppError): boolean => error.retry === 'later' || error.reason === 'INTERNAL';

export const failWork = async <T extends Work, Q extends QueueName>(
  deps: Pick<PipelineDeps, 'queue' | 'clock' | 'ids'>,
  work: FailingWork<T, Q>,
): Promise<FailOutcome> => {
  const { queue, payload, error, deliveries, update, holds, requeue, settle } = work;
  const now = deps.clock.now();
  const failure = failureOf(error);
  if (OVERLOADED.has(error.reason) && deliveries < PATIENT_DELIVERIES) {
    const released = await update((current) => {
      if (!holds(current)) return null;
      const { attempt, tries } = current;
      return { next: requeue(current, { attempt, tries, dueAt: queuedDueAt(now) }) };
    });
    return released.outcome === 'changed' ? 'overloaded' : 'stale';
  }
  const decided: { outcome: FailOutcome; delaySeconds: number } = { outcome: 'stale', delaySeconds: 0 };
  const updated = await update((current) => {
    decided.outcome = 'stale';
    if (!holds(current)) return null;
    if (mayPass(error) && current.tries < MAX_TRIES) {
      decided.outcome = 'retried';
      decided.delaySeconds = delayAfterTry(current.tries, deps.ids.random());
      return { next: requeue(current, nextTry(current, now, decided.delaySeconds)) };
    }
    decided.outcome = 'settled';
    return { next: settle(current, failure), deadLetter: deadLetterFor(queue, payload, failure, current.tries, now) };
  });
  if (updated.outcome !== 'changed') return 'stale';
  if (decided.outcome === 'retried') {
    await enqueueTask(deps, queue, { ...payload, attempt: updated.value.attempt }, decided.delaySeconds);
  }
  return decided.outcome;
};
