/** All queues of one project and location, with the names that were used in the last hour. Knows neither gRPC nor HTTP. */
import type { Clock } from './clock.ts';
import { createQueue, type Queue } from './queue.ts';
import type { QueueSettings } from './queue-settings.ts';
import { type Dispatch, type Faults, type Task, type TaskDraft, type TaskEvent, TaskServiceError } from './task.ts';
import type { TaskFiles } from './task-files.ts';

/** A name is taken while its task exists and this long after (CreateTaskRequest.task). */
const NAME_KEPT_MS = 60 * 60 * 1000;

export interface EngineParts {
  queues: Readonly<Record<string, QueueSettings>>;
  clock: Clock;
  dispatch: Dispatch;
  faults: Faults;
  /** Null: tasks live as long as the process. */
  files: TaskFiles | null;
  newTaskId(): string;
  onEvent?: (event: TaskEvent) => void;
  /** Starts with all deliveries kept back. */
  held?: boolean;
  /** What the files know as finished since then is delivered once more. Milliseconds since the epoch. */
  redoSinceMs?: number;
}

/** Everything throws TaskServiceError NOT_FOUND for a queue that does not exist. */
export interface Engine {
  queue(queueId: string): Queue;
  /** @throws TaskServiceError ALREADY_EXISTS while the name is taken. */
  createTask(queueId: string, draft: TaskDraft): Task;
  getTask(queueId: string, taskId: string): Task;
  deleteTask(queueId: string, taskId: string): void;
  purge(queueId: string): void;
  /** Milliseconds since the epoch, null if never. */
  purgedMs(queueId: string): number | null;
  /** Without an id: all queues. */
  setHeld(held: boolean, queueId?: string): void;
  /** Resolves when no queue holds a task and no delivery runs. */
  whenIdle(): Promise<void>;
  close(): void;
}

export const createEngine = ({
  queues: settings,
  clock,
  dispatch,
  faults,
  files,
  newTaskId,
  onEvent,
  held = false,
  redoSinceMs,
}: EngineParts): Engine => {
  const queues = new Map<string, Queue>();
  /** Full key of the name → when it is free again, in the order in which that happens. */
  const usedNames = new Map<string, number>();
  const purgedAtMs = new Map<string, number>();
  let waiting: (() => void)[] = [];

  const keyOf = (queueId: string, taskId: string): string => `${queueId}/${taskId}`;

  const retireName = (queueId: string, taskId: string, finished?: Task): void => {
    const endedMs = clock.now();
    const freeMs = endedMs + NAME_KEPT_MS;
    usedNames.set(keyOf(queueId, taskId), freeMs);
    files?.retire({ queueId, taskId, endedMs, freeMs }, finished);
  };

  const freeOldNames = (): void => {
    const nowMs = clock.now();
    for (const [key, freeMs] of usedNames) {
      if (freeMs > nowMs) return;
      usedNames.delete(key);
      const slash = key.indexOf('/');
      files?.forget(key.slice(0, slash), key.slice(slash + 1));
    }
  };

  const changed = (): void => {
    if (![...queues.values()].every((queue) => queue.idle())) return;
    const ready = waiting;
    waiting = [];
    for (const resolve of ready) resolve();
  };

  for (const [queueId, queueSettings] of Object.entries(settings)) {
    const queue = createQueue({
      settings: queueSettings,
      clock,
      dispatch,
      faults,
      saved: (task) => files?.put(task),
      ended: (task) => retireName(task.queueId, task.taskId, task),
      report: (event) => onEvent?.(event),
      changed,
    });
    queues.set(queueId, queue);
  }

  const queueOf = (queueId: string): Queue => {
    const queue = queues.get(queueId);
    if (queue) return queue;
    throw new TaskServiceError('NOT_FOUND', 'Queue does not exist.');
  };

  const setHeld = (held: boolean, queueId?: string): void => {
    for (const queue of queueId === undefined ? queues.values() : [queueOf(queueId)]) queue.setHeld(held);
  };

  setHeld(held);
  const loaded = files?.load(clock.now(), redoSinceMs);
  for (const { queueId, taskId, freeMs } of loaded?.usedNames ?? []) usedNames.set(keyOf(queueId, taskId), freeMs);
  for (const task of loaded?.tasks ?? []) queues.get(task.queueId)?.add(task);

  const refuseTaken = (queue: Queue, queueId: string, taskId: string): void => {
    if (queue.tasks.has(taskId)) throw new TaskServiceError('ALREADY_EXISTS', 'Requested entity already exists');
    if (!usedNames.has(keyOf(queueId, taskId))) return;
    throw new TaskServiceError('ALREADY_EXISTS', 'A task with this name existed too recently.');
  };

  const remove = (queueId: string, taskId: string): void => {
    queueOf(queueId).remove(taskId);
    retireName(queueId, taskId);
    changed();
  };

  return {
    queue: queueOf,
    createTask(queueId, draft) {
      const queue = queueOf(queueId);
      freeOldNames();
      const taskId = draft.taskId ?? newTaskId();
      const failure = faults.createTask;
      if (failure && !failure.afterCreating) throw new TaskServiceError(failure.code, 'asked for by a test');
      refuseTaken(queue, queueId, taskId);
      const nowMs = clock.now();
      const task: Task = {
        queueId,
        taskId,
        target: draft.target,
        createdMs: nowMs,
        scheduledMs: Math.max(nowMs, draft.scheduledMs ?? nowMs),
        dispatchDeadlineMs: draft.dispatchDeadlineMs,
        dispatchCount: 0,
        responseCount: 0,
        executionCount: 0,
        firstDispatchedMs: null,
        lastAttempt: null,
      };
      files?.put(task);
      queue.add(task);
      if (failure) throw new TaskServiceError(failure.code, 'asked for by a test');
      return task;
    },
    getTask(queueId, taskId) {
      const task = queueOf(queueId).tasks.get(taskId);
      if (task) return task;
      freeOldNames();
      const existed = usedNames.has(keyOf(queueId, taskId));
      throw new TaskServiceError(
        'NOT_FOUND',
        existed ? 'The task no longer exists.' : 'Requested entity was not found.',
      );
    },
    deleteTask(queueId, taskId) {
      if (!queueOf(queueId).tasks.has(taskId))
        throw new TaskServiceError('NOT_FOUND', 'Requested entity was not found.');
      remove(queueId, taskId);
    },
    purge(queueId) {
      for (const taskId of [...queueOf(queueId).tasks.keys()]) remove(queueId, taskId);
      purgedAtMs.set(queueId, clock.now());
    },
    purgedMs: (queueId) => purgedAtMs.get(queueId) ?? null,
    setHeld,
    whenIdle: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        changed();
      }),
    close() {
      for (const queue of queues.values()) queue.close();
    },
  };
};
