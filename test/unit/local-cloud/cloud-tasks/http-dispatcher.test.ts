import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { createHttpDispatcher } from '../../../../scripts/local-cloud/cloud-tasks/http-dispatcher.ts';
import type { Outcome, Task } from '../../../../scripts/local-cloud/cloud-tasks/task.ts';
import { createIdentity } from '../../../../scripts/local-cloud/identity.ts';

const NOW = Date.parse('2026-01-05T12:00:00Z');
const dispatch = createHttpDispatcher(createIdentity(), () => NOW);
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

const sendTo = async (handle: RequestListener, signal = new AbortController().signal): Promise<Outcome> => {
  const server = createServer(handle);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const task: Task = {
    queueId: 'q',
    taskId: 'a',
    target: { url, method: 'POST', headers: {}, body: new Uint8Array(), oidcToken: null },
    createdMs: NOW,
    scheduledMs: NOW,
    dispatchDeadlineMs: 600_000,
    dispatchCount: 1,
    responseCount: 0,
    executionCount: 0,
    firstDispatchedMs: NOW,
    lastAttempt: null,
  };
  return dispatch(task, signal);
};

test.each([
  ['7', 7000],
  ['Mon, 05 Jan 2026 12:00:30 GMT', 30_000],
  ['Mon, 05 Jan 2026 11:00:00 GMT', 0],
  ['soon', 0],
])('Retry-After: %s asks for %i ms', async (header, retryAfterMs) => {
  const outcome = await sendTo((_, response) => response.writeHead(503, { 'retry-after': header }).end());
  expect(outcome).toEqual({ status: 503, retryAfterMs });
});

test('A redirect is an answer and is not followed', async () => {
  let requests = 0;
  const outcome = await sendTo((_, response) => {
    requests += 1;
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  expect([outcome.status, requests]).toEqual([307, 1]);
});

test('A connection that breaks off within the answer is no answer', async () => {
  const outcome = await sendTo((_, response) => {
    response.writeHead(200, { 'content-length': '10' }).write('half');
    setImmediate(() => response.destroy());
  });
  expect(outcome).toEqual({ status: null });
});

test('At the deadline the connection is cut', async () => {
  const abort = new AbortController();
  let cut: Promise<unknown> = Promise.resolve();
  const outcome = await sendTo((request, response) => {
    cut = new Promise((resolve) => response.on('close', resolve));
    request.resume();
    setImmediate(() => abort.abort());
  }, abort.signal);
  expect(outcome).toEqual({ status: null });
  await cut;
});
