import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createGcs, type GcsConfig } from '../../../functions/src/adapters/gcs.ts';
import { AppError } from '../../../functions/src/errors.ts';
import type { ObjectStore } from '../../../functions/src/ports.ts';
import type { CloudStorageOptions } from '../../../scripts/local-cloud/cloud-storage/index.ts';
import { PROJECT_ID, type StorageLab, startStorageLab } from '../../support/storage-lab.ts';

let lab: StorageLab;
let gcs: ObjectStore;
let fault: CloudStorageOptions['fault'];
const requests: string[] = [];

const text = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString());
const adapter = (settings: Partial<GcsConfig> = {}) =>
  createGcs({
    projectId: PROJECT_ID,
    apiEndpoint: lab.storage.url,
    signingEndpoint: lab.metadata.signEndpoint,
    maxRetries: 0,
    timeoutSeconds: 5,
    ...settings,
  });
const put = (object: string, body: string, ifGeneration?: string) =>
  gcs.write({
    bucket: 'processed',
    object,
    bytes: Buffer.from(body),
    contentType: 'text/plain',
    ...(ifGeneration === undefined ? {} : { ifGeneration }),
  });
const read = (object: string, generation?: string, maxBytes = 1000) =>
  gcs.read({ bucket: 'processed', object, maxBytes, ...(generation === undefined ? {} : { generation }) });
const reasonOf = async (work: Promise<unknown>): Promise<string> => {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  return thrown instanceof AppError ? thrown.reason : `not an AppError: ${String(thrown)}`;
};

beforeAll(async () => {
  lab = await startStorageLab({
    fault: (request) => {
      requests.push(`${request.method} ${request.path}`);
      return fault?.(request);
    },
  });
  gcs = adapter();
});
afterEach(() => {
  fault = undefined;
  requests.length = 0;
});
afterAll(() => lab.close());

describe('objects', () => {
  test('What was written is read back with its size, type and generation', async () => {
    const { generation } = await put('a/doc.md', '# Ä');
    expect(await gcs.stat({ bucket: 'processed', object: 'a/doc.md' })).toEqual({
      generation,
      sizeBytes: 4,
      contentType: 'text/plain',
    });
    expect(text(await read('a/doc.md', generation))).toBe('# Ä');
  });

  test('What was written is kept by no cache and no browser that downloads it', async () => {
    const { generation } = await put('a/secret.md', 'text');
    const ref = { bucket: 'processed', object: 'a/secret.md', generation };
    const url = await gcs.grantDownload({ ...ref, fileName: 'secret.md', expiresInSeconds: 60 });
    const answer = await fetch(url);
    expect({ status: answer.status, body: await answer.text() }).toEqual({ status: 200, body: 'text' });
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  });

  test('A missing object is null, an object replaced since is null for its old generation', async () => {
    const first = await put('replaced', 'one');
    await put('replaced', 'two');
    expect(await read('missing')).toBeNull();
    expect(await gcs.stat({ bucket: 'processed', object: 'missing' })).toBeNull();
    expect(await read('replaced', first.generation)).toBeNull();
    expect(await gcs.stat({ bucket: 'processed', object: 'replaced', generation: first.generation })).toBeNull();
    expect(text(await read('replaced'))).toBe('two');
  });

  test('An object that is deleted between its size and its bytes is null', async () => {
    await put('vanishing', 'x');
    fault = ({ method, path }) => {
      const isSecond = requests.filter((line) => line === `${method} ${path}`).length === 2;
      return isSecond ? 404 : undefined;
    };
    expect(await read('vanishing')).toBeNull();
  });

  test('An object that is replaced between its size and its bytes is null, never a mixture', async () => {
    await put('swapped', 'checked');
    requests.length = 0;
    fault = async () => {
      if (requests.length !== 2) return undefined;
      await put('swapped', 'swapped');
      return undefined;
    };
    expect(await read('swapped')).toBeNull();
  });

  test('A bucket that is not there is an error, never a missing object', async () => {
    const ref = { bucket: 'nowhere', object: 'x' };
    expect(await reasonOf(gcs.stat(ref))).toBe('INTERNAL');
    expect(await reasonOf(gcs.read({ ...ref, maxBytes: 1 }))).toBe('INTERNAL');
  });

  test('An object over the limit is refused before a byte of it is asked for', async () => {
    await put('large', 'x'.repeat(101));
    requests.length = 0;
    const thrown = await read('large', undefined, 100).catch((error: AppError) => error);
    expect(thrown).toMatchObject({ reason: 'OBJECT_TOO_LARGE', details: { sizeBytes: 101, limitBytes: 100 } });
    expect(requests).toHaveLength(1);
    expect(text(await read('large', undefined, 101))).toHaveLength(101);
  });

  test('A small gzip object is read as it is stored and cannot unpack beyond the limit', async () => {
    const packed = gzipSync(Buffer.alloc(5_000_000));
    await lab
      .client()
      .bucket('processed')
      .file('bomb')
      .save(packed, { resumable: false, metadata: { contentEncoding: 'gzip' } });
    const bytes = await read('bomb', undefined, packed.length);
    expect(Buffer.from(bytes ?? []).equals(packed)).toBe(true);
  });

  test('A large object comes back byte for byte', async () => {
    const bytes = new Uint8Array(8_000_000).map((_, index) => index % 251);
    await gcs.write({ bucket: 'processed', object: 'large', bytes, contentType: 'application/pdf' });
    const back = await gcs.read({ bucket: 'processed', object: 'large', maxBytes: bytes.length });
    expect(Buffer.from(back ?? []).equals(bytes)).toBe(true);
  });

  test('An empty object is read as no bytes', async () => {
    await put('empty', '');
    expect(await read('empty')).toHaveLength(0);
  });

  test('Of many writers of a new object exactly one wins, the others are told that it changed', async () => {
    const outcomes = await Promise.all(['a', 'b', 'c', 'd'].map((body) => reasonOf(put('claim', body, '0'))));
    expect(outcomes.filter((reason) => reason === 'OBJECT_CHANGED')).toHaveLength(3);
    const current = await gcs.stat({ bucket: 'processed', object: 'claim' });
    await put('claim', 'next', current?.generation);
    expect(await reasonOf(put('claim', 'stale', current?.generation))).toBe('OBJECT_CHANGED');
  });

  test('Deleting is done when the object is gone, also the second time', async () => {
    await put('gone', 'x');
    await gcs.delete({ bucket: 'processed', object: 'gone' });
    await gcs.delete({ bucket: 'processed', object: 'gone' });
    expect(await read('gone')).toBeNull();
  });

  test('A delete that names a generation leaves a newer one alone', async () => {
    const first = await put('kept', 'one');
    await put('kept', 'two');
    await gcs.delete({ bucket: 'processed', object: 'kept', generation: first.generation });
    expect(text(await read('kept'))).toBe('two');
  });

  test('deleteAll takes everything below the prefix, page after page, and nothing beside it', async () => {
    const names = Array.from({ length: 620 }, (_, index) => `many/${index}`);
    const token = await lab.client().authClient.getAccessToken();
    for (const name of [...names, 'many-not']) {
      await fetch(`${lab.storage.url}/upload/storage/v1/b/processed/o?uploadType=media&name=${name}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: 'x',
      });
    }
    await gcs.deleteAll('processed', 'many/');
    const [left] = await lab.client().bucket('processed').getFiles({ prefix: 'many' });
    expect(left.map(({ name }) => name)).toEqual(['many-not']);
  });

  test('deleteAll without a prefix is refused: it would empty the bucket', async () => {
    expect(await reasonOf(gcs.deleteAll('processed', ''))).toBe('INTERNAL');
    expect(requests).toEqual([]);
  });
});

describe('trouble', () => {
  test.each([429, 500, 503])('A %i is STORAGE_UNAVAILABLE in every operation', async (status) => {
    fault = () => status;
    const ref = { bucket: 'processed', object: 'x' };
    const outcomes = [
      gcs.stat(ref),
      gcs.read({ ...ref, maxBytes: 1 }),
      put('x', 'x'),
      gcs.delete(ref),
      gcs.deleteAll('processed', 'x'),
    ];
    expect(new Set(await Promise.all(outcomes.map(reasonOf)))).toEqual(new Set(['STORAGE_UNAVAILABLE']));
  });

  test('A 503 that passes is not noticed', async () => {
    await put('flaky', 'there');
    fault = () => (requests.length === 1 ? 503 : undefined);
    expect(await adapter({ maxRetries: 2 }).stat({ bucket: 'processed', object: 'flaky' })).toMatchObject({
      sizeBytes: 5,
    });
  });

  test('Nobody listening is STORAGE_UNAVAILABLE', async () => {
    const ref = { bucket: 'processed', object: 'x' };
    expect(await reasonOf(adapter({ apiEndpoint: 'http://127.0.0.1:9' }).stat(ref))).toBe('STORAGE_UNAVAILABLE');
    const unsigned = adapter({ signingEndpoint: 'http://127.0.0.1:9/v1/projects/-/serviceAccounts/' });
    const grant = unsigned.grantDownload({ ...ref, fileName: 'x', expiresInSeconds: 60 });
    expect(await reasonOf(grant)).toBe('STORAGE_UNAVAILABLE');
  });

  test('A server that takes the call and never answers is STORAGE_UNAVAILABLE in time', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const apiEndpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const store = adapter({ apiEndpoint, timeoutSeconds: 0.3 });
    const ref = { bucket: 'processed', object: 'x' };
    const calls = [store.stat(ref), store.delete(ref), store.deleteAll('processed', 'x')];
    expect(new Set(await Promise.all(calls.map(reasonOf)))).toEqual(new Set(['STORAGE_UNAVAILABLE']));
    silent.closeAllConnections();
    silent.close();
  });

  describe('from a server that lies about an object', () => {
    let server: Server;
    let answerMedia: { headers: Record<string, string>; body: string; after?: 'cut' | 'silence' };
    beforeAll(async () => {
      server = createServer((request, response) => {
        if (!request.url?.includes('alt=media')) {
          response.setHeader('content-type', 'application/json');
          return response.end(JSON.stringify({ generation: '1', size: '5' }));
        }
        response.writeHead(200, { 'x-goog-stored-content-encoding': 'identity', ...answerMedia.headers });
        response.write(answerMedia.body);
        if (answerMedia.after === 'silence') return undefined;
        return answerMedia.after === 'cut' ? setTimeout(() => response.destroy(), 50) : response.end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });
    const readFrom = () => {
      const apiEndpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      return adapter({ apiEndpoint, timeoutSeconds: 0.5 }).read({ bucket: 'processed', object: 'x', maxBytes: 10 });
    };

    test('More bytes than announced are not taken', async () => {
      answerMedia = { headers: {}, body: 'x'.repeat(1_000_000) };
      expect(await reasonOf(readFrom())).toBe('OBJECT_TOO_LARGE');
    });

    test('A server that goes silent in the middle is not waited for', async () => {
      answerMedia = { headers: { 'content-length': '5' }, body: 'hel', after: 'silence' };
      expect(await reasonOf(readFrom())).toBe('STORAGE_UNAVAILABLE');
    });

    test('Bytes that do not fit their hash are not taken', async () => {
      answerMedia = { headers: { 'x-goog-hash': 'crc32c=AAAAAA==' }, body: 'hello' };
      expect(await reasonOf(readFrom())).toBe('STORAGE_UNAVAILABLE');
    });

    test('A connection that breaks off, or an answer that is too short, is not taken for the whole', async () => {
      answerMedia = { headers: { 'content-length': '5' }, body: 'hel', after: 'cut' };
      expect(await reasonOf(readFrom())).toBe('STORAGE_UNAVAILABLE');
      answerMedia = { headers: { 'x-goog-stored-content-encoding': 'gzip' }, body: 'hel' };
      expect(await reasonOf(readFrom())).toBe('STORAGE_UNAVAILABLE');
    });
  });
});
