/** A task for a queue, named after what it carries: the same work at the same attempt is one task, however often it is enqueued. */
import { sha256Hex } from '../analyze/source-ref.ts';
import type { QueueName, TaskPayload } from '../contracts/tasks.ts';
import type { PipelineDeps } from './pipeline-deps.ts';

/** 32 hexadecimal digits. The trace is left out: who asked does not make it other work. */
export const taskName = <Q extends QueueName>(queue: Q, payload: TaskPayload<Q>): string => {
  const fields = Object.entries(payload).filter(([name]) => name !== 'trace');
  return sha256Hex(JSON.stringify([queue, fields.sort(([a], [b]) => (a < b ? -1 : 1))])).slice(0, 32);
};

export const enqueueTask = async <Q extends QueueName>(
  { queue: tasks }: Pick<PipelineDeps, 'queue'>,
  queue: Q,
  payload: TaskPayload<Q>,
  delaySeconds = 0,
): Promise<'created' | 'exists'> =>
  tasks.enqueue({ queue, name: taskName(queue, payload), payload, path: '/', delaySeconds });
