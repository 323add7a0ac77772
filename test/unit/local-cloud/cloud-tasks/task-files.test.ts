import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createEngine, type Engine } from '../../../../scripts/local-cloud/cloud-tasks/engine.ts';
import { queueSettings } from '../../../../scripts/local-cloud/cloud-tasks/queue-settings.ts';
import type { Outcome, Task, TaskDraft } from '../../../../scripts/local-cloud/cloud-tasks/task.ts';
import { createTaskFiles } from '../../../../scripts/local-cloud/cloud-tasks/task-files.ts';
import { createManualClock } from './manual-clock.ts';

const clock = createManualClock();
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tasks-'));
});
const engines: Engine[] = [];
afterEach(() => {
  for (const engine of engines.splice(0)) engine.close();
  rmSync(folder, { recursive: true });
});

const draft = (taskId: string, body = ''): TaskDraft => ({
  taskId,
  target: {
    url: 'http://handler/path',
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: Buffer.from(body),
    oidcToken: { serviceAccountEmail: 'tasks@demo', audience: 'https://handler' },
  },
  scheduledMs: null,
  dispatchDeadlineMs: 60_000,
});

const start = (
  answer: (task: Task) => Promise<Outcome>,
  { held = false, redoSinceMs }: { held?: boolean; redoSinceMs?: number } = {},
): { engine: Engine; sent: Task[] } => {
  const sent: Task[] = [];
  const engine = createEngine({
    queues: { q: queueSettings('q', { retryConfig: { minBackoffSeconds: 10 } }) },
    clock,
    faults: {},
    files: createTaskFiles(folder),
    newTaskId: () => 'x',
    held,
    redoSinceMs,
    dispatch: (task) => {
      sent.push(task);
      return answer(task);
    },
  });
  engines.push(engine);
  return { engine, sent };
};

const never = () => new Promise<Outcome>(() => undefined);
const answering = (status: number) => async (): Promise<Outcome> => ({ status });

test.each(['stopped', 'killed'])(
  'A task in whose delivery the process was %s is sent whole at the next start, as one that has had an attempt',
  async (end) => {
    const first = start(never);
    first.engine.createTask('q', draft('a', '{"é":1}'));
    if (end === 'stopped') first.engine.close();

    const second = start(answering(200));
    await second.engine.whenIdle();
    expect(second.sent).toMatchObject(
      first.sent.map(({ target, createdMs }) => ({ target, createdMs, dispatchCount: 2 })),
    );
    expect(Buffer.from(second.sent[0]?.target.body ?? []).toString()).toBe('{"é":1}');
  },
);

test('A finished task is not sent again after a restart, and its name stays taken for the hour', async () => {
  const first = start(answering(204));
  first.engine.createTask('q', draft('a'));
  await first.engine.whenIdle();
  first.engine.close();
  await clock.advance(3_599_000);

  const second = start(answering(204));
  expect(() => second.engine.createTask('q', draft('a'))).toThrow(expect.objectContaining({ code: 6 }));
  await clock.advance(1000);
  second.engine.createTask('q', draft('a'));
  await second.engine.whenIdle();
  expect(second.sent).toHaveLength(1);
});

test('What was finished after the moment that the next start goes back to is sent once more, with its attempts counted', async () => {
  const first = start(answering(200));
  first.engine.createTask('q', draft('before'));
  await first.engine.whenIdle();
  await clock.advance(1);
  const redoSinceMs = clock.now();
  first.engine.createTask('q', draft('after', 'body'));
  await first.engine.whenIdle();
  first.engine.setHeld(true);
  first.engine.createTask('q', draft('deleted'));
  first.engine.deleteTask('q', 'deleted');
  first.engine.close();

  // Killed before it could send anything, it finds the same again.
  start(never, { held: true, redoSinceMs });
  const { engine, sent } = start(answering(200), { redoSinceMs: clock.now() + 1 });
  await engine.whenIdle();
  expect(sent).toMatchObject([{ taskId: 'after', dispatchCount: 2 }]);
  expect(() => engine.createTask('q', draft('before'))).toThrow(expect.objectContaining({ code: 6 }));
});

test('A start that holds deliveries sends nothing of what it found until it is released', () => {
  start(never).engine.createTask('q', draft('a'));
  const { engine, sent } = start(never, { held: true });
  expect(sent).toEqual([]);
  engine.setHeld(false);
  expect(sent).toHaveLength(1);
});

test('A retry keeps its count and its time over a restart', async () => {
  const first = start(answering(404));
  first.engine.createTask('q', draft('a'));
  await clock.advance(0);
  first.engine.close();

  const second = start(answering(200));
  await clock.advance(9_999);
  expect(second.sent).toEqual([]);
  await clock.advance(1);
  expect(second.sent).toMatchObject([{ dispatchCount: 2, executionCount: 1, lastAttempt: { status: 404 } }]);
});

test('Names that differ in case only, or are longer than a file name, are kept apart', () => {
  const { engine } = start(never);
  const names = ['Name', 'name', 'n'.repeat(500)];
  for (const name of names) engine.createTask('q', draft(name));
  engine.close();
  expect(
    start(never)
      .sent.map(({ taskId }) => taskId)
      .sort(),
  ).toEqual([...names].sort());
});

test('A file that was being written when the process died is left out and cleared away', () => {
  start(never).engine.createTask('q', draft('a'));
  writeFileSync(join(folder, 'q', 'half.json.part'), '{"task":');
  expect(start(never).sent).toHaveLength(1);
  expect(readdirSync(join(folder, 'q')).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('Names that are free again leave no file behind', async () => {
  const { engine } = start(answering(200));
  engine.createTask('q', draft('a'));
  await engine.whenIdle();
  await clock.advance(3_600_000);
  engine.createTask('q', draft('b'));
  await engine.whenIdle();
  expect(readdirSync(join(folder, 'q'))).toHaveLength(1);
});
