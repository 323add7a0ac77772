/** Takes what Sentry's SDKs send and keeps it for tests. */
import { randomUUID } from 'node:crypto';
import { requireDemoProject } from '../demo-project.ts';
import { type HttpReply, type HttpRequest, jsonReply, serveHttp } from '../http-server.ts';
import { type Envelope, type EnvelopeItem, parseEnvelope, unpack } from './envelope.ts';

const PUBLIC_KEY = 'local';
const SENTRY_PROJECT = '1';
const LARGEST_ENVELOPE_BYTES = 20 * 1024 * 1024;
const KEPT_ITEMS = 1000;
const CORS = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

export interface SentrySink {
  port: number;
  /** For SENTRY_DSN. */
  dsn: string;
  /** The newest thousand items, oldest first. */
  items: readonly EnvelopeItem[];
  /** The payloads of the items of type `event`. */
  events(): Readonly<Record<string, unknown>>[];
  clear(): void;
  close(): Promise<void>;
}

const refusal = (status: number, detail: string): HttpReply => jsonReply(status, { detail }, CORS);

const keyOf = (request: HttpRequest, envelope: Envelope): string | null => {
  const inHeader = /\bsentry_key=(\w+)/.exec(String(request.headers['x-sentry-auth'] ?? ''))?.[1];
  const dsn = typeof envelope.header.dsn === 'string' ? envelope.header.dsn : '';
  return inHeader ?? request.query.get('sentry_key') ?? /^https?:\/\/(\w+)@/.exec(dsn)?.[1] ?? null;
};

const readEnvelope = (request: HttpRequest): Envelope | HttpReply => {
  if (request.body.length > LARGEST_ENVELOPE_BYTES) return refusal(413, 'envelope too large');
  try {
    return parseEnvelope(unpack(request.body, request.headers['content-encoding']));
  } catch {
    return refusal(400, 'invalid event envelope');
  }
};

/** @throws Error when the project's id does not begin with `demo-`. */
export const createSentrySink = async (options: { projectId: string; port?: number }): Promise<SentrySink> => {
  requireDemoProject(options.projectId);
  const items: EnvelopeItem[] = [];
  const receive = (request: HttpRequest): HttpReply => {
    const project = /^\/api\/([^/]+)\/envelope\/?$/.exec(request.path)?.[1];
    if (project === undefined) return refusal(404, 'no such address');
    if (request.method === 'OPTIONS') {
      return { status: 204, headers: { ...CORS, 'access-control-allow-headers': 'content-type, x-sentry-auth' } };
    }
    if (request.method !== 'POST') return refusal(405, 'method not allowed');
    const envelope = readEnvelope(request);
    if ('status' in envelope) return envelope;
    const key = keyOf(request, envelope);
    if (key === null) return refusal(401, 'missing authorization information');
    if (key !== PUBLIC_KEY || project !== SENTRY_PROJECT) return refusal(403, 'event submission rejected');
    items.push(...envelope.items);
    items.splice(0, items.length - KEPT_ITEMS);
    return jsonReply(200, { id: envelope.header.event_id ?? randomUUID().replaceAll('-', '') }, CORS);
  };
  const server = await serveHttp(options.port ?? 0, receive);
  return {
    port: server.port,
    dsn: `http://${PUBLIC_KEY}@127.0.0.1:${server.port}/${SENTRY_PROJECT}`,
    items,
    events: () =>
      items.filter((item) => item.type === 'event').map((item) => item.payload as Readonly<Record<string, unknown>>),
    clear: () => void items.splice(0),
    close: server.close,
  };
};
