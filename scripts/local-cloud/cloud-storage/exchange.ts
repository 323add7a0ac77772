/** A request as the two APIs read it, and the reply they give. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { type ObjectRecord, objectHeaders } from './object-record.ts';
import { StorageError } from './wire-errors.ts';

export interface ReceivedBody {
  bytes: Buffer;
  /** False when the sender went away in the middle. */
  complete: boolean;
  /** More came than was to be kept; `bytes` is empty then. */
  tooLarge: boolean;
}

export interface Exchange {
  method: string;
  /** Percent-encoded, as it was sent. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** http://host:port of this request, without a slash at the end. */
  baseUrl: string;
  body(limitBytes?: number): Promise<ReceivedBody>;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

export const header = (headers: IncomingHttpHeaders, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
};

/** Reads to the end even beyond the limit: a sender whose connection is cut never sees the refusal. */
export const receiveBody = async (
  request: IncomingMessage,
  limitBytes = Number.POSITIVE_INFINITY,
): Promise<ReceivedBody> => {
  let chunks: Buffer[] = [];
  let sizeBytes = 0;
  let complete = false;
  try {
    for await (const chunk of request) {
      sizeBytes += chunk.length;
      if (sizeBytes <= limitBytes) chunks.push(chunk);
      else chunks = [];
    }
    complete = true;
  } catch {
    complete = false;
  }
  return { bytes: Buffer.concat(chunks), complete, tooLarge: sizeBytes > limitBytes };
};

export const jsonReply = (value: unknown, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'application/json; charset=UTF-8' },
  body: JSON.stringify(value),
});

const parseRange = (text: string | undefined, sizeBytes: number): [number, number] | undefined => {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(text ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  const start = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  const end = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (start >= sizeBytes || start > end) {
    throw new StorageError({
      status: 416,
      reason: 'requestedRangeNotSatisfiable',
      xmlCode: 'InvalidRange',
      message: 'The requested range cannot be satisfied.',
    });
  }
  return [start, end];
};

/** The bytes of an object, whole or a range; gzip is undone for who does not accept it, as Cloud Storage does. */
export const downloadReply = (exchange: Exchange, record: ObjectRecord, stored: Buffer): Reply => {
  const accepts = header(exchange.headers, 'accept-encoding') ?? '';
  const isGzip = record.contentEncoding === 'gzip';
  const headers: Record<string, string> = {
    'content-type': record.contentType ?? 'application/octet-stream',
    'last-modified': new Date(record.updated).toUTCString(),
    'cache-control': record.cacheControl ?? 'private, max-age=0',
    'accept-ranges': 'bytes',
    ...objectHeaders(record),
    ...(record.contentDisposition ? { 'content-disposition': record.contentDisposition } : {}),
  };
  if (isGzip && !/\bgzip\b/.test(accepts)) {
    return { status: 200, headers: { ...headers, warning: '214 UploadServer gunzipped' }, body: gunzipSync(stored) };
  }
  if (record.contentEncoding) headers['content-encoding'] = record.contentEncoding;
  const range = parseRange(header(exchange.headers, 'range'), stored.length);
  if (!range) return { status: 200, headers, body: stored };
  const [start, end] = range;
  headers['content-range'] = `bytes ${start}-${end}/${stored.length}`;
  return { status: 206, headers, body: stored.subarray(start, end + 1) };
};
