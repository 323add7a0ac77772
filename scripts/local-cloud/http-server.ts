/** The HTTP side of the stand-ins: bodies read whole, errors in the shape of Google's JSON APIs. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpRequest {
  method: string;
  /** Percent-encoded, as it was sent. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Aborted when the caller hangs up or the server closes. */
  gone: AbortSignal;
}

export interface HttpReply {
  status: number;
  headers?: Readonly<Record<string, string>>;
  /** Pieces are sent one by one. */
  body?: string | Uint8Array | readonly string[];
}

export interface RunningHttpServer {
  port: number;
  /** Without a slash at its end. */
  url: string;
  close(): Promise<void>;
}

const readWhole = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

const send = (response: ServerResponse, reply: HttpReply): void => {
  response.writeHead(reply.status, reply.headers);
  const pieces = Array.isArray(reply.body) ? reply.body : [reply.body ?? ''];
  for (const piece of pieces) response.write(piece);
  response.end();
};

/** Listens on 127.0.0.1; port 0 takes a free one. What the handler throws is a 500. */
export const serveHttp = async (
  port: number,
  handle: (request: HttpRequest) => Promise<HttpReply> | HttpReply,
): Promise<RunningHttpServer> => {
  const closing = new AbortController();
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const left = new AbortController();
    response.on('close', () => left.abort());
    const gone = AbortSignal.any([left.signal, closing.signal]);
    try {
      const url = new URL(incoming.url ?? '/', 'http://localhost');
      const reply = await handle({
        method: incoming.method ?? 'GET',
        path: url.pathname,
        query: url.searchParams,
        headers: incoming.headers,
        body: await readWhole(incoming),
        gone,
      });
      if (!gone.aborted) send(response, reply);
    } catch (thrown) {
      if (gone.aborted || response.headersSent) return;
      console.error(thrown);
      send(response, errorReply(500, 'INTERNAL', 'The stand-in failed; its own error is on the console.'));
    }
  };
  const server = createServer((incoming, response) => void answer(incoming, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    port: bound,
    url: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise<void>((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

export const jsonReply = (
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpReply => ({
  status,
  headers: { 'content-type': 'application/json; charset=UTF-8', ...headers },
  body: JSON.stringify(value),
});

/** `{ error: { code, message, status, details } }`: https://cloud.google.com/apis/design/errors#http_mapping */
export const errorReply = (
  httpStatus: number,
  status: string,
  message: string,
  details: readonly unknown[] = [],
): HttpReply =>
  jsonReply(httpStatus, {
    error: { code: httpStatus, message, status, ...(details.length > 0 ? { details } : {}) },
  });

export const unauthenticatedReply = (): HttpReply =>
  errorReply(401, 'UNAUTHENTICATED', 'The request has no valid authentication credential.', [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'ACCESS_TOKEN_TYPE_UNSUPPORTED',
      domain: 'googleapis.com',
    },
  ]);

export const bearerToken = (headers: IncomingHttpHeaders): string | null =>
  /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
