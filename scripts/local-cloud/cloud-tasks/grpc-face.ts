/** google.cloud.tasks.v2.CloudTasks over the engine. Methods that are not here answer UNIMPLEMENTED. */
import type { ServerUnaryCall, sendUnaryData, UntypedServiceImplementation } from '@grpc/grpc-js';
import type { Clock } from './clock.ts';
import type { Engine } from './engine.ts';
import { parseCreateRequest, type WireTask } from './parse-create-request.ts';
import { type Task, TaskServiceError } from './task.ts';

interface FaceParts {
  engine: Engine;
  clock: Clock;
  projectId: string;
  location: string;
  /** Null: every service account is taken for known. */
  serviceAccounts: readonly string[] | null;
}

interface NameRequest {
  name: string;
  responseView?: string;
}

interface ListRequest {
  parent: string;
  pageSize: number;
  pageToken: string;
  responseView: string;
}

const MAX_PAGE = 1000;

const timestamp = (ms: number): { seconds: string; nanos: number } => ({
  seconds: String(Math.floor(ms / 1000)),
  nanos: Math.round((ms - Math.floor(ms / 1000) * 1000) * 1e6),
});

const attemptMessage = ({ lastAttempt }: Task): unknown => {
  if (!lastAttempt) return null;
  const { scheduledMs, dispatchedMs, respondedMs, status } = lastAttempt;
  return {
    scheduleTime: timestamp(scheduledMs),
    dispatchTime: timestamp(dispatchedMs),
    responseTime: respondedMs === null ? null : timestamp(respondedMs),
    // google.rpc.Code UNKNOWN: Google tells the HTTP status in the message.
    responseStatus: status === null ? null : { code: 2, message: `HTTP status code ${status}` },
  };
};

/** Unary handlers as plain functions: a TaskServiceError is the answer, anything else is INTERNAL. */
const unary =
  <Request>(answer: (request: Request) => unknown) =>
  (call: ServerUnaryCall<Request, unknown>, callback: sendUnaryData<unknown>): void => {
    try {
      callback(null, answer(call.request));
    } catch (error) {
      const refusal = error instanceof TaskServiceError ? error : { code: 13, details: String(error) };
      callback({ code: refusal.code, details: refusal.details });
    }
  };

export const createGrpcFace = (parts: FaceParts): UntypedServiceImplementation => {
  const { engine, clock, projectId, location, serviceAccounts } = parts;

  /** What follows /queues/, when the name is of this project and location. */
  const below = (name: string): string => {
    const match = /^projects\/([^/]+)\/locations\/([^/]+)\/queues\/(.+)$/.exec(name);
    if (!match) throw new TaskServiceError('INVALID_ARGUMENT', 'Name must be "projects/…/locations/…/queues/…".');
    const [, project, place, rest = ''] = match;
    if (project !== projectId) {
      throw new TaskServiceError('PERMISSION_DENIED', `Permission denied on resource project ${project}.`);
    }
    if (place !== location) throw new TaskServiceError('NOT_FOUND', 'Queue does not exist.');
    return rest;
  };

  const queueName = (queueId: string): string => `projects/${projectId}/locations/${location}/queues/${queueId}`;

  const taskParts = (name: string): [queueId: string, taskId: string] => {
    const [queueId = '', tasks, taskId = '', more] = below(name).split('/');
    if (tasks === 'tasks' && taskId !== '' && more === undefined) return [queueId, taskId];
    throw new TaskServiceError('INVALID_ARGUMENT', 'Name must be "projects/…/locations/…/queues/…/tasks/…".');
  };

  const taskMessage = (task: Task, view: string | undefined): unknown => {
    const { url, method, headers, body, oidcToken } = task.target;
    const isFull = view === 'FULL';
    return {
      name: `${queueName(task.queueId)}/tasks/${task.taskId}`,
      httpRequest: { url, httpMethod: method, headers, oidcToken, ...(isFull ? { body } : {}) },
      scheduleTime: timestamp(task.scheduledMs),
      createTime: timestamp(Math.floor(task.createdMs / 1000) * 1000),
      dispatchDeadline: timestamp(task.dispatchDeadlineMs),
      dispatchCount: task.dispatchCount,
      responseCount: task.responseCount,
      firstAttempt: task.firstDispatchedMs === null ? null : { dispatchTime: timestamp(task.firstDispatchedMs) },
      lastAttempt: attemptMessage(task),
      view: isFull ? 'FULL' : 'BASIC',
    };
  };

  const queueMessage = (queueId: string): unknown => {
    const queue = engine.queue(queueId);
    const { maxRetryDurationSeconds, minBackoffSeconds, maxBackoffSeconds, ...retry } = queue.settings.retryConfig;
    const purgedMs = engine.purgedMs(queueId);
    return {
      name: queueName(queueId),
      state: queue.paused() ? 'PAUSED' : 'RUNNING',
      rateLimits: queue.settings.rateLimits,
      retryConfig: {
        ...retry,
        maxRetryDuration: timestamp(maxRetryDurationSeconds * 1000),
        minBackoff: timestamp(minBackoffSeconds * 1000),
        maxBackoff: timestamp(maxBackoffSeconds * 1000),
      },
      purgeTime: purgedMs === null ? null : timestamp(purgedMs),
    };
  };

  const setPaused = (name: string, paused: boolean): unknown => {
    const queueId = below(name);
    engine.queue(queueId).setPaused(paused);
    return queueMessage(queueId);
  };

  return {
    getQueue: unary(({ name }: NameRequest) => queueMessage(below(name))),
    pauseQueue: unary(({ name }: NameRequest) => setPaused(name, true)),
    resumeQueue: unary(({ name }: NameRequest) => setPaused(name, false)),
    purgeQueue: unary(({ name }: NameRequest) => {
      const queueId = below(name);
      engine.purge(queueId);
      return queueMessage(queueId);
    }),
    createTask: unary((request: { parent: string; task: WireTask | null; responseView: string }) => {
      const queueId = below(request.parent);
      engine.queue(queueId);
      const draft = parseCreateRequest(request, { nowMs: clock.now(), serviceAccounts });
      return taskMessage(engine.createTask(queueId, draft), request.responseView);
    }),
    getTask: unary(({ name, responseView }: NameRequest) =>
      taskMessage(engine.getTask(...taskParts(name)), responseView),
    ),
    deleteTask: unary(({ name }: NameRequest) => {
      engine.deleteTask(...taskParts(name));
      return {};
    }),
    listTasks: unary(({ parent, pageSize, pageToken, responseView }: ListRequest) => {
      const size = pageSize > 0 ? Math.min(pageSize, MAX_PAGE) : MAX_PAGE;
      // Sorted by name, so that a page goes on where the last one ended whatever was finished in between.
      const rest = [...engine.queue(below(parent)).tasks.values()]
        .filter(({ taskId }) => taskId > pageToken)
        .sort((a, b) => (a.taskId < b.taskId ? -1 : 1));
      const page = rest.slice(0, size);
      return {
        tasks: page.map((task) => taskMessage(task, responseView)),
        nextPageToken: rest.length > size ? (page.at(-1)?.taskId ?? '') : '',
      };
    }),
  };
};
