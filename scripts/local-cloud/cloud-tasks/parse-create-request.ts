/** A CreateTaskRequest as proto-loader reads it, checked as Cloud Tasks checks it (cloudtasks.proto, task.proto, target.proto). */
import { type HttpTarget, type TaskDraft, TaskServiceError } from './task.ts';

interface WireTime {
  seconds: string;
  nanos: number;
}

export interface WireTask {
  name: string;
  messageType?: string;
  httpRequest?: {
    url: string;
    httpMethod: string;
    headers: Record<string, string>;
    body: Uint8Array;
    authorizationHeader?: string;
    oidcToken?: { serviceAccountEmail: string; audience: string } | null;
  } | null;
  scheduleTime: WireTime | null;
  dispatchDeadline: WireTime | null;
}

/** What the checks need to know of the service. */
interface Surroundings {
  nowMs: number;
  /** Null: every service account is taken for known. */
  serviceAccounts: readonly string[] | null;
}

const MAX_TASK_BYTES = 1024 * 1024;
const MAX_HEADER_BYTES = 80 * 1024;
const MAX_URL_CHARACTERS = 2083;
const MAX_AHEAD_MS = 30 * 24 * 60 * 60 * 1000;
const MIN_DEADLINE_MS = 15_000;
const MAX_DEADLINE_MS = 30 * 60_000;
const DEFAULT_DEADLINE_MS = 10 * 60_000;
const METHODS_WITH_BODY = ['POST', 'PUT', 'PATCH'];

const invalid = (details: string): TaskServiceError => new TaskServiceError('INVALID_ARGUMENT', details);

const toMs = ({ seconds, nanos }: WireTime): number => Number(seconds) * 1000 + nanos / 1e6;

const bytes = (text: string): number => Buffer.byteLength(text);

const headerBytes = (headers: Readonly<Record<string, string>>): number =>
  Object.entries(headers).reduce((sum, [name, value]) => sum + bytes(name) + bytes(value), 0);

const parseTarget = (task: WireTask, { serviceAccounts }: Surroundings): HttpTarget => {
  const { httpRequest } = task;
  if (task.messageType === 'appEngineHttpRequest') {
    throw new TaskServiceError('UNIMPLEMENTED', 'This stand-in sends HTTP tasks only.');
  }
  if (!httpRequest) throw invalid('Task.message_type must be set.');
  const { url, headers, body } = httpRequest;
  const method = httpRequest.httpMethod === 'HTTP_METHOD_UNSPECIFIED' ? 'POST' : httpRequest.httpMethod;
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw invalid('HttpRequest.url must start with "http://" or "https://" and hold a host.');
  }
  if (url.length > MAX_URL_CHARACTERS)
    throw invalid(`HttpRequest.url is longer than ${MAX_URL_CHARACTERS} characters.`);
  if (body.byteLength > 0 && !METHODS_WITH_BODY.includes(method)) {
    throw invalid(`HttpRequest.body is not allowed with ${method}.`);
  }
  if (headerBytes(headers) >= MAX_HEADER_BYTES) throw invalid('HttpRequest.headers must be less than 80KB.');
  if (httpRequest.authorizationHeader === 'oauthToken') throw invalid('oauth_token is for *.googleapis.com only.');
  const { oidcToken } = httpRequest;
  if (!oidcToken) return { url, method, headers, body, oidcToken: null };
  const { serviceAccountEmail, audience } = oidcToken;
  if (!serviceAccountEmail) throw invalid('OidcToken.service_account_email must be set.');
  if (serviceAccounts && !serviceAccounts.includes(serviceAccountEmail)) {
    throw new TaskServiceError('NOT_FOUND', 'The service account of the OIDC token does not exist.');
  }
  return { url, method, headers, body, oidcToken: { serviceAccountEmail, audience: audience || url } };
};

const parseTaskId = (name: string, parent: string): string | null => {
  if (name === '') return null;
  const match = /^(projects\/[^/]+\/locations\/[^/]+\/queues\/[^/]+)\/tasks\/([^/]*)$/.exec(name);
  if (!match) throw invalid('The task name must be formatted: "projects/…/locations/…/queues/…/tasks/…".');
  const [, queueName, taskId = ''] = match;
  if (queueName !== parent) throw invalid('The queue of the task name must be the queue of the request.');
  if (/^[A-Za-z0-9_-]{1,500}$/.test(taskId)) return taskId;
  throw invalid('Task ID must be 1 to 500 letters, digits, hyphens or underscores.');
};

const parseScheduleMs = (time: WireTime | null, nowMs: number): number | null => {
  if (!time) return null;
  const scheduledMs = toMs(time);
  if (scheduledMs - nowMs > MAX_AHEAD_MS) throw invalid('Task.schedule_time must be at most 30 days ahead.');
  return scheduledMs;
};

const parseDeadlineMs = (time: WireTime | null): number => {
  const deadlineMs = time ? toMs(time) : DEFAULT_DEADLINE_MS;
  if (deadlineMs >= MIN_DEADLINE_MS && deadlineMs <= MAX_DEADLINE_MS) return deadlineMs;
  throw invalid('Task.dispatch_deadline must be between 15s and 1800s.');
};

/** @throws TaskServiceError INVALID_ARGUMENT, NOT_FOUND (service account), UNIMPLEMENTED (App Engine). */
export const parseCreateRequest = (
  { parent, task }: { parent: string; task: WireTask | null },
  surroundings: Surroundings,
): TaskDraft => {
  if (!task) throw invalid('CreateTaskRequest.task must be set.');
  const taskId = parseTaskId(task.name, parent);
  const target = parseTarget(task, surroundings);
  // Google counts the stored form; the few bytes of its framing are left out here.
  const sizeBytes = bytes(task.name) + bytes(target.url) + headerBytes(target.headers) + target.body.byteLength;
  if (sizeBytes > MAX_TASK_BYTES) throw invalid('Task size too large.');
  return {
    taskId,
    target,
    scheduledMs: parseScheduleMs(task.scheduleTime, surroundings.nowMs),
    dispatchDeadlineMs: parseDeadlineMs(task.dispatchDeadline),
  };
};
