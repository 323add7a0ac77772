import { createServer, type Server } from 'node:net';
import { CloudTasksClient } from '@google-cloud/tasks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type CloudTasksConfig, createCloudTaskQueue } from '../../../functions/src/adapters/cloud-tasks.ts';
import { createGrpcConnection } from '../../../functions/src/adapters/grpc-connection.ts';
import type { AppError } from '../../../functions/src/errors.ts';
import { type CloudTasks, createCloudTasks } from '../../../scripts/local-cloud/cloud-tasks/create-cloud-tasks.ts';
import { createIdentity } from '../../../scripts/local-cloud/identity.ts';
import { type RecordingHandler, startRecordingHandler } from '../local-cloud/cloud-tasks/recording-handler.ts';

process.env.METADATA_SERVER_DETECTION = 'none';

const SERVICE_ACCOUNT = 'tasks@demo-tasks.iam.gserviceaccount.com';
let service: CloudTasks;
let handler: RecordingHandler;
let config: CloudTasksConfig;
let queue: ReturnType<typeof createCloudTaskQueue>;

beforeAll(async () => {
  handler = await startRecordingHandler();
  service = await createCloudTasks({
    projectId: 'demo-tasks',
    location: 'us-central1',
    identity: createIdentity(),
    serviceAccounts: [SERVICE_ACCOUNT],
    queues: { 'convert-document': {} },
  });
  const handlerConfig = { baseUrl: handler.url, audience: 'https://convert.run.app', dispatchDeadlineSeconds: 600 };
  config = {
    projectId: 'demo-tasks',
    location: 'us-central1',
    serviceAccountEmail: SERVICE_ACCOUNT,
    handlers: { 'convert-document': handlerConfig, 'not-made': handlerConfig },
    timeoutSeconds: 5,
    now: () => Date.now(),
    connection: createGrpcConnection(`127.0.0.1:${service.port}`),
  };
  queue = createCloudTaskQueue(config);
});
afterAll(async () => {
  await queue.close();
  await Promise.all([service.close(), handler.close()]);
});
beforeEach(() => {
  service.release();
  service.faults.createTask = undefined;
  handler.received.length = 0;
});

const task = (
  name: string,
  extra: { delaySeconds?: number; payload?: Record<string, unknown>; queue?: string } = {},
) => ({
  queue: 'convert-document',
  name,
  payload: { conversionId: 'c1', attempt: 1 },
  path: '/convert',
  ...extra,
});

const failure = (promise: Promise<unknown>): Promise<AppError> =>
  promise.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: AppError) => error,
  );

const withQueue = async (changes: Partial<CloudTasksConfig>, name: string): Promise<AppError> => {
  const other = createCloudTaskQueue({ ...config, ...changes });
  const error = await failure(other.enqueue(task(name)));
  await other.close();
  return error;
};

describe('enqueueing', () => {
  test('The handler gets the payload as JSON, at its path, with a token for its audience', async () => {
    expect(await queue.enqueue(task('one'))).toBe('created');
    await service.whenIdle();
    const [request] = handler.received;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/convert',
      headers: { 'content-type': 'application/json' },
    });
    expect(JSON.parse(request?.body ?? '')).toEqual({ conversionId: 'c1', attempt: 1 });
    const [, claims = ''] = (request?.headers.authorization ?? '').split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      aud: 'https://convert.run.app',
      email: SERVICE_ACCOUNT,
    });
  });

  test('The same name again exists, while the task waits and after it is done', async () => {
    service.hold();
    expect(await queue.enqueue(task('twice'))).toBe('created');
    expect(await queue.enqueue(task('twice'))).toBe('exists');
    service.release();
    await service.whenIdle();
    expect(await queue.enqueue(task('twice'))).toBe('exists');
    expect(handler.received).toHaveLength(1);
  });

  test('A delay counts from the clock that was given, and the deadline is that of the handler', async () => {
    service.hold();
    const nowMs = Date.now() + 3_600_000;
    const later = createCloudTaskQueue({ ...config, now: () => nowMs });
    await later.enqueue(task('later', { delaySeconds: 16.5 }));
    await later.close();
    const client = new CloudTasksClient({ projectId: 'demo-tasks', ...(await config.connection?.()) });
    const name = client.taskPath('demo-tasks', 'us-central1', 'convert-document', 'later');
    const [{ scheduleTime, dispatchDeadline }] = await client.getTask({ name });
    await client.purgeQueue({ name: client.queuePath('demo-tasks', 'us-central1', 'convert-document') });
    await client.close();
    expect(Number(scheduleTime?.seconds) * 1000 + (scheduleTime?.nanos ?? 0) / 1e6).toBeCloseTo(nowMs + 16_500, 0);
    expect(dispatchDeadline).toMatchObject({ seconds: '600' });
  });

  test('A task whose creation was not answered exists at the second try', async () => {
    service.faults.createTask = { code: 'DEADLINE_EXCEEDED', afterCreating: true };
    expect(await failure(queue.enqueue(task('unanswered')))).toMatchObject({ reason: 'QUEUE_UNAVAILABLE' });
    service.faults.createTask = undefined;
    expect(await queue.enqueue(task('unanswered'))).toBe('exists');
    await service.whenIdle();
    expect(handler.received).toHaveLength(1);
  });

  test('A connection that fails for a moment is tried again within the same call', async () => {
    service.faults.createTask = { code: 'UNAVAILABLE' };
    const enqueued = queue.enqueue(task('momentary'));
    await new Promise((resolve) => setTimeout(resolve, 150));
    service.faults.createTask = undefined;
    expect(await enqueued).toBe('created');
  });
});

describe('failing', () => {
  test.each(['UNAVAILABLE', 'RESOURCE_EXHAUSTED', 'DEADLINE_EXCEEDED'] as const)('%s may pass', async (code) => {
    service.faults.createTask = { code };
    const error = await withQueue({ timeoutSeconds: 0.3 }, `passing-${code}`);
    expect(error).toMatchObject({ reason: 'QUEUE_UNAVAILABLE', retry: 'later' });
  });

  test('A port where nobody listens, and a server that says nothing, may pass', async () => {
    const silent: Server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const connection = createGrpcConnection(`127.0.0.1:${port}`);
    const sockets: { destroy(): void }[] = [];
    silent.on('connection', (socket) => sockets.push(socket));
    expect(await withQueue({ timeoutSeconds: 0.3, connection }, 'silent')).toMatchObject({
      reason: 'QUEUE_UNAVAILABLE',
    });
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => silent.close(resolve));
    expect(await withQueue({ timeoutSeconds: 0.3, connection }, 'closed')).toMatchObject({
      reason: 'QUEUE_UNAVAILABLE',
    });
  });

  test('A payload over 100 KB is refused before anything is sent', async () => {
    const error = await failure(queue.enqueue(task('large', { payload: { text: 'é'.repeat(51_200) } })));
    expect(error).toMatchObject({ reason: 'TASK_TOO_LARGE', retry: 'never', details: { limitBytes: 102_400 } });
    expect(await queue.enqueue(task('large', { payload: { text: 'x'.repeat(102_389) } }))).toBe('created');
    await service.whenIdle();
  });

  test.each<[string, () => Promise<AppError>]>([
    ['a queue without handler', () => failure(queue.enqueue(task('n', { queue: 'unheard-of' })))],
    ['a queue that does not exist', () => failure(queue.enqueue(task('n', { queue: 'not-made' })))],
    ['a service account that does not exist', () => withQueue({ serviceAccountEmail: 'nobody@demo' }, 'n')],
    ['a project of others', () => withQueue({ projectId: 'demo-other' }, 'n')],
    ['a name that is not one', () => failure(queue.enqueue(task('a b')))],
  ])('Wrong settings fail for good and name the queue: %s', async (_, run) => {
    const error = await run();
    expect(error).toMatchObject({ reason: 'CONFIG_INVALID', retry: 'never' });
    expect(error.message).toMatch(/The setting queue [a-z-]+ is not valid: /);
  });

  test('The payload is in no error', async () => {
    const error = await failure(queue.enqueue(task('a b', { payload: { marker: 'confidential' } })));
    expect(`${error.message} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain('confidential');
  });
});
