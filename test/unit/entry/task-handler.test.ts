import { afterEach, expect, test } from '@jest/globals';
import { createLogger } from '../../../functions/src/adapters/logger.ts';
import { createTaskHandler, type TaskStep } from '../../../functions/src/entry/task-handler.ts';
import { AppError } from '../../../functions/src/errors.ts';
import { serveFunction } from '../../support/api-lab.ts';

const TRACE = { requestId: 'request-1', traceId: '0af7651916cd43dd8448eb211c80319c' };
const PAYLOAD = { orgId: 'org1', runId: 'run1', attempt: 2, trace: TRACE };

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const deliver = async (
  step: Partial<TaskStep<'plan-run'>>,
  { body = PAYLOAD, headers = {}, method = 'POST' }: { body?: object; headers?: object; method?: string } = {},
) => {
  const log: Record<string, unknown>[] = [];
  const reported: unknown[] = [];
  const handler = createTaskHandler({
    queue: 'plan-run',
    run: async () => 'planned',
    fail: async () => 'settled',
    ...step,
    logger: createLogger({
      projectId: 'demo-mdraft',
      write: (line) => log.push(JSON.parse(line)),
      now: () => new Date(0),
    }),
    reporter: { report: (thrown) => void reported.push(thrown), flush: async () => {} },
    clock: { now: () => new Date(0) },
  });
  const { origin, stop } = await serveFunction(handler);
  stops.push(stop);
  const { status } = await fetch(origin, {
    method,
    headers: { 'Content-Type': 'application/json', 'X-CloudTasks-TaskName': 'task1', ...headers },
    ...(method === 'POST' && { body: JSON.stringify(body) }),
  });
  return { status, log, reported };
};

const throwing = (thrown: unknown) => async () => {
  throw thrown;
};

test('A task that is done is answered 204 and leaves one line with its ids and its trace.', async () => {
  const seen: unknown[] = [];
  const { status, log } = await deliver({
    run: async (...handed) => {
      seen.push(handed.slice(0, 2));
      return 'planned';
    },
  });
  expect(status).toBe(204);
  expect(seen).toEqual([[PAYLOAD, 1]]);
  expect(log).toEqual([
    expect.objectContaining({
      severity: 'INFO',
      requestId: 'request-1',
      'logging.googleapis.com/trace': `projects/demo-mdraft/traces/${TRACE.traceId}`,
      'logging.googleapis.com/labels': { function: 'plan-run' },
      queue: 'plan-run',
      taskName: 'task1',
      orgId: 'org1',
      runId: 'run1',
      attempt: 2,
      outcome: 'planned',
      status: 204,
    }),
  ]);
});

test('The step gets a logger whose lines carry the trace of the request that began it all.', async () => {
  const { log } = await deliver({
    run: async (_payload, _deliveries, logger) => {
      logger?.log('INFO', 'from the step');
      return 'planned';
    },
  });
  expect(log[0]).toMatchObject({ message: 'from the step', requestId: 'request-1' });
});

test('The step is told how often the queue has delivered the task, whether or not a worker was reached.', async () => {
  const counts: number[] = [];
  const run = async (_: unknown, deliveries: number) => {
    counts.push(deliveries);
    return 'retried';
  };
  for (const retries of ['0', '1', '6', 'none']) {
    const headers = { 'X-CloudTasks-TaskRetryCount': retries, 'X-CloudTasks-TaskExecutionCount': '0' };
    const { log } = await deliver({ run }, { headers });
    expect(log).toEqual([expect.objectContaining({ outcome: 'retried', status: 204 })]);
  }
  expect(counts).toEqual([1, 2, 7, 1]);
});

test.each([
  ['retried', 204],
  ['settled', 204],
  ['stale', 204],
  ['overloaded', 503],
])('A failed step whose work is then %s is answered %d.', async (outcome, status) => {
  const failures: unknown[] = [];
  const answer = await deliver(
    {
      run: throwing(new AppError('MODEL_OVERLOADED')),
      fail: async (payload, error, deliveries) => {
        failures.push([payload, error.reason, deliveries]);
        return outcome;
      },
    },
    { headers: { 'X-CloudTasks-TaskRetryCount': '3' } },
  );
  expect(answer.status).toBe(status);
  expect(failures).toEqual([[PAYLOAD, 'MODEL_OVERLOADED', 4]]);
  expect(answer.log).toEqual([expect.objectContaining({ outcome, reason: 'MODEL_OVERLOADED', status })]);
  expect(answer.reported).toEqual([]);
});

test('An error that nobody foresaw is reported, and settled like any other.', async () => {
  const reasons: string[] = [];
  const bug = new TypeError('text of a document');
  const { status, log, reported } = await deliver({
    run: throwing(bug),
    fail: async (_, error) => {
      reasons.push(error.reason);
      return 'retried';
    },
  });
  expect({ status, reasons, reported }).toEqual({ status: 204, reasons: ['INTERNAL'], reported: [bug] });
  expect(JSON.stringify(log)).not.toContain('text of a document');
});

test('When the failure itself cannot be written down, the queue delivers the task again.', async () => {
  const gone = new AppError('STATE_UNAVAILABLE');
  const { status, log, reported } = await deliver({ run: throwing(gone), fail: throwing(gone) });
  expect(status).toBe(500);
  expect(reported).toEqual([]);
  expect(log).toEqual([
    expect.objectContaining({ severity: 'ERROR', runId: 'run1' }),
    expect.objectContaining({ severity: 'WARNING', outcome: 'unsettled', status: 500 }),
  ]);
});

test('A payload that does not fit its queue is dropped with an error, because it never will.', async () => {
  const run = throwing(new Error('not to be called'));
  for (const body of [{ ...PAYLOAD, runId: '../run2' }, { ...PAYLOAD, attempt: 0 }, []]) {
    const { status, log, reported } = await deliver({ run }, { body });
    expect(status).toBe(204);
    expect(log).toEqual([expect.objectContaining({ severity: 'ERROR', queue: 'plan-run', taskName: 'task1' })]);
    expect(reported).toHaveLength(1);
  }
});

test('Only POST is taken.', async () => {
  expect((await deliver({ run: throwing(new Error('not to be called')) }, { method: 'GET' })).status).toBe(405);
});
