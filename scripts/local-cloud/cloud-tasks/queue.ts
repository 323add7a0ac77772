/** One queue: holds its tasks and sends them as its settings allow. */
import type { Clock } from './clock.ts';
import { attemptsUsedUp, createCongestion, createTokenBucket, retryDelayMs } from './pacing.ts';
import type { QueueSettings } from './queue-settings.ts';
import type { Attempt, Dispatch, Faults, Outcome, Task, TaskEvent } from './task.ts';

interface QueueParts {
  settings: QueueSettings;
  clock: Clock;
  dispatch: Dispatch;
  faults: Faults;
  /** A task has new counts and a new time. */
  saved(task: Task): void;
  /** A task has succeeded or is given up; it is in the queue no more. */
  ended(task: Task): void;
  report(event: TaskEvent): void;
  /** Something was finished; the queue may be idle now. */
  changed(): void;
}

export interface Queue {
  readonly settings: QueueSettings;
  readonly tasks: ReadonlyMap<string, Task>;
  add(task: Task): void;
  /** False when there is no such task. A delivery that runs goes on; its outcome counts no more. */
  remove(taskId: string): boolean;
  paused(): boolean;
  setPaused(paused: boolean): void;
  /** Keeps everything back as `paused` does, but no client can see or change it. */
  setHeld(held: boolean): void;
  /** No task is left and no delivery runs. */
  idle(): boolean;
  close(): void;
}

const OVERLOAD_ANSWERS = [429, 503];

export const createQueue = (parts: QueueParts): Queue => {
  const { settings, clock, dispatch, faults } = parts;
  const tasks = new Map<string, Task>();
  const running = new Set<string>();
  const deliveries = new Set<AbortController>();
  const bucket = createTokenBucket(settings.rateLimits, clock.now());
  const congestion = createCongestion();
  let stopped = { paused: false, held: false, closed: false };
  let cancelTimer = (): void => undefined;

  const report = (type: TaskEvent['type'], task: Task, status: number | null): void =>
    parts.report({ type, queueId: task.queueId, taskId: task.taskId, attempt: task.dispatchCount, status });

  /** The task to send next, or when to look again (null: nothing waits for its time). */
  const nextDue = (nowMs: number): { task: Task | null; atMs: number | null } => {
    let task: Task | null = null;
    let atMs: number | null = null;
    for (const candidate of tasks.values()) {
      if (running.has(candidate.taskId)) continue;
      if (candidate.scheduledMs > nowMs) atMs = Math.min(atMs ?? candidate.scheduledMs, candidate.scheduledMs);
      else if (!task || faults.order === 'newest_first' || candidate.scheduledMs < task.scheduledMs) task = candidate;
    }
    return { task, atMs };
  };

  const deliver = (task: Task): Promise<Outcome> =>
    new Promise((resolve) => {
      const abort = new AbortController();
      deliveries.add(abort);
      const finish = (outcome: Outcome): void => {
        cancelDeadline();
        deliveries.delete(abort);
        resolve(outcome);
      };
      const cancelDeadline = clock.after(task.dispatchDeadlineMs, () => abort.abort());
      abort.signal.addEventListener('abort', () => finish({ status: null }));
      dispatch(task, abort.signal).then(finish, () => finish({ status: null }));
    });

  const settle = (task: Task, sent: Attempt, outcome: Outcome): void => {
    const { status } = outcome;
    const nowMs = clock.now();
    if (status !== null && status >= 200 && status <= 299) {
      congestion.succeeded();
      if (!tasks.delete(task.taskId)) return;
      parts.ended(task);
      report('succeeded', task, status);
      return;
    }
    if (status !== null && OVERLOAD_ANSWERS.includes(status)) congestion.overloaded(nowMs, outcome.retryAfterMs ?? 0);
    if (!tasks.has(task.taskId)) return;
    report('failed', task, status);
    if (attemptsUsedUp(task, nowMs, settings.retryConfig)) {
      tasks.delete(task.taskId);
      parts.ended(task);
      report('gave_up', task, status);
      return;
    }
    const retry: Task = {
      ...task,
      scheduledMs: nowMs + retryDelayMs(task.dispatchCount, settings.retryConfig),
      responseCount: task.responseCount + (status === null ? 0 : 1),
      executionCount: task.executionCount + (status !== null && status < 500 ? 1 : 0),
      lastAttempt: { ...sent, status, respondedMs: status === null ? null : nowMs },
    };
    tasks.set(task.taskId, retry);
    parts.saved(retry);
  };

  const attempt = async (due: Task): Promise<void> => {
    const dispatchedMs = clock.now();
    const task: Task = {
      ...due,
      dispatchCount: due.dispatchCount + 1,
      firstDispatchedMs: due.firstDispatchedMs ?? dispatchedMs,
    };
    const sent: Attempt = { scheduledMs: due.scheduledMs, dispatchedMs, respondedMs: null, status: null };
    const dispatched = { ...task, lastAttempt: sent };
    tasks.set(task.taskId, dispatched);
    // Before it is sent: a delivery that the end of this process cuts has been an attempt.
    parts.saved(dispatched);
    report('dispatched', task, null);
    const duplicate = faults.duplicate?.(task);
    const copy = duplicate === 'together' ? deliver(task) : null;
    const outcome = await deliver(task);
    if (duplicate === 'afterwards' && !stopped.closed) await deliver(task);
    await copy;
    running.delete(task.taskId);
    if (stopped.closed) return;
    settle(task, sent, outcome);
    parts.changed();
    pump();
  };

  const pump = (): void => {
    cancelTimer();
    if (stopped.paused || stopped.held || stopped.closed) return;
    while (running.size < congestion.concurrency(settings.rateLimits.maxConcurrentDispatches)) {
      const nowMs = clock.now();
      const { task, atMs } = nextDue(nowMs);
      if (!task && atMs === null) return;
      const waitMs = task ? Math.max(bucket.waitMs(nowMs), congestion.waitMs(nowMs)) : (atMs ?? nowMs) - nowMs;
      if (!task || waitMs > 0) {
        cancelTimer = clock.after(waitMs, pump);
        return;
      }
      bucket.take(nowMs);
      running.add(task.taskId);
      void attempt(task);
    }
  };

  return {
    settings,
    tasks,
    add(task) {
      tasks.set(task.taskId, task);
      pump();
    },
    remove: (taskId) => tasks.delete(taskId),
    paused: () => stopped.paused,
    setPaused(paused) {
      stopped = { ...stopped, paused };
      pump();
    },
    setHeld(held) {
      stopped = { ...stopped, held };
      pump();
    },
    idle: () => tasks.size === 0 && deliveries.size === 0,
    close() {
      stopped = { ...stopped, closed: true };
      cancelTimer();
      for (const abort of deliveries) abort.abort();
    },
  };
};
