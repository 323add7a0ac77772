import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Storage } from '@google-cloud/storage';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCloudStorage } from '../../../../scripts/local-cloud/cloud-storage/index.ts';
import { createIdentity } from '../../../../scripts/local-cloud/identity.ts';
import { type StorageLab, startStorageLab } from '../../../support/storage-lab.ts';

let lab: StorageLab;
let client: Storage;
let token: string;
const PART_BYTES = 256 * 1024;

beforeAll(async () => {
  lab = await startStorageLab();
  client = lab.client();
  token = (await client.authClient.getAccessToken()) ?? '';
});
afterAll(() => lab.close());

const file = (name: string, generation?: string) =>
  client.bucket('processed').file(name, generation === undefined ? {} : { generation });
const refusal = async (work: Promise<unknown>): Promise<{ code?: unknown; errors?: { reason?: string }[] }> => {
  try {
    await work;
  } catch (thrown) {
    return thrown as { code?: unknown };
  }
  throw new Error('It was not refused.');
};
const api = (path: string, init: RequestInit = {}, bearer = token) =>
  fetch(`${lab.storage.url}${path}`, { ...init, headers: { authorization: `Bearer ${bearer}`, ...init.headers } });

describe('uploads by the real client', () => {
  test('A multipart upload comes back byte for byte, with the hashes the client checks itself', async () => {
    const bytes = randomBytes(70_001);
    await file('multi.bin').save(bytes, { resumable: false, contentType: 'application/x-test' });
    const [read] = await file('multi.bin').download();
    const [metadata] = await file('multi.bin').getMetadata();
    expect(read.equals(bytes)).toBe(true);
    expect(metadata).toMatchObject({ contentType: 'application/x-test', size: '70001' });
    expect(metadata.md5Hash).toBe(createHash('md5').update(bytes).digest('base64'));
  });

  test('The CRC-32C is that of the published test vector', async () => {
    await file('vector').save('123456789', { resumable: false });
    const [metadata] = await file('vector').getMetadata();
    expect(Buffer.from(String(metadata.crc32c), 'base64').toString('hex')).toBe('e3069283');
  });

  test.each([
    ['in parts', PART_BYTES],
    ['in one stream of unknown length', undefined],
  ])('A resumable upload %s is put together in order', async (_, chunkSize) => {
    const bytes = randomBytes(PART_BYTES * 2 + 17);
    const [uri] = await file('resumed.bin').createResumableUpload({ metadata: { contentType: 'application/x-test' } });
    await file('resumed.bin').save(bytes, { resumable: true, uri, ...(chunkSize ? { chunkSize } : {}) });
    const [read] = await file('resumed.bin').download();
    const [metadata] = await file('resumed.bin').getMetadata();
    expect([read.equals(bytes), metadata.contentType]).toEqual([true, 'application/x-test']);
  });

  test('An empty object and a name beyond ASCII are kept', async () => {
    await file('a b/é+%#?.txt').save('', { resumable: false });
    const [names] = await client.bucket('processed').getFiles({ prefix: 'a b/' });
    expect(names.map(({ name }) => name)).toEqual(['a b/é+%#?.txt']);
    expect((await file('a b/é+%#?.txt').download())[0]).toHaveLength(0);
  });
});

describe('uploads over bare HTTP', () => {
  test('uploadType=media takes the body as it is', async () => {
    const answer = await api('/upload/storage/v1/b/processed/o?uploadType=media&name=media.txt', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: 'hello',
    });
    expect(await answer.json()).toMatchObject({ kind: 'storage#object', size: '5', contentType: 'text/plain' });
  });

  test('A hash that does not fit the bytes is refused and nothing is stored', async () => {
    const answer = await api('/upload/storage/v1/b/processed/o?uploadType=media&name=bad-hash', {
      method: 'POST',
      headers: { 'x-goog-hash': 'crc32c=AAAAAA==' },
      body: 'hello',
    });
    expect(answer.status).toBe(400);
    expect((await api('/storage/v1/b/processed/o/bad-hash')).status).toBe(404);
  });

  test('A session says what has arrived, takes the rest, and answers again after the end', async () => {
    const start = await api('/upload/storage/v1/b/processed/o?uploadType=resumable&name=session', { method: 'POST' });
    const uri = start.headers.get('location') ?? '';
    const bytes = randomBytes(PART_BYTES + 5);
    const put = (range: string, body: Buffer | '') =>
      fetch(uri, { method: 'PUT', headers: { 'content-range': range }, body: new Uint8Array(Buffer.from(body)) });

    const fresh = await put(`bytes */${bytes.length}`, '');
    expect([fresh.status, fresh.headers.get('range')]).toEqual([308, null]);
    const first = await put(`bytes 0-${PART_BYTES - 1}/${bytes.length}`, bytes.subarray(0, PART_BYTES));
    expect([first.status, first.headers.get('range')]).toEqual([308, `bytes=0-${PART_BYTES - 1}`]);
    const gap = await put(`bytes ${PART_BYTES + 2}-${PART_BYTES + 4}/${bytes.length}`, bytes.subarray(PART_BYTES + 2));
    expect(gap.status).toBe(400);
    const last = await put(`bytes ${PART_BYTES}-${PART_BYTES + 4}/${bytes.length}`, bytes.subarray(PART_BYTES));
    expect(last.status).toBe(200);
    const again = await put(`bytes */${bytes.length}`, '');
    expect([again.status, ((await again.json()) as { size: string }).size]).toEqual([200, String(bytes.length)]);
    expect((await file('session').download())[0].equals(bytes)).toBe(true);
  });

  test('A part that is not the last has to have at least 256 KiB', async () => {
    const start = await api('/upload/storage/v1/b/processed/o?uploadType=resumable&name=small-part', {
      method: 'POST',
    });
    const answer = await fetch(start.headers.get('location') ?? '', {
      method: 'PUT',
      headers: { 'content-range': 'bytes 0-9/100' },
      body: '0123456789',
    });
    expect(answer.status).toBe(400);
  });
});

describe('generations and conditions', () => {
  test('Every write has a larger generation, and the old one can no longer be read', async () => {
    await file('twice').save('one', { resumable: false });
    const first = String((await file('twice').getMetadata())[0].generation);
    await file('twice').save('two', { resumable: false });
    const second = String((await file('twice').getMetadata())[0].generation);
    expect(BigInt(second)).toBeGreaterThan(BigInt(first));
    expect((await file('twice', second).download())[0].toString()).toBe('two');
    expect((await refusal(file('twice', first).download())).code).toBe(404);
    expect((await refusal(file('twice', first).getMetadata())).code).toBe(404);
  });

  test('A write, change or delete whose condition does not hold is a 412 in the shape of Google', async () => {
    await file('cond').save('one', { resumable: false });
    const save = file('cond').save('two', { resumable: false, preconditionOpts: { ifGenerationMatch: 0 } });
    expect(await refusal(save)).toMatchObject({ code: 412, errors: [{ reason: 'conditionNotMet' }] });
    const patch = api('/storage/v1/b/processed/o/cond?ifGenerationMatch=1', { method: 'PATCH', body: '{}' });
    expect((await patch).status).toBe(412);
    const remove = await api('/storage/v1/b/processed/o/cond?ifGenerationMatch=1', { method: 'DELETE' });
    expect(await remove.json()).toMatchObject({
      error: { code: 412, errors: [{ reason: 'conditionNotMet', location: 'If-Match' }] },
    });
    const { generation } = (await file('cond').getMetadata())[0];
    const unwanted = await api(
      `/upload/storage/v1/b/processed/o?uploadType=media&name=cond&ifGenerationNotMatch=${generation}`,
      { method: 'POST', body: 'three' },
    );
    expect(unwanted.status).toBe(412);
    expect((await file('cond').download())[0].toString()).toBe('one');
  });

  test('Of two writers that both want to be first, exactly one is', async () => {
    const save = (text: string) =>
      file('race').save(text, { resumable: false, preconditionOpts: { ifGenerationMatch: 0 } });
    const outcomes = await Promise.allSettled(['a', 'b', 'c', 'd'].map(save));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('reads, lists, copies and deletes', () => {
  test('Ranges are cut as asked, and one beyond the end is a 416', async () => {
    await file('range').save('0123456789', { resumable: false });
    expect((await file('range').download({ start: 2, end: 4 }))[0].toString()).toBe('234');
    const tail = await api('/storage/v1/b/processed/o/range?alt=media', { headers: { range: 'bytes=-3' } });
    expect([tail.status, await tail.text(), tail.headers.get('content-range')]).toEqual([206, '789', 'bytes 7-9/10']);
    const beyond = await api('/storage/v1/b/processed/o/range?alt=media', { headers: { range: 'bytes=10-' } });
    expect(beyond.status).toBe(416);
  });

  test('What is stored as gzip is unpacked for a reader who does not take gzip', async () => {
    await file('packed').save(gzipSync('plain text'), { resumable: false, metadata: { contentEncoding: 'gzip' } });
    const plain = await api('/storage/v1/b/processed/o/packed?alt=media', {
      headers: { 'accept-encoding': 'identity' },
    });
    expect([await plain.text(), plain.headers.get('content-encoding')]).toEqual(['plain text', null]);
    expect((await file('packed').download())[0].toString()).toBe('plain text');
  });

  test('A list goes page by page in the order of names and keeps to its prefix', async () => {
    for (const name of ['list/b', 'list/a', 'list/c/1', 'other']) await file(name).save('x', { resumable: false });
    const [files, next] = await client
      .bucket('processed')
      .getFiles({ prefix: 'list/', maxResults: 2, autoPaginate: false });
    expect(files.map(({ name }) => name)).toEqual(['list/a', 'list/b']);
    const [rest] = await client.bucket('processed').getFiles({ ...next, autoPaginate: false });
    expect(rest.map(({ name }) => name)).toEqual(['list/c/1']);
    const folders = await api('/storage/v1/b/processed/o?prefix=list/&delimiter=/');
    expect(await folders.json()).toMatchObject({ prefixes: ['list/c/'] });
  });

  test('A copy has the bytes and type of its source, a change of metadata a new metageneration', async () => {
    await file('source').save('copied', { resumable: false, contentType: 'text/x-a' });
    await file('source').copy(client.bucket('uploads').file('target'));
    const [metadata] = await client.bucket('uploads').file('target').getMetadata();
    expect(metadata).toMatchObject({ contentType: 'text/x-a', size: '6', metageneration: '1' });
    await client
      .bucket('uploads')
      .file('target')
      .setMetadata({ metadata: { owner: 'x' } });
    const [changed] = await client.bucket('uploads').file('target').getMetadata();
    expect(changed).toMatchObject({ metageneration: '2', generation: metadata.generation, metadata: { owner: 'x' } });
  });

  test('A deleted object is gone, and deleting it again is a 404', async () => {
    await file('gone').save('x', { resumable: false });
    await file('gone').delete();
    expect(await file('gone').exists()).toEqual([false]);
    expect(await refusal(file('gone').delete())).toMatchObject({ code: 404, errors: [{ reason: 'notFound' }] });
  });

  test('A bucket shows its location, CORS and lifecycle; an unknown one is a 404', async () => {
    const [metadata] = await client.bucket('uploads').getMetadata();
    expect(metadata).toMatchObject({ location: 'US-CENTRAL1', lifecycle: { rule: [{ action: { type: 'Delete' } }] } });
    expect(metadata.cors).toHaveLength(2);
    expect((await refusal(client.bucket('nowhere').getMetadata())).code).toBe(404);
    expect((await refusal(client.bucket('nowhere').file('x').save('x', { resumable: false }))).code).toBe(404);
  });

  test('Paths without /storage/v1 are the same API', async () => {
    await file('short').save('x', { resumable: false });
    expect((await api('/b/processed/o/short')).status).toBe(200);
  });
});

describe('who may call', () => {
  test('Without a token, or with one that nobody gave out, the JSON API is a 401', async () => {
    await file('private').save('x', { resumable: false });
    const anonymous = await fetch(`${lab.storage.url}/storage/v1/b/processed/o/private`);
    expect(await anonymous.json()).toMatchObject({ error: { code: 401, errors: [{ reason: 'required' }] } });
    const forged = await api('/storage/v1/b/processed/o/private', {}, 'forged');
    expect(await forged.json()).toMatchObject({ error: { code: 401, errors: [{ reason: 'authError' }] } });
  });

  test('It does not start for a project that could exist', async () => {
    const start = createCloudStorage({ projectId: 'mdraft-prod', port: 0, identity: createIdentity(), buckets: [] });
    await expect(start).rejects.toThrow('demo-');
  });
});
