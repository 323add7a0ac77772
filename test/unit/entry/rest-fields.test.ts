/** What the REST interface takes beside the usual: HEAD, and no field in a place where nobody reads it. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { RATE_LIMITS } from '../../../functions/src/contracts/operations.ts';
import { type ApiLab, idTokenOf, startApiLab } from '../../support/api-lab.ts';
import { SAMPLE_HANDLERS } from '../../support/operation-samples.ts';

let lab: ApiLab;
beforeAll(async () => {
  lab = await startApiLab({ handlers: () => SAMPLE_HANDLERS });
});
afterAll(() => lab.stop());

const HEADERS = { Authorization: `Bearer ${idTokenOf('user-fields')}` };

const send = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`${lab.origin}/api/v1${path}`, { headers: HEADERS, ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

const errorOf = async (path: string, init?: RequestInit) => JSON.parse((await send(path, init)).text).error;

test.each([
  '/health',
  '/openapi.json',
  '/convert',
  '/convert/conversion1',
  '/rfp/analysis/run1/rows?pageSize=5',
  '/rfp/analysis/run1/export?format=csv',
])('HEAD %s is answered as GET is, without a body', async (path) => {
  const [got, asked] = [await send(path), await send(path, { method: 'HEAD' })];
  expect(got.status).toBe(200);
  expect(asked).toMatchObject({ status: 200, text: '' });
  expect(asked.headers.get('content-length')).toBe(String(Buffer.byteLength(got.text)));
});

const TWICE = 'it must be given once, as a single value';
test.each([
  ['?state=failed&state=queued', 'state', TWICE],
  ['?pageSize=1&pageSize=2', 'pageSize', TWICE],
  ['?pageSize=NaN', 'pageSize', 'it must be a number'],
  ['?pageSize=1000', 'pageSize', 'it must be at most 100'],
  ['?actors=offeror', 'actors', 'it is not one of pageSize, cursor, state'],
])('The query %s is refused by the name of its field', async (query, field, problem) => {
  expect(await errorOf(`/convert${query}`)).toMatchObject({ reason: 'REQUEST_INVALID', details: { field, problem } });
});

test('The item that a request is about is named in its path, and nowhere else.', async () => {
  const retry = '/rfp/analysis/run1/retry';
  const json = { method: 'POST', headers: { ...HEADERS, 'Content-Type': 'application/json' } };
  const twice = { reason: 'REQUEST_INVALID', details: { field: 'runId', problem: 'it is given by the path alone' } };
  expect(await errorOf('/rfp/analysis/run1?runId=run2')).toMatchObject(twice);
  expect(await errorOf(retry, { ...json, body: '{"runId":"run2"}' })).toMatchObject(twice);
  expect((await send(retry, json)).status).toBe(200);
});

test('Beside a body no query is read, and none is taken.', async () => {
  expect(await errorOf('/rfp/analysis/run1/retry?kind=a', { method: 'POST', headers: HEADERS })).toMatchObject({
    reason: 'REQUEST_INVALID',
    details: { field: 'kind', problem: 'it belongs into the body' },
  });
});

test('A flood of requests without a token leaves the answer that the service is up.', async () => {
  const ask = async () => (await send('/rfp/analysis/run1', { headers: {} })).status;
  for (let sent = 0; sent < RATE_LIMITS.unauthenticated.perMinute; sent += 1) expect(await ask()).toBe(401);
  expect(await ask()).toBe(429);
  expect((await send('/health', { headers: {} })).status).toBe(200);
});
