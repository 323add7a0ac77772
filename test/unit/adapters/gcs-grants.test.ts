import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createGcs } from '../../../functions/src/adapters/gcs.ts';
import type { ObjectStore } from '../../../functions/src/ports.ts';
import { PROJECT_ID, type StorageLab, startStorageLab } from '../../support/storage-lab.ts';

let lab: StorageLab;
let gcs: ObjectStore;

beforeAll(async () => {
  lab = await startStorageLab();
  gcs = createGcs({
    projectId: PROJECT_ID,
    apiEndpoint: lab.storage.url,
    signingEndpoint: lab.metadata.signEndpoint,
    maxRetries: 0,
  });
});
afterAll(() => lab.close());

const write = (body: string) =>
  gcs.write({ bucket: 'processed', object: 'result.md', bytes: Buffer.from(body), contentType: 'text/markdown' });
const request = {
  bucket: 'uploads',
  contentType: 'application/pdf',
  sizeBytes: 20,
  expiresInSeconds: 900,
};

test('A page can put one file with the headers it was given, once and in the size it was declared', async () => {
  const { url, headers } = await gcs.grantUpload({ ...request, object: 'o/c/a b.pdf' });
  const send = (body: string) => fetch(url, { method: 'PUT', headers, body });
  expect(new URL(url).searchParams.get('X-Goog-Expires')).toBe('900');
  expect((await send('x'.repeat(21))).status).toBe(400);
  expect((await send('x'.repeat(19))).status).toBe(400);
  expect((await send('x'.repeat(20))).status).toBe(200);
  expect((await send('y'.repeat(20))).status).toBe(412);
  expect(await gcs.stat({ bucket: 'uploads', object: 'o/c/a b.pdf' })).toMatchObject({
    sizeBytes: 20,
    contentType: 'application/pdf',
  });
});

test('A page can open a resumable upload with the headers it was given', async () => {
  const { url, headers } = await gcs.grantResumableUpload({ ...request, sizeBytes: 10, object: 'o/c/large.pdf' });
  const started = await fetch(url, { method: 'POST', headers });
  expect(started.status).toBe(201);
  const uri = started.headers.get('location') ?? '';
  expect((await fetch(uri, { method: 'PUT', body: 'whole' })).status).toBe(400);
  expect((await fetch(uri, { method: 'PUT', body: 'whole file' })).status).toBe(200);
  const bytes = await gcs.read({ bucket: 'uploads', object: 'o/c/large.pdf', maxBytes: 20 });
  expect(Buffer.from(bytes ?? []).toString()).toBe('whole file');
});

test('A download is saved under the name given, and is of the generation named', async () => {
  const { generation } = await write('first');
  const url = await gcs.grantDownload({
    bucket: 'processed',
    object: 'result.md',
    generation,
    fileName: 'Angebot ä.md',
    expiresInSeconds: 60,
  });
  const answer = await fetch(url);
  expect(await answer.text()).toBe('first');
  expect(answer.headers.get('content-disposition')).toContain("filename*=UTF-8''Angebot%20%C3%A4.md");
  await write('second');
  expect((await fetch(url)).status).toBe(404);
});
