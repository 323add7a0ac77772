/** The work queue on Cloud Tasks: named HTTP tasks with an ID token for the handler's Cloud Run service. */
import type { CloudTasksClient } from '@google-cloud/tasks';
import { AppError } from '../errors.ts';
import type { TaskQueue } from '../ports.ts';

type ClientOptions = NonNullable<ConstructorParameters<typeof CloudTasksClient>[0]>;

export interface TaskHandlerConfig {
  /** Without a slash at its end: "https://convert-document-123456789.us-central1.run.app". */
  baseUrl: string;
  /** Of the ID token: the service's address as Cloud Run knows it. */
  audience: string;
  /** 15–1,800. A handler that takes longer has failed, and its task comes again. */
  dispatchDeadlineSeconds: number;
}

export interface CloudTasksConfig {
  projectId: string;
  /** "us-central1". */
  location: string;
  /** Whom the ID tokens are for; it needs run.invoker on the handlers. */
  serviceAccountEmail: string;
  /** By queue id. */
  handlers: Readonly<Record<string, TaskHandlerConfig>>;
  timeoutSeconds: number;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Where a stand-in is; asked for with the first call. */
  connection?: () => Promise<Pick<ClientOptions, 'apiEndpoint' | 'port' | 'sslCreds'>>;
}

/** Google takes 1 MB; a task that needs more than this carries what belongs into storage. */
const MAX_PAYLOAD_BYTES = 100 * 1024;

/** Status codes of gRPC, https://grpc.io/docs/guides/status-codes/ */
const ALREADY_EXISTS = 6;
const UNAVAILABLE = 14;
/** CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, INTERNAL, UNAVAILABLE: the same call may succeed. */
const PASSING = new Set([1, 2, 4, 8, 10, 13, UNAVAILABLE]);

const PROBLEMS: Readonly<Record<number, string>> = {
  3: 'Cloud Tasks refuses a task with these values',
  5: 'the queue, or the service account of its tasks, does not exist',
  7: 'these credentials may not add tasks, or not in the name of that service account',
  9: 'the queue does not exist, or not any more',
  16: 'Cloud Tasks does not know these credentials',
};

const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'code' in error ? Number(error.code) : Number.NaN;

const translate = (error: unknown, queue: string): AppError => {
  const status = statusOf(error);
  if (PASSING.has(status)) return new AppError('QUEUE_UNAVAILABLE', { status }, { cause: error });
  const problem = PROBLEMS[status];
  if (problem) return new AppError('CONFIG_INVALID', { setting: `queue ${queue}`, problem, status }, { cause: error });
  return new AppError('INTERNAL', {}, { cause: error });
};

const toTimestamp = (ms: number): { seconds: number; nanos: number } => {
  const seconds = Math.floor(ms / 1000);
  return { seconds, nanos: Math.round((ms - seconds * 1000) * 1e6) };
};

/**
 * The library is loaded, and the connection made, with the first task.
 * @throws AppError TASK_TOO_LARGE, QUEUE_UNAVAILABLE, CONFIG_INVALID (queue, service account, rights).
 */
export const createCloudTaskQueue = (config: CloudTasksConfig): TaskQueue & { close(): Promise<void> } => {
  const { projectId, location, serviceAccountEmail } = config;
  let connecting: Promise<CloudTasksClient> | undefined;
  const connect = async (): Promise<CloudTasksClient> => {
    const { CloudTasksClient: Client } = await import('@google-cloud/tasks');
    return new Client({ projectId, ...(await config.connection?.()) });
  };

  return {
    async enqueue({ queue, name, payload, path, delaySeconds = 0 }) {
      const handler = config.handlers[queue];
      if (!handler) {
        throw new AppError('CONFIG_INVALID', { setting: `queue ${queue}`, problem: 'no handler is configured for it' });
      }
      const body = Buffer.from(JSON.stringify(payload));
      if (body.byteLength > MAX_PAYLOAD_BYTES) {
        throw new AppError('TASK_TOO_LARGE', { sizeBytes: body.byteLength, limitBytes: MAX_PAYLOAD_BYTES });
      }
      connecting ??= connect();
      try {
        const client = await connecting;
        await client.createTask(
          {
            parent: client.queuePath(projectId, location, queue),
            task: {
              name: client.taskPath(projectId, location, queue, name),
              httpRequest: {
                url: `${handler.baseUrl}${path}`,
                httpMethod: 'POST',
                headers: { 'Content-Type': 'application/json' },
                body,
                oidcToken: { serviceAccountEmail, audience: handler.audience },
              },
              dispatchDeadline: toTimestamp(handler.dispatchDeadlineSeconds * 1000),
              ...(delaySeconds > 0 ? { scheduleTime: toTimestamp(config.now() + delaySeconds * 1000) } : {}),
            },
          },
          // The name makes a second try harmless, so a connection that was cut is not the caller's trouble.
          { timeout: config.timeoutSeconds * 1000, retry: { retryCodes: [UNAVAILABLE] } },
        );
        return 'created';
      } catch (error) {
        if (statusOf(error) === ALREADY_EXISTS) return 'exists';
        throw translate(error, queue);
      }
    },
    async close() {
      await (await connecting)?.close();
    },
  };
};
