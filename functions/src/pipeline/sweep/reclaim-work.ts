/** Work whose lease has ended: whoever held it is dead. It is tried again at a new attempt, or given up with a dead letter. */
import type { QueueName } from '../../contracts/tasks.ts';
import { AppError } from '../../errors.ts';
import { enqueueTask } from '../enqueue-task.ts';
import { deadLetterFor, type FailingWork } from '../fail-work.ts';
import type { PipelineDeps } from '../pipeline-deps.ts';
import { failureOf, isDue, MAX_TRIES, nextTry, type Work } from '../tries.ts';

export type LostWork<T extends Work, Q extends QueueName> = Omit<FailingWork<T, Q>, 'error' | 'deliveries'>;

/** `payload` names the attempt that was lost. `stale`: it has been settled or taken over since it was found. */
export const reclaimWork = async <T extends Work, Q extends QueueName>(
  deps: Pick<PipelineDeps, 'queue' | 'clock'>,
  { queue, payload, update, holds, requeue, settle }: LostWork<T, Q>,
): Promise<'retried' | 'givenUp' | 'stale'> => {
  const now = deps.clock.now();
  let isGivenUp = false;
  const updated = await update((current) => {
    if (!holds(current) || !isDue(current, now)) return null;
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
