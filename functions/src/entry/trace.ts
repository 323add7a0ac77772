/** The ids that a request carries from the browser to the last task: taken over from its headers, or new. */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type Trace, TraceSchema } from '../contracts/work.ts';
import type { IdSource } from '../ports.ts';

/** W3C Trace Context, version 00: https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/;
/** https://cloud.google.com/trace/docs/trace-context#legacy-http-header */
const CLOUD_TRACE = /^([0-9a-f]{32})(?:\/|;|$)/i;
const NO_TRACE = '0'.repeat(32);

const headerOf = (headers: IncomingHttpHeaders, name: string): string => {
  const value = headers[name];
  return typeof value === 'string' ? value.trim() : '';
};

/** 16 bytes as hexadecimal digits. */
const newTraceId = (ids: IdSource): string => createHash('sha256').update(ids.newId()).digest('hex').slice(0, 32);

/** A header that does not have its form is as good as none. */
export const traceOf = (headers: IncomingHttpHeaders, ids: IdSource): Trace => {
  const named = [
    TRACEPARENT.exec(headerOf(headers, 'traceparent'))?.[1],
    CLOUD_TRACE.exec(headerOf(headers, 'x-cloud-trace-context'))?.[1]?.toLowerCase(),
  ].find((traceId) => traceId !== undefined && traceId !== NO_TRACE);
  const requestId = TraceSchema.shape.requestId.safeParse(headerOf(headers, 'x-request-id'));
  return { requestId: requestId.success ? requestId.data : ids.newId(), traceId: named ?? newTraceId(ids) };
};
