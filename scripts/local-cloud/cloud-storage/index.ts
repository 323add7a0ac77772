/** A stand-in for Cloud Storage: JSON API, signed URLs of the XML API, CORS, and finalize events, on one port. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { requireDemoProject } from '../demo-project.ts';
import type { LocalIdentity } from '../identity.ts';
import { preflightHeaders, responseHeaders } from './cors.ts';
import { type Exchange, header, type Reply, receiveBody } from './exchange.ts';
import { createFinalizeEvents, type FinalizeTarget } from './finalize-events.ts';
import { createJsonApi, isJsonPath } from './json-api.ts';
import { inFolder, inMemory } from './object-files.ts';
import { type BucketConfig, type CorsEntry, createObjectStore } from './object-store.ts';
import { createUploadSessions } from './upload-sessions.ts';
import { injectedFault, invalidArgument, jsonErrorBody, StorageError, xmlErrorBody } from './wire-errors.ts';
import { createXmlApi, xmlTarget } from './xml-api.ts';

export interface CloudStorageOptions {
  /** Has to begin with demo-. */
  projectId: string;
  /** 0 takes a free port. */
  port: number;
  identity: LocalIdentity;
  buckets: readonly BucketConfig[];
  /** Objects and undelivered events survive a restart here; without it they live in memory. */
  folder?: string;
  /** By bucket. A bucket without a target has no trigger: its writes make no events. */
  finalizeTargets?: Readonly<Record<string, FinalizeTarget>>;
  deliverTwice?: boolean;
  firstRetrySeconds?: number;
  longestRetrySeconds?: number;
  /** Which bearer tokens the JSON API takes; any by default. */
  isAccessToken?: (token: string) => boolean;
  now?: () => Date;
  /** Tests: a status (429, 503 …) to answer with instead of doing what is asked; a promise holds the request up. */
  fault?: (request: Pick<Exchange, 'method' | 'path' | 'query'>) => number | undefined | Promise<number | undefined>;
}

export interface RunningCloudStorage {
  port: number;
  /** http://127.0.0.1:port */
  url: string;
  setFinalizeTarget(bucket: string, target: FinalizeTarget): void;
  /** Events that no 2xx has answered yet. */
  openEvents(): number;
  close(): Promise<void>;
}

const asRefusal = (thrown: unknown): StorageError => {
  if (thrown instanceof StorageError) return thrown;
  if (thrown instanceof URIError) return invalidArgument('Invalid percent-encoding.');
  console.error('Cloud Storage stand-in:', thrown);
  return injectedFault(500);
};

const send = (response: ServerResponse, method: string, reply: Reply): void => {
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : (reply.body ?? Buffer.alloc(0));
  const hasBody = reply.status !== 204 && reply.status !== 304;
  response.writeHead(reply.status, { ...(hasBody ? { 'content-length': body.length } : {}), ...reply.headers });
  response.end(hasBody && method !== 'HEAD' ? body : undefined);
};

const refusalReply = (error: StorageError, exchange: Exchange): Reply => {
  const { status, message } = error.refusal;
  if (!isJsonPath(exchange.path)) {
    return { status, headers: { 'content-type': 'application/xml; charset=UTF-8' }, body: xmlErrorBody(error) };
  }
  if (exchange.query.get('alt') === 'media') {
    return { status, headers: { 'content-type': 'text/html; charset=UTF-8' }, body: message };
  }
  return { status, headers: { 'content-type': 'application/json; charset=UTF-8' }, body: jsonErrorBody(error) };
};

const exchangeOf = (request: IncomingMessage): Exchange => {
  const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: request.headers,
    baseUrl: `http://${request.headers.host ?? '127.0.0.1'}`,
    body: (limitBytes) => receiveBody(request, limitBytes),
  };
};

export const createCloudStorage = async (options: CloudStorageOptions): Promise<RunningCloudStorage> => {
  requireDemoProject(options.projectId);
  const now = options.now ?? (() => new Date());
  let url = '';
  const events = createFinalizeEvents({
    identity: options.identity,
    now,
    baseUrl: () => url,
    ...(options.folder ? { folder: join(options.folder, 'events') } : {}),
    deliverTwice: options.deliverTwice ?? false,
    firstRetrySeconds: options.firstRetrySeconds ?? 1,
    longestRetrySeconds: options.longestRetrySeconds ?? 60,
  });
  const store = createObjectStore({
    buckets: options.buckets,
    files: options.folder ? inFolder(join(options.folder, 'objects')) : inMemory(),
    now,
    onFinalize: events.prepare,
  });
  const sessions = createUploadSessions(store);
  const jsonApi = createJsonApi({ store, sessions, isAccessToken: options.isAccessToken ?? (() => true) });
  const xmlApi = createXmlApi({ store, sessions, publicKey: options.identity.publicKey, now });

  /** Pages use signed URLs only; a path of the JSON API has no list and so allows none. */
  const corsOf = (exchange: Exchange): readonly CorsEntry[] => {
    const bucket = options.buckets.find(({ name }) => name === xmlTarget(exchange.path).bucket);
    return bucket?.cors ?? [];
  };
  const preflight = (exchange: Exchange): Reply => {
    const asked = header(exchange.headers, 'access-control-request-headers') ?? '';
    const headers = preflightHeaders(corsOf(exchange), {
      origin: header(exchange.headers, 'origin') ?? '',
      method: header(exchange.headers, 'access-control-request-method') ?? '',
      requestHeaders: asked.split(',').flatMap((name) => name.trim() || []),
    });
    return { status: 200, headers };
  };
  const answer = async (exchange: Exchange): Promise<Reply> => {
    if (exchange.method === 'OPTIONS') return preflight(exchange);
    try {
      const status = await options.fault?.(exchange);
      if (status !== undefined) throw injectedFault(status);
      return await (isJsonPath(exchange.path) ? jsonApi(exchange) : xmlApi(exchange));
    } catch (thrown) {
      return refusalReply(asRefusal(thrown), exchange);
    }
  };

  const server = createServer((request, response) => {
    const exchange = exchangeOf(request);
    const origin = request.headers.origin;
    void answer(exchange).then((reply) => {
      const isPlain = origin === undefined || exchange.method === 'OPTIONS';
      const cors = isPlain ? {} : responseHeaders(corsOf(exchange), origin, exchange.method);
      request.resume();
      send(response, exchange.method, { ...reply, headers: { ...reply.headers, ...cors } });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}`;
  events.load(({ bucket, name, generation }) => store.find(bucket, name, generation) !== undefined);
  for (const [bucket, target] of Object.entries(options.finalizeTargets ?? {})) events.setTarget(bucket, target);

  return {
    port,
    url,
    setFinalizeTarget: events.setTarget,
    openEvents: events.openEvents,
    async close() {
      server.closeAllConnections();
      await Promise.all([new Promise((resolve) => server.close(resolve)), events.close()]);
    },
  };
};
