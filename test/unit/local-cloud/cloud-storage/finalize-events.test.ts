import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { OAuth2Client } from 'google-auth-library';
import {
  type CloudStorageOptions,
  createCloudStorage,
  type RunningCloudStorage,
} from '../../../../scripts/local-cloud/cloud-storage/index.ts';
import { createIdentity } from '../../../../scripts/local-cloud/identity.ts';

interface Delivery {
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

const identity = createIdentity();
const AUDIENCE = 'https://on-upload-123.us-central1.run.app';
const EMAIL = 'trigger@demo-events.iam.gserviceaccount.com';
let folder: string;
let deliveries: Delivery[];
let statuses: number[];
let target: { url: string; audience: string; serviceAccountEmail: string };
let closing: (() => Promise<unknown>)[];

const start = async (options: Partial<CloudStorageOptions> = {}): Promise<RunningCloudStorage> => {
  const storage = await createCloudStorage({
    projectId: 'demo-events',
    port: 0,
    identity,
    buckets: [
      { name: 'uploads', location: 'US' },
      { name: 'silent', location: 'US' },
    ],
    finalizeTargets: { uploads: target },
    firstRetrySeconds: 0.02,
    longestRetrySeconds: 0.1,
    ...options,
  });
  closing.push(storage.close);
  return storage;
};
const upload = (storage: RunningCloudStorage, bucket: string, name: string) =>
  fetch(`${storage.url}/upload/storage/v1/b/${bucket}/o?uploadType=media&name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { authorization: 'Bearer any', 'content-type': 'text/plain' },
    body: 'hello',
  });
const until = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 200 && !holds(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(holds()).toBe(true);
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mdraft-events-'));
  deliveries = [];
  statuses = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    deliveries.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) });
    response.writeHead(statuses.shift() ?? 204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/on-upload`;
  target = { url, audience: AUDIENCE, serviceAccountEmail: EMAIL };
  closing = [
    () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  ];
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

test('A finished upload is announced as a CloudEvent with the resource of the object', async () => {
  const storage = await start();
  const resource = (await (await upload(storage, 'uploads', 'org/ä 1.txt')).json()) as { generation: string };
  await until(() => deliveries.length === 1);
  expect(deliveries[0]?.headers).toMatchObject({
    'ce-type': 'google.cloud.storage.object.v1.finalized',
    'ce-specversion': '1.0',
    'ce-source': '//storage.googleapis.com/projects/_/buckets/uploads',
    'ce-subject': 'objects/org/%C3%A4%201.txt',
    'content-type': 'application/json',
  });
  expect(deliveries[0]?.body).toMatchObject({
    kind: 'storage#object',
    bucket: 'uploads',
    name: 'org/ä 1.txt',
    size: '5',
    contentType: 'text/plain',
    generation: resource.generation,
  });
  await until(() => storage.openEvents() === 0);
});

test('The delivery carries an ID token for the audience and account of the trigger', async () => {
  await upload(await start(), 'uploads', 'a');
  await until(() => deliveries.length === 1);
  const idToken = String(deliveries[0]?.headers.authorization).replace('Bearer ', '');
  const ticket = await new OAuth2Client().verifySignedJwtWithCertsAsync(idToken, identity.certificates(), AUDIENCE, [
    'https://accounts.google.com',
  ]);
  expect(ticket.getPayload()).toMatchObject({ email: EMAIL, aud: AUDIENCE });
});

test('It is sent again with the same id until the answer is 2xx, and then no more', async () => {
  statuses = [500, 429, 403, 302];
  const storage = await start();
  await upload(storage, 'uploads', 'a');
  await until(() => storage.openEvents() === 0);
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(deliveries).toHaveLength(5);
  expect(new Set(deliveries.map(({ headers }) => headers['ce-id'])).size).toBe(1);
});

test('It can be made to come twice', async () => {
  const storage = await start({ deliverTwice: true });
  await upload(storage, 'uploads', 'a');
  await until(() => storage.openEvents() === 0);
  expect(deliveries.map(({ headers }) => headers['ce-id'])).toHaveLength(2);
  expect(deliveries[0]?.headers['ce-id']).toBe(deliveries[1]?.headers['ce-id']);
});

test('A refused write and a bucket without a trigger make no event', async () => {
  const storage = await start();
  await upload(storage, 'silent', 'a');
  const url = `${storage.url}/upload/storage/v1/b/uploads/o?uploadType=media&name=a&ifGenerationMatch=7`;
  const refused = await fetch(url, { method: 'POST', headers: { authorization: 'Bearer any' }, body: 'x' });
  expect(refused.status).toBe(412);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(deliveries).toEqual([]);
});

test('An event that was not answered before the process ended is sent after the next start', async () => {
  statuses = Array.from({ length: 100 }, () => 503);
  const first = await start({ folder });
  await upload(first, 'uploads', 'kept.txt');
  await until(() => deliveries.length >= 1);
  await first.close();
  const before = deliveries.length;
  const id = deliveries[0]?.headers['ce-id'];
  statuses = [];

  const second = await start({ folder, finalizeTargets: {} });
  expect(second.openEvents()).toBe(1);
  second.setFinalizeTarget('uploads', target);
  await until(() => second.openEvents() === 0);
  expect(deliveries.slice(before).map(({ headers }) => headers['ce-id'])).toEqual([id]);
  expect(readdirSync(join(folder, 'events'))).toEqual([]);
});
