/** A task queue in memory that delivers nothing by itself: a test looks at the tasks, and takes them in the order it likes. */
import type { QueueName, TaskPayload } from '../../functions/src/contracts/tasks.ts';
import type { Clock, TaskQueue } from '../../functions/src/ports.ts';

export interface QueuedTask<Q extends QueueName = QueueName> {
  queue: Q;
  name: string;
  payload: TaskPayload<Q>;
  /** UTC, milliseconds: not to be delivered before. */
  scheduledAt: string;
}

export interface MemoryQueue {
  queue: TaskQueue;
  /** What waits, in the order of creation; of one queue if it is named. */
  tasks<Q extends QueueName = QueueName>(queue?: Q): QueuedTask<Q>[];
  /** Removes and returns the task that is to be delivered next, whatever its time. `pick` chooses another than the oldest. */
  take(pick?: (tasks: QueuedTask[]) => QueuedTask | undefined): QueuedTask | undefined;
  /** Removes all that waits and returns it. The names stay used. */
  takeAll(): QueuedTask[];
  /** Every task ever created, in order. */
  created: QueuedTask[];
}

/** Cloud Tasks remembers the name of a task for so long. */
const NAMES_KEPT_MS = 3_600_000;

export const createMemoryQueue = (clock: Clock): MemoryQueue => {
  let waiting: QueuedTask[] = [];
  const created: QueuedTask[] = [];
  const usedAtMs = new Map<string, number>();
  const remove = (task: QueuedTask): void => {
    waiting = waiting.filter((each) => each !== task);
    usedAtMs.set(`${task.queue}/${task.name}`, clock.now().getTime());
  };
  const isUsed = (queue: string, name: string): boolean => {
    if (waiting.some((task) => task.queue === queue && task.name === name)) return true;
    const usedAt = usedAtMs.get(`${queue}/${name}`);
    return usedAt !== undefined && clock.now().getTime() - usedAt < NAMES_KEPT_MS;
  };
  return {
    queue: {
      enqueue: async ({ queue, name, payload, delaySeconds = 0 }) => {
        if (isUsed(queue, name)) return 'exists';
        const task: QueuedTask = {
          queue: queue as QueueName,
          name,
          payload: structuredClone(payload) as TaskPayload<QueueName>,
          scheduledAt: new Date(clock.now().getTime() + delaySeconds * 1000).toISOString(),
        };
        waiting.push(task);
        created.push(task);
        return 'created';
      },
    },
    tasks: <Q extends QueueName = QueueName>(queue?: Q) =>
      waiting.filter((task) => queue === undefined || task.queue === queue) as unknown as QueuedTask<Q>[],
    take: (pick = (tasks) => tasks[0]) => {
      const task = pick([...waiting]);
      if (task !== undefined) remove(task);
      return task;
    },
    takeAll: () => {
      const taken = waiting;
      for (const task of taken) remove(task);
      return taken;
    },
    created,
  };
};
