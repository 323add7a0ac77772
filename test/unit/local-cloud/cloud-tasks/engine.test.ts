import { describe, expect, test } from '@jest/globals';
import { createEngine, type EngineParts } from '../../../../scripts/local-cloud/cloud-tasks/engine.ts';
import { type QueueOptions, queueSettings } from '../../../../scripts/local-cloud/cloud-tasks/queue-settings.ts';
import type { Faults, Outcome, Task, TaskDraft, TaskEvent } from '../../../../scripts/local-cloud/cloud-tasks/task.ts';
import { createManualClock } from './manual-clock.ts';

const draft = (taskId: string, extra: Partial<TaskDraft> = {}): TaskDraft => ({
  taskId,
  target: { url: 'http://handler/', method: 'POST', headers: {}, body: new Uint8Array(), oidcToken: null },
  scheduledMs: null,
  dispatchDeadlineMs: 600_000,
  ...extra,
});

type Answer = (task: Task) => Outcome | Promise<Outcome>;

const setUp = (answer: Answer, queue: QueueOptions = {}, extra: Partial<EngineParts> = {}) => {
  const clock = createManualClock();
  const startMs = clock.now();
  const faults: Faults = {};
  const sent: { taskId: string; atSeconds: number; retry: number }[] = [];
  const events: TaskEvent[] = [];
  let madeUp = 0;
  const engine = createEngine({
    queues: { q: queueSettings('q', queue), other: queueSettings('other', {}) },
    clock,
    faults,
    files: null,
    newTaskId: () => `made-up-${++madeUp}`,
    onEvent: (event) => events.push(event),
    dispatch: async (task) => {
      sent.push({ taskId: task.taskId, atSeconds: (clock.now() - startMs) / 1000, retry: task.dispatchCount - 1 });
      return answer(task);
    },
    ...extra,
  });
  return { clock, faults, sent, events, engine, startMs, ids: () => sent.map(({ taskId }) => taskId) };
};

const ok: Answer = () => ({ status: 200 });
/** Answers when told to. */
const gated = () => {
  const waiting: (() => void)[] = [];
  const answer: Answer = () => new Promise((resolve) => waiting.push(() => resolve({ status: 200 })));
  return { answer, finishOne: () => waiting.shift()?.(), running: () => waiting.length };
};

describe('names', () => {
  test('A finished task keeps its name for an hour, and not longer', async () => {
    const { engine, clock, sent } = setUp(ok);
    engine.createTask('q', draft('a'));
    await clock.advance(0);
    await clock.advance(3_599_999);
    expect(() => engine.createTask('q', draft('a'))).toThrow(expect.objectContaining({ code: 6 }));
    await clock.advance(1);
    engine.createTask('q', draft('a'));
    await clock.advance(0);
    expect(sent).toHaveLength(2);
  });

  test('A deleted or purged task keeps its name too', () => {
    const { engine } = setUp(ok);
    engine.setHeld(true);
    engine.createTask('q', draft('a'));
    engine.createTask('q', draft('b'));
    engine.deleteTask('q', 'a');
    engine.purge('q');
    for (const name of ['a', 'b']) {
      expect(() => engine.createTask('q', draft(name))).toThrow(expect.objectContaining({ code: 6 }));
    }
    expect(() => engine.getTask('q', 'a')).toThrow('no longer exists');
  });

  test('A task that waits keeps its name however long it waits', async () => {
    const { engine, clock } = setUp(ok);
    engine.setHeld(true);
    engine.createTask('q', draft('a'));
    await clock.advance(10 * 3_600_000);
    expect(() => engine.createTask('q', draft('a'))).toThrow(expect.objectContaining({ code: 6 }));
  });

  test('The same name in two queues is two tasks', async () => {
    const { engine, clock, ids } = setUp(ok);
    engine.createTask('q', draft('a'));
    engine.createTask('other', draft('a'));
    await clock.advance(0);
    expect(ids()).toEqual(['a', 'a']);
  });

  test('A task without a name gets one', () => {
    const { engine } = setUp(ok);
    expect(engine.createTask('q', { ...draft(''), taskId: null }).taskId).toBe('made-up-1');
  });
});

describe('time', () => {
  test('A task is sent at its time and not a millisecond before', async () => {
    const { engine, clock, sent, startMs } = setUp(ok);
    engine.createTask('q', draft('a', { scheduledMs: startMs + 29 * 86_400_000 }));
    await clock.advance(29 * 86_400_000 - 1);
    expect(sent).toEqual([]);
    await clock.advance(1);
    expect(sent).toHaveLength(1);
  });

  test('A time in the past is now', () => {
    const { engine, startMs } = setUp(ok);
    expect(engine.createTask('q', draft('a', { scheduledMs: startMs - 5000 })).scheduledMs).toBe(startMs);
  });

  test('A handler that outlasts the deadline has failed, and its late answer counts for nothing', async () => {
    const late = gated();
    const { engine, clock, sent, events } = setUp(late.answer, { retryConfig: { minBackoffSeconds: 1 } });
    engine.createTask('q', draft('a', { dispatchDeadlineMs: 15_000 }));
    await clock.advance(15_000);
    late.finishOne();
    await clock.advance(1000);
    expect(sent.map(({ atSeconds }) => atSeconds)).toEqual([0, 16]);
    expect(events.map(({ type, status }) => [type, status])).toEqual([
      ['dispatched', null],
      ['failed', null],
      ['dispatched', null],
    ]);
    expect(engine.getTask('q', 'a')).toMatchObject({ dispatchCount: 2, responseCount: 0, executionCount: 0 });
  });
});

describe('retries', () => {
  test('Failures are repeated after the back-off until the attempts are used up; then the task is gone', async () => {
    const retryConfig = { maxAttempts: 4, minBackoffSeconds: 2, maxDoublings: 1 };
    const { engine, clock, sent, events } = setUp(() => ({ status: 500 }), { retryConfig });
    engine.createTask('q', draft('a'));
    await clock.advance(3_000_000);
    expect(sent.map(({ atSeconds }) => atSeconds)).toEqual([0, 2, 6, 14]);
    expect(events.at(-1)).toEqual({ type: 'gave_up', queueId: 'q', taskId: 'a', attempt: 4, status: 500 });
    expect(() => engine.getTask('q', 'a')).toThrow('no longer exists');
  });

  test.each([301, 400, 404, 409, 500])('%i is a failure', async (status) => {
    const { engine, clock, sent } = setUp(() => ({ status }), { retryConfig: { maxAttempts: 2 } });
    engine.createTask('q', draft('a'));
    await clock.advance(1000);
    expect(sent).toHaveLength(2);
  });

  test.each([200, 201, 204, 299])('%i is success', async (status) => {
    const { engine, clock, sent } = setUp(() => ({ status }));
    engine.createTask('q', draft('a'));
    await clock.advance(10_000);
    expect(sent).toHaveLength(1);
  });

  test('Answers of 500 and above are responses but no executions', async () => {
    const statuses = [503, 404, 200];
    const seen: Pick<Task, 'responseCount' | 'executionCount'>[] = [];
    const { engine, clock } = setUp((task) => {
      seen.push({ responseCount: task.responseCount, executionCount: task.executionCount });
      return { status: statuses[task.dispatchCount - 1] ?? null };
    });
    engine.createTask('q', draft('a'));
    await clock.advance(60_000);
    expect(seen).toEqual([
      { responseCount: 0, executionCount: 0 },
      { responseCount: 1, executionCount: 0 },
      { responseCount: 2, executionCount: 1 },
    ]);
  });

  test('A task deleted while it runs is not tried again', async () => {
    const { engine, clock, sent } = setUp(() => ({ status: 500 }));
    engine.createTask('q', draft('a'));
    engine.deleteTask('q', 'a');
    await clock.advance(3_600_000);
    expect(sent).toHaveLength(1);
  });
});

describe('limits', () => {
  test('Never more run at once than the queue allows', async () => {
    const work = gated();
    const { engine, clock, sent } = setUp(work.answer, { rateLimits: { maxConcurrentDispatches: 2 } });
    for (const name of ['a', 'b', 'c', 'd']) engine.createTask('q', draft(name));
    await clock.advance(0);
    expect(work.running()).toBe(2);
    work.finishOne();
    await clock.advance(0);
    expect([work.running(), sent.length]).toEqual([2, 3]);
  });

  test('After the burst of ten, one task a second is sent', async () => {
    const { engine, clock, sent } = setUp(ok, { rateLimits: { maxDispatchesPerSecond: 1 } });
    for (let n = 0; n < 13; n += 1) engine.createTask('q', draft(`t${n}`));
    await clock.advance(60_000);
    expect(sent.slice(8).map(({ atSeconds }) => atSeconds)).toEqual([0, 0, 1, 2, 3]);
  });

  test.each([429, 503])(
    '%i from one task holds up all others of its queue, and none of another queue',
    async (status) => {
      const { engine, clock, sent } = setUp((task) => ({ status: task.taskId === 'hot' ? status : 200 }), {
        retryConfig: { minBackoffSeconds: 100 },
      });
      engine.createTask('q', draft('hot'));
      await clock.advance(0);
      engine.createTask('q', draft('calm'));
      engine.createTask('other', draft('elsewhere'));
      await clock.advance(999);
      expect(sent.map(({ taskId }) => taskId)).toEqual(['hot', 'elsewhere']);
      await clock.advance(1);
      expect(sent.at(-1)).toMatchObject({ taskId: 'calm', atSeconds: 1 });
    },
  );

  test('A paused queue takes tasks and sends none until it is resumed', async () => {
    const { engine, clock, sent } = setUp(ok);
    engine.queue('q').setPaused(true);
    engine.createTask('q', draft('a'));
    await clock.advance(60_000);
    expect(sent).toEqual([]);
    engine.queue('q').setPaused(false);
    expect(sent).toHaveLength(1);
  });
});

describe('trouble on order', () => {
  test.each(['together', 'afterwards'] as const)('A task is delivered twice: %s', async (duplicate) => {
    const { engine, clock, faults, ids } = setUp(ok);
    faults.duplicate = ({ taskId }) => (taskId === 'b' ? duplicate : undefined);
    for (const name of ['a', 'b']) engine.createTask('q', draft(name));
    await clock.advance(0);
    expect(ids()).toEqual(['a', 'b', 'b']);
    await engine.whenIdle();
  });

  test('Held tasks go out in reverse order', async () => {
    const { engine, clock, faults, ids } = setUp(ok);
    faults.order = 'newest_first';
    engine.setHeld(true, 'q');
    for (const name of ['a', 'b', 'c']) engine.createTask('q', draft(name));
    await clock.advance(60_000);
    expect(ids()).toEqual([]);
    engine.setHeld(false, 'q');
    await clock.advance(0);
    expect(ids()).toEqual(['c', 'b', 'a']);
  });

  test('A creation fails with or without its effect', async () => {
    const { engine, clock, faults, ids } = setUp(ok);
    faults.createTask = { code: 'UNAVAILABLE' };
    expect(() => engine.createTask('q', draft('a'))).toThrow(expect.objectContaining({ code: 14 }));
    faults.createTask = { code: 'DEADLINE_EXCEEDED', afterCreating: true };
    expect(() => engine.createTask('q', draft('b'))).toThrow(expect.objectContaining({ code: 4 }));
    await clock.advance(0);
    expect(ids()).toEqual(['b']);
  });
});

test('The service is idle when the last delivery has ended, not when it has begun', async () => {
  const work = gated();
  const { engine, clock } = setUp(work.answer);
  engine.createTask('q', draft('a'));
  let idle = false;
  void engine.whenIdle().then(() => {
    idle = true;
  });
  await clock.advance(1000);
  engine.deleteTask('q', 'a');
  await clock.advance(1000);
  expect(idle).toBe(false);
  work.finishOne();
  await clock.advance(0);
  expect(idle).toBe(true);
});

test('What is done leaves no timer, and closing stops those of what is not', async () => {
  const { engine, clock, startMs } = setUp((task) =>
    task.taskId === 'stuck' ? new Promise(() => undefined) : { status: 200 },
  );
  engine.createTask('q', draft('a'));
  await engine.whenIdle();
  expect(clock.pending()).toBe(0);
  engine.createTask('q', draft('stuck'));
  engine.createTask('q', draft('later', { scheduledMs: startMs + 5000 }));
  expect(clock.pending()).toBe(2);
  engine.close();
  expect(clock.pending()).toBe(0);
});
