/** What a signed URL lets through on the whole system: the one request that it was made for, once, for a while. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createGcs } from '../../functions/src/adapters/gcs.ts';
import type { OperationResponse } from '../../functions/src/contracts/operations.ts';
import type { ObjectStore } from '../../functions/src/ports.ts';
import { PROJECT_ID } from '../../scripts/whole-system/mdraft-project.ts';
import { type FinishedUpload, type Operator, openOperator, uploadFile, visit } from '../support/system-uploads.ts';
import {
  describeWithWholeSystem,
  startWholeSystem,
  temporaryFolder,
  type WholeSystem,
} from '../support/whole-system.ts';

const FIRST = '# Plan\n\nThe Contractor shall deliver the first report.\n';
const SECOND = '# Plan\n\nThe Contractor shall deliver the second report.\n';
const UPLOADS = `${PROJECT_ID}-uploads`;
const PROCESSED = `${PROJECT_ID}-processed`;

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));

type Grant = OperationResponse<'createUpload'>['upload'];
type Change = (url: URL, headers: Record<string, string>) => void;

const setQuery =
  (name: string, value: string): Change =>
  (url) =>
    url.searchParams.set(name, value);

/** Another letter in the place of the last. */
const alteredSignature: Change = (url) => {
  const signature = url.searchParams.get('X-Goog-Signature') ?? '';
  url.searchParams.set('X-Goog-Signature', `${signature.slice(0, -1)}${signature.endsWith('0') ? '1' : '0'}`);
};
const otherObject: Change = (url) => {
  url.pathname += '.md';
};

const ALTERED_URLS: [string, Change][] = [
  ['another object', otherObject],
  ['a longer validity', setQuery('X-Goog-Expires', '86400')],
  ['a later date', setQuery('X-Goog-Date', new Date().toISOString().replace(/[-:]|\.\d+/g, ''))],
  ['another signature', alteredSignature],
  ['no signature', (url) => url.searchParams.delete('X-Goog-Signature')],
  ['one more parameter', setQuery('userProject', 'another-project')],
];

const ALTERED_UPLOADS: [string, Change][] = [
  ...ALTERED_URLS,
  ['another content type', (_, headers) => Object.assign(headers, { 'content-type': 'text/html' })],
  ['no content type', (_, headers) => delete headers['content-type']],
  ['no range of lengths', (_, headers) => delete headers['x-goog-content-length-range']],
  ['a wider range of lengths', (_, headers) => Object.assign(headers, { 'x-goog-content-length-range': '0,99999999' })],
  ['no precondition', (_, headers) => delete headers['x-goog-if-generation-match']],
  ['another precondition', (_, headers) => Object.assign(headers, { 'x-goog-if-generation-match': '1' })],
  ['one more header of Google', (_, headers) => Object.assign(headers, { 'x-goog-meta-owner': 'me' })],
];

const ALTERED_DOWNLOADS: [string, Change][] = [
  ...ALTERED_URLS,
  ['another generation', setQuery('generation', '1')],
  ['no generation', (url) => url.searchParams.delete('generation')],
  ['another file name', setQuery('response-content-disposition', 'inline')],
];

describeWithWholeSystem('signed URLs', () => {
  const folder = temporaryFolder();
  let system: WholeSystem;
  let operator: Operator;
  /** With the rights of the functions. */
  let objects: ObjectStore;
  let converted: FinishedUpload;

  beforeAll(async () => {
    let metadataUrl = '';
    system = await startWholeSystem({
      folder: folder.path,
      onState: (component, _, address) => {
        if (component === 'metadata') metadataUrl = address ?? '';
      },
    });
    operator = openOperator(system.cloud);
    Object.assign(process.env, {
      GCE_METADATA_HOST: new URL(metadataUrl).host,
      METADATA_SERVER_DETECTION: 'assume-present',
      HOME: '/nonexistent',
    });
    delete process.env.GOOGLE_APPLICATION_CREDENTIALS;
    objects = createGcs({
      projectId: PROJECT_ID,
      apiEndpoint: system.cloud.storage.url,
      signingEndpoint: `${metadataUrl}/v1/projects/-/serviceAccounts/`,
    });
    converted = await uploadFile(system.client, { fileName: 'plan.md', bytes: bytesOf(FIRST) });
    await operator.settledConversion(converted);
  });
  afterAll(async () => {
    await operator?.close();
    await system?.close();
    folder.remove();
  });

  const grant = async (): Promise<Grant> => {
    const request = { fileName: 'plan.md', contentType: 'text/markdown', sizeBytes: FIRST.length };
    return (await system.client.createUpload(request)).upload;
  };

  const put = async ({ url, headers }: Pick<Grant, 'url' | 'headers'>, body = bytesOf(FIRST)): Promise<number> => {
    const answer = await fetch(url, { method: 'PUT', headers, body });
    await answer.text();
    return answer.status;
  };

  const get = async (url: string | URL, init?: RequestInit): Promise<number> => {
    const answer = await fetch(url, init);
    await answer.text();
    return answer.status;
  };

  const markdownUrl = async (): Promise<string> => {
    const { conversionId } = converted;
    return (await system.client.getDownloadUrl({ conversionId, name: 'markdown' })).download.url;
  };

  test('An upload is taken as it was granted, once, and in no other form', async () => {
    const granted = await grant();
    for (const [change, alter] of ALTERED_UPLOADS) {
      const url = new URL(granted.url);
      const headers = { ...granted.headers };
      alter(url, headers);
      expect([change, [400, 403]]).toEqual([change, expect.arrayContaining([await put({ url: url.href, headers })])]);
    }
    for (const body of [bytesOf(`${FIRST} `), bytesOf(SECOND), bytesOf(FIRST.slice(1)), bytesOf('')]) {
      expect([body.length, await put(granted, body)]).toEqual([body.length, 400]);
    }
    for (const method of ['GET', 'DELETE', 'POST']) {
      expect([method, await get(granted.url, { method, headers: granted.headers })]).toEqual([method, 403]);
    }
    expect(await put(granted)).toBe(200);
    expect(await put(granted)).toBe(412);
  });

  test('An upload or a download after its time is refused', async () => {
    const object = converted.object.replace(/plan\.md$/, 'late.md');
    const upload = {
      bucket: UPLOADS,
      object,
      contentType: 'text/markdown',
      sizeBytes: FIRST.length,
      expiresInSeconds: 1,
    };
    const { generation } = converted;
    const download = { bucket: UPLOADS, object: converted.object, generation, fileName: 'a.md', expiresInSeconds: 1 };
    const [granted, url] = await Promise.all([objects.grantUpload(upload), objects.grantDownload(download)]);
    const inTime = await objects.grantDownload({ ...download, expiresInSeconds: 60 });
    await sleep(1000);
    expect(await put({ ...granted, headers: { ...granted.headers } })).toBe(400);
    expect(await get(url)).toBe(400);
    expect(await get(inTime)).toBe(200);
    expect(await objects.stat({ bucket: UPLOADS, object })).toBeNull();
  });

  test('A download is bound to one generation of one object, and to reading', async () => {
    const signed = await markdownUrl();
    expect(new URL(signed).searchParams.has('generation')).toBe(true);
    for (const [change, alter] of ALTERED_DOWNLOADS) {
      const url = new URL(signed);
      alter(url, {});
      expect([change, [400, 403]]).toEqual([change, expect.arrayContaining([await get(url)])]);
    }
    for (const method of ['PUT', 'DELETE', 'POST']) {
      expect([method, await get(signed, { method })]).toEqual([method, 403]);
    }
    expect(await (await fetch(signed)).text()).toBe(FIRST);
  });

  test('Without a signature nothing is read or listed by its path, not even with the ID token of its owner or of another', async () => {
    const { url } = system.cloud.storage;
    const other = await visit(system.cloud, folder.path, 'other');
    const { pathname } = new URL(await markdownUrl());
    const object = decodeURIComponent(pathname).slice(`/${PROCESSED}/`.length);
    expect(await objects.stat({ bucket: PROCESSED, object })).not.toBeNull();
    const owner = await visit(system.cloud, folder.path, 'visitor');
    for (const token of [null, await owner.token(), await other.token()]) {
      const headers = token === null ? undefined : { authorization: `Bearer ${token}` };
      expect(await get(`${url}${pathname}`, { headers })).toBe(403);
      for (const bucket of [UPLOADS, PROCESSED]) {
        expect(await get(`${url}/${bucket}/?prefix=`, { headers })).toBe(403);
        expect(await get(`${url}/storage/v1/b/${bucket}/o`, { headers })).toBe(401);
      }
      const media = `${url}/storage/v1/b/${PROCESSED}/o/${encodeURIComponent(object)}?alt=media`;
      expect(await get(media, { headers })).toBe(401);
      expect(await get(media, { headers, method: 'DELETE' })).toBe(401);
    }
  });

  /** As nobody but the functions could: the upload's own URL takes one file. */
  const swap = ({ bucket, object }: FinishedUpload) =>
    objects.write({ bucket, object, bytes: bytesOf(SECOND), contentType: 'text/markdown' });

  const markdownOf = async (conversionId: string): Promise<string> => {
    const { download } = await system.client.getDownloadUrl({ conversionId, name: 'markdown' });
    return (await fetch(download.url)).text();
  };

  test('A file that is swapped after it was converted changes nothing: the result is that of the first', async () => {
    const upload = await uploadFile(system.client, { fileName: 'plan.md', bytes: bytesOf(FIRST) });
    const before = await operator.settledConversion(upload);
    await swap(upload);
    while (system.cloud.storage.openEvents() > 0) await sleep(20);
    await system.cloud.tasks.whenIdle();
    expect(await operator.settledConversion(upload)).toEqual(before);
    expect(await markdownOf(upload.conversionId)).toBe(FIRST);
    const { download } = await system.client.getDownloadUrl({ conversionId: upload.conversionId, name: 'original' });
    expect(await get(download.url)).toBe(404);
  });

  test('A file that is swapped between claim and conversion is not read: the conversion says that its upload is gone', async () => {
    const { tasks, storage } = system.cloud;
    tasks.hold('convert-document');
    const upload = await uploadFile(system.client, { fileName: 'plan.md', bytes: bytesOf(FIRST) });
    while (storage.openEvents() > 0) await sleep(20);
    await swap(upload);
    while (storage.openEvents() > 0) await sleep(20);
    tasks.release('convert-document');
    const settled = await operator.settledConversion(upload);
    expect(settled).toMatchObject({ state: 'failed', failure: { reason: 'UPLOAD_MISSING' } });
    expect(settled.source?.generation).toBe(upload.generation);
    expect(settled.result).toBeUndefined();
  });
});
