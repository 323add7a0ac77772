/** Sends a task as Cloud Tasks does: its headers, its user agent, its ID token; redirects are not followed. */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LocalIdentity } from '../identity.ts';
import type { Dispatch, Outcome, Task } from './task.ts';

/** Google computes these itself; what the task says of them is dropped (HttpRequest.headers). */
const OWN_HEADERS = /^(host|content-length|user-agent|x-google-.*|x-appengine-.*|x-cloudtasks-.*)$/i;

/** The headers of the attempt, names in lower case. Those of the previous answer are there only when there was one. */
const taskHeaders = (task: Task): Record<string, string> => {
  const previousStatus = task.lastAttempt?.status ?? null;
  return {
    'user-agent': 'Google-Cloud-Tasks',
    'x-cloudtasks-queuename': task.queueId,
    'x-cloudtasks-taskname': task.taskId,
    'x-cloudtasks-taskretrycount': String(task.dispatchCount - 1),
    'x-cloudtasks-taskexecutioncount': String(task.executionCount),
    'x-cloudtasks-tasketa': String(task.scheduledMs / 1000),
    ...(previousStatus === null
      ? {}
      : { 'x-cloudtasks-taskpreviousresponse': String(previousStatus), 'x-cloudtasks-taskretryreason': '' }),
  };
};

/** Seconds or an HTTP date. */
const retryAfterMs = (header: string | undefined, nowMs: number): number => {
  if (header === undefined) return 0;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isNaN(ms) ? 0 : Math.max(0, ms);
};

export const createHttpDispatcher =
  (identity: LocalIdentity, now: () => number): Dispatch =>
  (task, signal) =>
    new Promise<Outcome>((resolve) => {
      const { url, method, body, oidcToken } = task.target;
      const headers: Record<string, string> = {};
      for (const [name, value] of Object.entries(task.target.headers)) {
        if (!OWN_HEADERS.test(name)) headers[name.toLowerCase()] = value;
      }
      Object.assign(headers, taskHeaders(task), { 'content-length': String(body.byteLength) });
      if (oidcToken) {
        const { audience, serviceAccountEmail: email } = oidcToken;
        headers.authorization = `Bearer ${identity.mintIdToken({ audience, email, now: new Date(now()) })}`;
      }
      const send = url.startsWith('https:') ? requestHttps : requestHttp;
      // A connection of its own: one kept open and closed by the handler would look like a failed attempt.
      const request = send(url, { method, headers, signal, agent: false }, (response) => {
        response.resume();
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? null,
            retryAfterMs: retryAfterMs(response.headers['retry-after'], now()),
          }),
        );
        response.on('error', () => resolve({ status: null }));
      });
      request.on('error', () => resolve({ status: null }));
      request.end(body);
    });
