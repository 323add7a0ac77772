/** Cloud Run's front door: checks who calls, takes as many requests as there are instances, ends those that take too long. */
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as requestHttp,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { requireDemoProject } from '../demo-project.ts';
import { bearerToken } from '../http-server.ts';
import type { LocalIdentity } from '../identity.ts';
import { emailOfIdToken, withoutSignature } from './id-token.ts';
import { createInstanceSlots, type InstanceSlots } from './instance-slots.ts';

export interface CloudRunService {
  /** The service account with run.invoker; null lets everybody in. */
  invoker: string | null;
  timeoutSeconds: number;
  /** Requests that one instance takes at a time. */
  concurrency: number;
  instances: number;
}

export interface FrontDoorOptions {
  /** Has to begin with demo-. */
  projectId: string;
  /** 0 takes a free one. */
  port: number;
  identity: LocalIdentity;
  services: Readonly<Record<string, CloudRunService>>;
  /** Where the container of a service listens on 127.0.0.1; null while there is none. */
  containerPort(service: string): number | null;
  now?: () => Date;
  /** How long a request waits for a free instance. Default 10 s. */
  waitMs?: number;
}

export interface FrontDoor {
  port: number;
  /** Without a slash at its end. */
  url: string;
  /** Its address, and the audience of its tokens. */
  serviceUrl(service: string): string;
  /** Whether a container has had a request to work on since the last call. */
  wasBusy(): boolean;
  close(): Promise<void>;
}

interface Refusal {
  status: number;
  message: string;
  headers?: Record<string, string>;
}

const LARGEST_REQUEST_BYTES = 32 * 1024 * 1024;
const USUAL_WAIT_MS = 10_000;

const NOT_FOUND: Refusal = { status: 404, message: 'The requested URL was not found on this server.' };
const FORBIDDEN: Refusal = {
  status: 403,
  message: 'Your client does not have permission to get this URL from this server.',
};
const UNAUTHORIZED: Refusal = {
  status: 401,
  message: 'Your client does not have permission to the requested URL.',
  headers: {
    'www-authenticate': 'Bearer error="invalid_token" error_description="The access token could not be verified"',
  },
};
const TOO_LARGE: Refusal = { status: 413, message: 'Request Entity Too Large' };
const NO_INSTANCE: Refusal = {
  status: 429,
  message: 'The request was aborted because there was no available instance.',
};
const NO_CONTAINER: Refusal = { status: 503, message: 'Service Unavailable' };
const TIMED_OUT: Refusal = { status: 504, message: 'upstream request timeout' };

const refuse = (response: ServerResponse, { status, message, headers }: Refusal): void => {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'text/plain; charset=UTF-8', ...headers });
  response.end(message);
};

/** Null: let in. */
const refusalOf = (
  headers: IncomingHttpHeaders,
  invoker: string | null,
  expected: Parameters<typeof emailOfIdToken>[1],
): Refusal | null => {
  if (invoker === null) return null;
  const token = bearerToken(headers);
  if (token === null) return FORBIDDEN;
  const email = emailOfIdToken(token, expected);
  if (email === null) return UNAUTHORIZED;
  return email === invoker ? null : FORBIDDEN;
};

const forwardedHeaders = (incoming: IncomingMessage, isPrivate: boolean): IncomingHttpHeaders => {
  const { authorization, connection: _, 'x-forwarded-for': before, ...headers } = incoming.headers;
  const client = incoming.socket.remoteAddress ?? '127.0.0.1';
  return {
    ...headers,
    'x-forwarded-for': before === undefined ? client : `${String(before)}, ${client}`,
    'x-forwarded-proto': 'https',
    ...(authorization === undefined
      ? {}
      : { authorization: isPrivate ? withoutSignature(authorization) : authorization }),
  };
};

/** Answers when the container has answered whole, has failed, or is out of time. */
const forward = (
  incoming: IncomingMessage,
  response: ServerResponse,
  target: { port: number; path: string; headers: IncomingHttpHeaders; timeoutSeconds: number; gone: AbortSignal },
): Promise<void> =>
  new Promise((resolve) => {
    const { port, path, headers, timeoutSeconds, gone } = target;
    const upstream = requestHttp({ host: '127.0.0.1', port, path, method: incoming.method, headers, agent: false });
    const end = (refusal?: Refusal): void => {
      clearTimeout(timer);
      gone.removeEventListener('abort', leave);
      if (refusal) {
        upstream.destroy();
        refuse(response, refusal);
      }
      resolve();
    };
    const leave = (): void => {
      upstream.destroy();
      end();
    };
    const timer = setTimeout(() => end(TIMED_OUT), timeoutSeconds * 1000);
    gone.addEventListener('abort', leave, { once: true });
    upstream.on('error', () => end(NO_CONTAINER));
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('error', () => end(NO_CONTAINER));
      response.on('close', () => end());
    });
    incoming.pipe(upstream);
  });

export const createFrontDoor = async (options: FrontDoorOptions): Promise<FrontDoor> => {
  requireDemoProject(options.projectId);
  const { services, identity, now = () => new Date(), waitMs = USUAL_WAIT_MS } = options;
  const slots = new Map<string, InstanceSlots>(
    Object.entries(services).map(([name, service]) => [name, createInstanceSlots({ ...service, waitMs })]),
  );
  let url = '';
  let atWork = 0;
  let hadWork = false;
  const serviceUrl = (service: string): string => `${url}/${service}`;

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, name = '', rest = ''] = /^\/([^/?]+)(.*)$/s.exec(incoming.url ?? '/') ?? [];
    const service = services[name];
    if (!service) return refuse(response, NOT_FOUND);
    const refusal = refusalOf(incoming.headers, service.invoker, { identity, audience: serviceUrl(name), now: now() });
    if (refusal) return refuse(response, refusal);
    if (Number(incoming.headers['content-length'] ?? 0) > LARGEST_REQUEST_BYTES) return refuse(response, TOO_LARGE);
    const left = new AbortController();
    response.on('close', () => left.abort());
    const giveBack = await slots.get(name)?.take(left.signal);
    if (!giveBack) return refuse(response, NO_INSTANCE);
    try {
      const port = options.containerPort(name);
      if (port === null) return refuse(response, NO_CONTAINER);
      atWork += 1;
      hadWork = true;
      await forward(incoming, response, {
        port,
        path: rest.startsWith('/') ? rest : `/${rest}`,
        headers: forwardedHeaders(incoming, service.invoker !== null),
        timeoutSeconds: service.timeoutSeconds,
        gone: left.signal,
      }).finally(() => {
        atWork -= 1;
      });
    } finally {
      giveBack();
    }
  };

  const server = createServer({ requestTimeout: 0 }, (incoming, response) => void serve(incoming, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}`;
  return {
    port,
    url,
    serviceUrl,
    wasBusy() {
      const answer = hadWork;
      hadWork = atWork > 0;
      return answer;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};
