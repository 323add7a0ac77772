import { type CloudEventFunction, cloudEvent } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { createLogger } from '../../../functions/src/adapters/logger.ts';
import {
  type ClaimedUpload,
  createEventHandler,
  type FinishedUpload,
} from '../../../functions/src/entry/event-handler.ts';
import { AppError } from '../../../functions/src/errors.ts';
import { listen, stopServer } from '../../support/api-lab.ts';

const OBJECT = {
  bucket: 'uploads-bucket',
  name: 'uploads/org1/conversion1/a.pdf',
  generation: '1700000000000001',
  size: '1234',
  contentType: 'application/pdf',
  md5Hash: 'not read',
};
const HEADERS = {
  'Content-Type': 'application/json',
  'ce-id': 'event-1',
  'ce-source': '//storage.googleapis.com/projects/_/buckets/uploads-bucket',
  'ce-specversion': '1.0',
  'ce-type': 'google.cloud.storage.object.v1.finalized',
};

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

// The framework writes what it catches to the console itself.
const written: string[] = [];
beforeAll(() => {
  jest.spyOn(console, 'error').mockImplementation((...line: unknown[]) => void written.push(line.join(' ')));
});

let registered = 0;

const deliver = async (
  claim: (upload: FinishedUpload) => Promise<ClaimedUpload>,
  { data = OBJECT, headers = {} }: { data?: object; headers?: object } = {},
) => {
  const log: Record<string, unknown>[] = [];
  const reported: unknown[] = [];
  const handler: CloudEventFunction = createEventHandler({
    claim,
    logger: createLogger({
      projectId: 'demo-mdraft',
      write: (line) => log.push(JSON.parse(line)),
      now: () => new Date(0),
    }),
    reporter: { report: (thrown) => void reported.push(thrown), flush: async () => {} },
    clock: { now: () => new Date(0) },
    ids: { newId: () => 'id1', random: () => 0.5 },
  });
  registered += 1;
  cloudEvent(`event-${registered}`, handler);
  const server = getTestServer(`event-${registered}`);
  const origin = await listen(server);
  stops.push(() => stopServer(server));
  const response = await fetch(origin, {
    method: 'POST',
    headers: { ...HEADERS, ...headers },
    body: JSON.stringify(data),
  });
  return { status: response.status, text: await response.text(), log, reported };
};

test('A finished upload is claimed by bucket, name, generation, size and type, and the event is done.', async () => {
  const seen: FinishedUpload[] = [];
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const { status, log } = await deliver(
    async (upload) => {
      seen.push(upload);
      return { outcome: 'claimed' };
    },
    { headers: { 'ce-traceparent': traceparent } },
  );
  expect(status).toBe(204);
  expect(seen).toEqual([
    {
      bucket: 'uploads-bucket',
      object: 'uploads/org1/conversion1/a.pdf',
      generation: '1700000000000001',
      sizeBytes: 1234,
      contentType: 'application/pdf',
    },
  ]);
  expect(log).toEqual([
    expect.objectContaining({
      eventId: 'event-1',
      outcome: 'claimed',
      generation: '1700000000000001',
      'logging.googleapis.com/trace': 'projects/demo-mdraft/traces/0af7651916cd43dd8448eb211c80319c',
    }),
  ]);
});

test('An event whose upload is a conversion’s is logged with its id and with the trace of the request that asked for it.', async () => {
  const trace = { requestId: 'request-1', traceId: '0af7651916cd43dd8448eb211c80319c' };
  const conversion = { orgId: 'org1', conversionId: 'conversion1', trace };
  const { log } = await deliver(async () => ({ outcome: 'claimed', conversion }));
  expect(log).toEqual([
    expect.objectContaining({
      orgId: 'org1',
      conversionId: 'conversion1',
      eventId: 'event-1',
      requestId: 'request-1',
      'logging.googleapis.com/trace': `projects/demo-mdraft/traces/${trace.traceId}`,
      'logging.googleapis.com/labels': { function: 'on-upload' },
    }),
  ]);
  expect(log[0]).not.toHaveProperty('trace');
});

test.each([
  ['may pass', new AppError('STATE_UNAVAILABLE'), 0],
  ['nobody foresaw', new TypeError('text of a document'), 1],
])(
  'An event whose claim failed in a way that %s is delivered again, and says nothing of why.',
  async (_, thrown, reports) => {
    const { status, text, log, reported } = await deliver(async () => {
      throw thrown;
    });
    expect(status).toBe(500);
    expect(reported).toHaveLength(reports);
    expect(log).toEqual([expect.objectContaining({ severity: 'ERROR', eventId: 'event-1' })]);
    expect(text + written.join() + JSON.stringify(log)).not.toContain('text of a document');
  },
);

test('An event whose claim can never succeed is acknowledged, and stands in the log.', async () => {
  const { status, log } = await deliver(async () => {
    throw new AppError('UPLOAD_MISSING');
  });
  expect(status).toBe(204);
  expect(log).toEqual([expect.objectContaining({ severity: 'ERROR', eventId: 'event-1' })]);
});

test('An event of another kind or form is dropped with an error, and claims nothing.', async () => {
  const claim = async () => {
    throw new Error('not to be called');
  };
  for (const wrong of [
    { headers: { 'ce-type': 'google.cloud.storage.object.v1.deleted' } },
    { data: { ...OBJECT, generation: 'abc' } },
    { data: { ...OBJECT, name: '' } },
    { data: {} },
  ]) {
    const { status, log, reported } = await deliver(claim, wrong);
    expect({ status, reports: reported.length }).toEqual({ status: 204, reports: 1 });
    expect(log).toEqual([expect.objectContaining({ severity: 'ERROR' })]);
  }
});
