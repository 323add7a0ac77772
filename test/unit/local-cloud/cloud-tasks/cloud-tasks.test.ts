import { verify } from 'node:crypto';
import { CloudTasksClient, type protos } from '@google-cloud/tasks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type CloudTasks, createCloudTasks } from '../../../../scripts/local-cloud/cloud-tasks/create-cloud-tasks.ts';
import { createIdentity } from '../../../../scripts/local-cloud/identity.ts';
import { plaintextConnection } from './plaintext-connection.ts';
import { type RecordingHandler, startRecordingHandler } from './recording-handler.ts';

type WireTask = protos.google.cloud.tasks.v2.ITask;

const LOCATION = 'projects/demo-tasks/locations/us-central1';
const QUEUE = `${LOCATION}/queues/work`;
const DAY_SECONDS = 86_400;
const identity = createIdentity();
const options = {
  projectId: 'demo-tasks',
  location: 'us-central1',
  identity,
  serviceAccounts: ['tasks@demo-tasks.iam.gserviceaccount.com'],
  queues: { work: { retryConfig: { minBackoffSeconds: 0.01 } }, calm: {} },
};
let service: CloudTasks;
let client: CloudTasksClient;
let handler: RecordingHandler;

beforeAll(async () => {
  [service, handler] = await Promise.all([createCloudTasks(options), startRecordingHandler()]);
  client = new CloudTasksClient({ projectId: 'demo-tasks', ...plaintextConnection(service.port) });
});
afterAll(async () => {
  await client.close();
  await Promise.all([service.close(), handler.close()]);
});
beforeEach(() => {
  service.release();
  handler.received.length = 0;
});

const create = async (task: WireTask | null, parent = QUEUE) => (await client.createTask({ parent, task }))[0];
const withUrl = (extra: WireTask = {}): WireTask => ({ httpRequest: { url: `${handler.url}/work?x=1` }, ...extra });
const soon = (seconds: number) => ({ seconds: Math.floor(Date.now() / 1000) + seconds });
const named = (taskId: string, queue = QUEUE) => `${queue}/tasks/${taskId}`;

describe('delivery', () => {
  test('The handler gets the body, the headers of the task and those of Cloud Tasks', async () => {
    const headers = {
      'Content-Type': 'application/json',
      'X-Mine': 'kept',
      'User-Agent': 'mine',
      Host: 'forged.example',
      'X-Google-Forged': '1',
      'X-AppEngine-Forged': '1',
      'X-CloudTasks-QueueName': 'forged',
    };
    const httpRequest = { url: `${handler.url}/work?x=1`, headers, body: Buffer.from('{"id":"é"}') };
    const created = await create({ name: named('first'), httpRequest });
    await service.whenIdle();
    expect(handler.received).toHaveLength(1);
    expect(handler.received[0]).toMatchObject({
      method: 'POST',
      path: '/work?x=1',
      body: '{"id":"é"}',
      headers: {
        'content-type': 'application/json',
        'x-mine': 'kept',
        host: new URL(handler.url).host,
        'user-agent': 'Google-Cloud-Tasks',
        'x-cloudtasks-queuename': 'work',
        'x-cloudtasks-taskname': 'first',
        'x-cloudtasks-taskretrycount': '0',
        'x-cloudtasks-taskexecutioncount': '0',
      },
    });
    const received = handler.received[0]?.headers ?? {};
    const { seconds, nanos } = created.scheduleTime ?? {};
    expect(Number(received['x-cloudtasks-tasketa'])).toBeCloseTo(Number(seconds) + (nanos ?? 0) / 1e9, 3);
    const absent = ['x-google-forged', 'x-appengine-forged', 'x-cloudtasks-taskpreviousresponse'];
    expect(Object.keys(received).filter((name) => absent.includes(name))).toEqual([]);
    expect(received).not.toHaveProperty('authorization');
  });

  test('Retries carry their counts and the answer before', async () => {
    handler.nextStatuses.push(500, 404);
    await create(withUrl());
    await service.whenIdle();
    const counts = handler.received.map(({ headers }) => [
      headers['x-cloudtasks-taskretrycount'],
      headers['x-cloudtasks-taskexecutioncount'],
      headers['x-cloudtasks-taskpreviousresponse'],
    ]);
    expect(counts).toEqual([
      ['0', '0', undefined],
      ['1', '0', '500'],
      ['2', '1', '404'],
    ]);
  });

  test('A task with an OIDC token brings one that the identity signed, for the audience or else for the URL', async () => {
    const url = `${handler.url}/work`;
    const serviceAccountEmail = 'tasks@demo-tasks.iam.gserviceaccount.com';
    const headers = { Authorization: 'Bearer forged' };
    await create({ httpRequest: { url, headers, oidcToken: { serviceAccountEmail, audience: 'https://service' } } });
    await create({ httpRequest: { url, oidcToken: { serviceAccountEmail } } });
    await service.whenIdle();
    const claims = handler.received.map(({ headers: { authorization = '' } }) => {
      const [head = '', body = '', signature = ''] = authorization.replace('Bearer ', '').split('.');
      const bytes = Buffer.from(`${head}.${body}`);
      expect(verify('RSA-SHA256', bytes, identity.publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
      return JSON.parse(Buffer.from(body, 'base64url').toString()) as { aud: string; email: string };
    });
    expect(new Set(claims.map(({ aud }) => aud))).toEqual(new Set(['https://service', url]));
    expect(claims[0]?.email).toBe(serviceAccountEmail);
  });

  test('A handler that cannot be reached is tried again', async () => {
    service.hold();
    const gone = await startRecordingHandler();
    await gone.close();
    await create({ name: named('unreachable'), httpRequest: { url: gone.url } });
    service.release();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const [task] = await client.getTask({ name: named('unreachable') });
    expect(task.dispatchCount).toBeGreaterThan(1);
    expect(task.responseCount).toBe(0);
    await client.deleteTask({ name: named('unreachable') });
  });
});

describe('reading', () => {
  test('A task shows its times and counts, and its body only in the full view', async () => {
    service.hold();
    const httpRequest = { url: handler.url, body: Buffer.from('secret') };
    await create({ name: named('shown'), httpRequest, dispatchDeadline: { seconds: 30 }, scheduleTime: soon(60) });
    const [basic] = await client.getTask({ name: named('shown') });
    expect(basic).toMatchObject({ view: 'BASIC', dispatchCount: 0, dispatchDeadline: { seconds: '30' } });
    expect(Buffer.from(basic.httpRequest?.body ?? '').toString()).toBe('');
    const [full] = await client.getTask({ name: named('shown'), responseView: 'FULL' });
    expect(Buffer.from(full.httpRequest?.body ?? '').toString()).toBe('secret');
  });

  test('A list goes through all its pages', async () => {
    service.hold();
    await client.purgeQueue({ name: QUEUE });
    const names = ['c', 'a', 'b', 'e', 'd'].map((id) => named(`listed-${id}`));
    for (const name of names) await create(withUrl({ name }));
    const [listed] = await client.listTasks({ parent: QUEUE, pageSize: 2 });
    expect(listed.map(({ name }) => name)).toEqual([...names].sort());
  });

  test('Purging empties the queue and leaves the time of it', async () => {
    service.hold();
    await create(withUrl());
    const [queue] = await client.purgeQueue({ name: QUEUE });
    expect(Number(queue.purgeTime?.seconds)).toBeCloseTo(Date.now() / 1000, -1);
    expect(await client.listTasks({ parent: QUEUE }).then(([tasks]) => tasks)).toEqual([]);
  });

  test('A queue shows its settings, and its state when it is paused and resumed', async () => {
    const [queue] = await client.getQueue({ name: `${LOCATION}/queues/calm` });
    expect(queue).toMatchObject({
      state: 'RUNNING',
      rateLimits: { maxDispatchesPerSecond: 500, maxBurstSize: 100, maxConcurrentDispatches: 1000 },
      retryConfig: { maxAttempts: 100, maxDoublings: 16, minBackoff: { nanos: 1e8 }, maxBackoff: { seconds: '3600' } },
    });
    expect((await client.pauseQueue({ name: QUEUE }))[0].state).toBe('PAUSED');
    await create(withUrl());
    expect(handler.received).toEqual([]);
    expect((await client.resumeQueue({ name: QUEUE }))[0].state).toBe('RUNNING');
    await service.whenIdle();
    expect(handler.received).toHaveLength(1);
  });
});

describe('refusals', () => {
  const code = (number: number) => expect.objectContaining({ code: number });

  test('A name is used once', async () => {
    await create(withUrl({ name: named('once') }));
    await service.whenIdle();
    await expect(create(withUrl({ name: named('once') }))).rejects.toEqual(code(6));
  });

  test('Queues, places and projects that are not there', async () => {
    await expect(create(withUrl(), `${LOCATION}/queues/none`)).rejects.toEqual(code(5));
    await expect(client.getQueue({ name: `${LOCATION}/queues/none` })).rejects.toEqual(code(5));
    const elsewhere = 'projects/demo-tasks/locations/europe-west1/queues/work';
    await expect(create(withUrl(), elsewhere)).rejects.toEqual(code(5));
    const foreign = 'projects/demo-other/locations/us-central1/queues/work';
    await expect(create(withUrl(), foreign)).rejects.toEqual(code(7));
  });

  test('Tasks that are not there, or not any more', async () => {
    await expect(client.getTask({ name: named('never') })).rejects.toEqual(code(5));
    await expect(client.deleteTask({ name: named('never') })).rejects.toEqual(code(5));
  });

  test.each<[string, () => WireTask | null]>([
    ['no task', () => null],
    ['no request', () => ({ name: named('empty') })],
    ['a space in the name', () => withUrl({ name: named('not good') })],
    ['a name of 501 characters', () => withUrl({ name: named('n'.repeat(501)) })],
    ['a name in another queue', () => withUrl({ name: named('moved', `${LOCATION}/queues/calm`) })],
    ['a URL without scheme', () => ({ httpRequest: { url: 'handler.example/work' } })],
    ['a URL of 2,084 characters', () => ({ httpRequest: { url: `http://h/${'x'.repeat(2075)}` } })],
    ['a GET with a body', () => ({ httpRequest: { url: handler.url, httpMethod: 'GET', body: Buffer.from('x') } })],
    ['headers of 80 KB', () => ({ httpRequest: { url: handler.url, headers: { x: 'y'.repeat(81_920) } } })],
    ['a body over 1 MB', () => ({ httpRequest: { url: handler.url, body: Buffer.alloc(1024 * 1024) } })],
    ['a time beyond 30 days', () => withUrl({ scheduleTime: soon(30 * DAY_SECONDS + 60) })],
    ['a deadline below 15 s', () => withUrl({ dispatchDeadline: { seconds: 14 } })],
    ['a deadline above 30 min', () => withUrl({ dispatchDeadline: { seconds: 1801 } })],
    ['a token for nobody', () => ({ httpRequest: { url: handler.url, oidcToken: { audience: 'x' } } })],
  ])('An invalid argument: %s', async (_, task) => {
    await expect(create(task())).rejects.toEqual(code(3));
  });

  test('What is just within the limits is taken', async () => {
    service.hold();
    await create(withUrl({ name: named('n'.repeat(500)), dispatchDeadline: { seconds: 15 } }));
    await create(withUrl({ scheduleTime: soon(30 * DAY_SECONDS - 60), dispatchDeadline: { seconds: 1800 } }));
    await create({ httpRequest: { url: handler.url, body: Buffer.alloc(1024 * 1024 - 200) } });
    await client.purgeQueue({ name: QUEUE });
  });

  test('A service account that does not exist, an App Engine task, a method that is not there', async () => {
    const oidcToken = { serviceAccountEmail: 'nobody@demo-tasks.iam.gserviceaccount.com' };
    await expect(create({ httpRequest: { url: handler.url, oidcToken } })).rejects.toEqual(code(5));
    await expect(create({ appEngineHttpRequest: { relativeUri: '/' } })).rejects.toEqual(code(12));
    await expect(client.deleteQueue({ name: QUEUE })).rejects.toEqual(code(12));
  });

  test('The stand-in does not start for a project that could be real', async () => {
    await expect(createCloudTasks({ ...options, projectId: 'mdraft-prod' })).rejects.toThrow('demo-');
  });
});
