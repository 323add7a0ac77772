import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createSentrySink, type SentrySink } from '../../../scripts/local-cloud/sentry-sink/index.ts';

let sink: SentrySink;
beforeEach(async () => {
  sink = await createSentrySink({ projectId: 'demo-test' });
});
afterEach(() => sink.close());

const EVENT = { event_id: 'a'.repeat(32), level: 'error', exception: { values: [{ type: 'AppError' }] } };

const envelope = (dsn = sink.dsn): string => {
  const payload = JSON.stringify(EVENT);
  return [
    JSON.stringify({ event_id: EVENT.event_id, dsn }),
    JSON.stringify({ type: 'event', length: Buffer.byteLength(payload) }),
    payload,
    JSON.stringify({ type: 'attachment', length: 5, filename: 'x' }),
    'a\nb\nc',
    JSON.stringify({ type: 'session' }),
    '{"status":"ok"}',
    '',
  ].join('\n');
};

const post = (body: string | Uint8Array, headers: Record<string, string> = {}, path = '/api/1/envelope/') =>
  fetch(`http://127.0.0.1:${sink.port}${path}`, { method: 'POST', body: body as BodyInit, headers });

test('The items of an envelope are kept, with and without a length, and its event id is answered', async () => {
  const response = await post(envelope());
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ id: EVENT.event_id });
  expect(sink.events()).toEqual([EVENT]);
  expect(sink.items.map((item) => item.type)).toEqual(['event', 'attachment', 'session']);
  expect(Buffer.from(sink.items[1]?.payload as Uint8Array).toString()).toBe('a\nb\nc');
  sink.clear();
  expect(sink.events()).toEqual([]);
});

test('A gzipped envelope is unpacked, whether or not a header says that it is one', async () => {
  await post(gzipSync(envelope()), { 'content-encoding': 'gzip' });
  await post(gzipSync(envelope()));
  expect(sink.events()).toEqual([EVENT, EVENT]);
});

test('Another path is 404, another method 405, another project or key 403, no key 401, a broken envelope 400', async () => {
  const statuses = [
    (await post(envelope(), {}, '/api/1/store/')).status,
    (await fetch(`http://127.0.0.1:${sink.port}/api/1/envelope/`)).status,
    (await post(envelope(), {}, '/api/2/envelope/')).status,
    (await post(envelope('http://stranger@127.0.0.1/1'))).status,
    (await post('{}\n{"type":"event"}\n{}\n')).status,
    (await post('{}\n{"type":"event","length":900}\n{}\n')).status,
    (await post(gzipSync(envelope()).subarray(0, 40), { 'content-encoding': 'gzip' })).status,
  ];
  expect(statuses).toEqual([404, 405, 403, 403, 401, 400, 400]);
  expect(sink.items).toEqual([]);
});

test('The key may stand in the header or the query, as the SDKs send it', async () => {
  const bare = '{}\n{"type":"event"}\n{}\n';
  const inHeader = await post(bare, { 'x-sentry-auth': 'Sentry sentry_version=7, sentry_key=local' });
  const inQuery = await post(bare, {}, '/api/1/envelope/?sentry_key=local&sentry_version=7');
  expect([inHeader.status, inQuery.status]).toEqual([200, 200]);
});

test('It does not start for a project that could exist', async () => {
  await expect(createSentrySink({ projectId: 'production' })).rejects.toThrow('demo-');
});
