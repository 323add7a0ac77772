/** Work whose worker is gone: tried again at a new attempt, or given up with a dead letter. */
import type { QueueName } from '../contracts/tasks.ts';
import { AppError } from '../errors.ts';
import { enqueueTask } from './enqueue-task.ts';
import { deadLetterFor, type FailingWork } from './fail-work.ts';
import type { PipelineDeps } from './pipeline-deps.ts';
import { failureOf, isDue, MAX_TRIES, nextTry, type Work } from './tries.ts';

/** `holds`: the attempt that `payload` names is at work, or was when it died. */
export type HeldWork<T extends Work, Q extends QueueName> = Omit<FailingWork<T, Q>, 'error' | 'deliveries'>;

/** `stale`: there is nothing to take; it is settled, waits, belongs to another attempt, or is gone. */
export type ReclaimOutcome = 'retried' | 'givenUp' | 'stale';

/** `busy`: another delivery of this task is at work. */
export type UnclaimedOutcome = 'busy' | ReclaimOutcome;

type Deps = Pick<PipelineDeps, 'queue' | 'clock'>;

const reclaim = async <T extends Work, Q extends QueueName>(
  deps: Deps,
  { queue, payload, update, holds, requeue, settle }: HeldWork<T, Q>,
  isLost: (current: T, now: Date) => boolean,
): Promise<ReclaimOutcome> => {
  const now = deps.clock.now();
  let isGivenUp = false;
  const updated = await update((current) => {
    if (!holds(current) || !isLost(current, now)) return null;
    isGivenUp = current.tries >= MAX_TRIES;
    if (!isGivenUp) return { next: requeue(current, nextTry(current, now)) };
    const failure = failureOf(new AppError('WORK_LOST', { tries: current.tries }));
    return { next: settle(current, failure), deadLetter: deadLetterFor(queue, payload, failure, current.tries, now) };
  });
  if (updated.outcome !== 'changed') return 'stale';
  if (isGivenUp) return 'givenUp';
  await enqueueTask(deps, queue, { ...payload, attempt: updated.value.attempt });
  return 'retried';
};

/** For the sweep: whoever held it when its lease ended is dead. */
export const reclaimWork = <T extends Work, Q extends QueueName>(
  deps: Deps,
  work: HeldWork<T, Q>,
): Promise<ReclaimOutcome> => reclaim(deps, work, isDue);

/**
 * For a delivery that found nothing to claim. The queue repeats a delivery only when the one before ended without success: whoever claimed
 * the work with that is dead, or nobody will hear of it, so the lease need not be waited for. The first delivery of a task leaves alone
 * what it finds: it is a duplicate of one that lives. `deliveries` counts this one. What follows `givenUp` is the step's.
 */
export const leaveOrTakeOver = async <T extends Work, Q extends QueueName>(
  deps: Deps,
  work: HeldWork<T, Q>,
  deliveries: number,
): Promise<UnclaimedOutcome> => {
  if (deliveries > 1) return reclaim(deps, work, () => true);
  const found = await work.update(() => null);
  return found.outcome !== 'missing' && work.holds(found.value) ? 'busy' : 'stale';
};
