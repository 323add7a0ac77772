/** Firebase Hosting: the public folder, rewrites to services and files, headers; a service's answer is read whole and cut at 60 s. */
import { join } from 'node:path';
import { requireDemoProject } from '../demo-project.ts';
import { type HttpReply, type HttpRequest, jsonReply, type RunningHttpServer, serveHttp } from '../http-server.ts';
import { type HostingConfig, headersOf, rewriteOf } from './hosting-config.ts';
import { findStaticFile, type StaticFile } from './static-files.ts';

export interface HostingOptions {
  /** Has to begin with demo-. */
  projectId: string;
  /** 0 takes a free one. */
  port: number;
  config: HostingConfig;
  /** Where `config.public` is. */
  root: string;
  serviceUrl(service: string): string;
  /** What /__/firebase/init.json answers. */
  webConfig: Readonly<Record<string, unknown>>;
  /** Origins that the page connects to here, beside those of firebase.json's Content-Security-Policy. */
  localOrigins?: readonly string[];
  /** https://firebase.google.com/docs/hosting/functions: 60 s. */
  serviceTimeoutSeconds?: number;
}

const USUAL_TIMEOUT_SECONDS = 60;
/** Of a connection, not of a request (RFC 9110, section 7.6.1), and what reading the answer whole makes untrue. */
const NOT_PASSED_ON = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-encoding', 'content-length']);
/** Answered where nothing is; rules that name it count there. https://firebase.google.com/docs/hosting/full-config#404 */
const NOT_FOUND = '/404.html';
const NOT_SENT_ON = new Set(['connection', 'keep-alive', 'host', 'content-length', 'transfer-encoding', 'expect']);

const textReply = (status: number, message: string): HttpReply => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: message,
});

const staticReply = ({ bytes, contentType, etag }: StaticFile, request: HttpRequest): HttpReply => {
  const headers = { 'content-type': contentType, 'cache-control': 'max-age=3600', etag };
  if (request.headers['if-none-match'] === etag) return { status: 304, headers };
  return { status: 200, headers, body: request.method === 'HEAD' ? '' : bytes };
};

/** Of all cookies only __session comes through. https://firebase.google.com/docs/hosting/manage-cache#using_cookies */
const sessionCookie = (cookie: string): string | undefined =>
  cookie.split(/;\s*/).find((pair) => pair.startsWith('__session='));

const sentHeaders = (request: HttpRequest): Headers => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (!NOT_SENT_ON.has(name) && name !== 'cookie') headers.set(name, String(value));
  }
  const session = sessionCookie(request.headers.cookie ?? '');
  if (session) headers.set('cookie', session);
  headers.set('x-forwarded-host', request.headers.host ?? '');
  return headers;
};

const fromService = async (request: HttpRequest, address: string, timeoutSeconds: number): Promise<HttpReply> => {
  const tooLate = AbortSignal.timeout(timeoutSeconds * 1000);
  try {
    const answer = await fetch(address, {
      method: request.method,
      headers: sentHeaders(request),
      redirect: 'manual',
      signal: AbortSignal.any([tooLate, request.gone]),
      ...(request.body.length > 0 ? { body: new Uint8Array(request.body) } : {}),
    });
    const body = new Uint8Array(await answer.arrayBuffer());
    const headers: Record<string, string> = Object.fromEntries(
      [...answer.headers].filter(([name]) => !NOT_PASSED_ON.has(name)),
    );
    const hasBody = answer.status !== 204 && answer.status !== 304;
    if (hasBody) headers['content-length'] = String(body.byteLength);
    return { status: answer.status, headers: { 'cache-control': 'private', ...headers }, body };
  } catch {
    return tooLate.aborted ? textReply(504, 'upstream request timeout') : textReply(502, 'Bad Gateway');
  }
};

export const createHosting = async (options: HostingOptions): Promise<RunningHttpServer> => {
  requireDemoProject(options.projectId);
  const { config, root, localOrigins = [], serviceTimeoutSeconds = USUAL_TIMEOUT_SECONDS } = options;
  const folder = join(root, config.public);
  const find = (path: string) => findStaticFile(folder, config.ignore ?? [], path);

  const rules = (path: string): Record<string, string> => headersOf(config, path, localOrigins);

  /** Null: nothing is there. */
  const answer = async (request: HttpRequest, path: string): Promise<HttpReply | null> => {
    if (path === '/__/firebase/init.json') return jsonReply(200, options.webConfig, { 'cache-control': 'no-cache' });
    if (path.startsWith('/__/')) return textReply(404, 'Not Found');
    const file = await find(path);
    if (file && (request.method === 'GET' || request.method === 'HEAD')) return staticReply(file, request);
    const rewrite = rewriteOf(config, path);
    if (!rewrite) return null;
    if ('destination' in rewrite) {
      const destination = await find(rewrite.destination);
      return destination && staticReply(destination, request);
    }
    const query = request.query.size > 0 ? `?${request.query}` : '';
    const address = `${options.serviceUrl(rewrite.run.serviceId)}${request.path}${query}`;
    return fromService(request, address, serviceTimeoutSeconds);
  };

  const nothingHere = async (path: string): Promise<HttpReply> => {
    const page = await find(NOT_FOUND);
    const reply = page
      ? { headers: { 'content-type': page.contentType }, body: page.bytes }
      : textReply(404, 'Not Found');
    return { ...reply, status: 404, headers: { ...reply.headers, ...rules(path), ...rules(NOT_FOUND) } };
  };

  return serveHttp(options.port, async (request) => {
    let path: string;
    try {
      path = decodeURIComponent(request.path);
    } catch {
      return textReply(400, 'Bad Request');
    }
    const reply = await answer(request, path);
    return reply ? { ...reply, headers: { ...reply.headers, ...rules(path) } } : nothingHere(path);
  });
};
