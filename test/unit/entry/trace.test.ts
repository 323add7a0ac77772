import { expect, test } from '@jest/globals';
import { TraceSchema } from '../../../functions/src/contracts/work.ts';
import { traceOf } from '../../../functions/src/entry/trace.ts';

const ids = { newId: () => 'new-id', random: () => 0.5 };
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

test('The ids of a request are taken over from its headers, traceparent before the older header.', () => {
  expect(
    traceOf(
      {
        'x-request-id': 'request-1',
        traceparent: `00-${TRACE_ID}-b7ad6b7169203331-01`,
        'x-cloud-trace-context': `${'1'.repeat(32)}/1;o=1`,
      },
      ids,
    ),
  ).toEqual({ requestId: 'request-1', traceId: TRACE_ID });
  expect(traceOf({ 'x-cloud-trace-context': `${TRACE_ID.toUpperCase()}/123;o=1` }, ids).traceId).toBe(TRACE_ID);
});

test.each([
  ['without headers', {}],
  ['with a trace of zeros', { traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` }],
  ['with headers that have another form', { 'x-request-id': 'a b', traceparent: 'x', 'x-cloud-trace-context': 'y/1' }],
  ['with an id of 65 characters', { 'x-request-id': 'a'.repeat(65) }],
])('A request %s gets new ids.', (_, headers) => {
  const trace = traceOf(headers, ids);
  TraceSchema.parse(trace);
  expect(trace.requestId).toBe('new-id');
  expect(trace.traceId).not.toBe('0'.repeat(32));
});
