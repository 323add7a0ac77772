import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PAGE_ORIGIN, type StorageLab, startStorageLab } from '../../../support/storage-lab.ts';

let lab: StorageLab;
let clockOffsetSeconds = 0;
const PART_BYTES = 256 * 1024;
const UPLOAD_HEADERS = { 'x-goog-content-length-range': '1,1000', 'x-goog-if-generation-match': '0' };
const SENT = { 'content-type': 'application/pdf', ...UPLOAD_HEADERS };

beforeAll(async () => {
  lab = await startStorageLab({ now: () => new Date(Date.now() + clockOffsetSeconds * 1000) });
});
afterAll(() => lab.close());

const signUpload = (object: string, expiresInSeconds = 900) =>
  lab.sign({
    object,
    action: 'write',
    contentType: 'application/pdf',
    extensionHeaders: UPLOAD_HEADERS,
    expiresInSeconds,
  });
const put = (url: string, headers: Record<string, string> = SENT, body = 'bytes of a file') =>
  fetch(url, { method: 'PUT', headers, body });
const outcome = async (answer: Promise<Response>): Promise<[number, string | undefined]> => {
  const got = await answer;
  return [got.status, /<Code>(\w+)<\/Code>/.exec(await got.text())?.[1]];
};
/** Announces ten bytes more than it sends, then hangs up. */
const sendCutOff = (url: string, headers: Record<string, string>, bytes: Uint8Array) =>
  new Promise<void>((resolve) => {
    const sending = request(url, {
      method: 'PUT',
      headers: { ...headers, 'content-length': String(bytes.length + 10) },
    });
    sending.on('error', () => resolve());
    sending.write(bytes, () => setTimeout(() => sending.destroy(new Error('cut')), 50));
  });
const stored = async (object: string) => (await lab.client().bucket('uploads').file(object).download())[0].toString();

describe('a signed PUT', () => {
  test('It is taken once, with the type that was signed, and a second one is a 412', async () => {
    const url = await signUpload('once/a b é.pdf');
    const first = await put(url);
    expect([first.status, first.headers.get('x-goog-stored-content-length')]).toEqual([200, '15']);
    expect(await outcome(put(url, SENT, 'other bytes'))).toEqual([412, 'PreconditionFailed']);
    expect(await stored('once/a b é.pdf')).toBe('bytes of a file');
    const [metadata] = await lab.client().bucket('uploads').file('once/a b é.pdf').getMetadata();
    expect(metadata.contentType).toBe('application/pdf');
  });

  test('After its time it is a 400 ExpiredToken', async () => {
    const url = await signUpload('late.pdf', 60);
    clockOffsetSeconds = 61;
    const late = await outcome(put(url));
    clockOffsetSeconds = 0;
    expect(late).toEqual([400, 'ExpiredToken']);
    expect(await outcome(put(url))).toEqual([200, undefined]);
  });

  test('Its size is held within the signed range', async () => {
    const url = await signUpload('sized.pdf');
    expect(await outcome(put(url, SENT, 'x'.repeat(1001)))).toEqual([400, 'EntityTooLarge']);
    expect(await outcome(put(url, SENT, ''))).toEqual([400, 'EntityTooSmall']);
    expect(await outcome(put(url, SENT, 'x'.repeat(1000)))).toEqual([200, undefined]);
  });

  test('The length is counted where the sender does not announce it', async () => {
    const url = await signUpload('chunked.pdf');
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(2000));
        controller.close();
      },
    });
    const sending = { method: 'PUT', headers: SENT, body, duplex: 'half' };
    expect(await outcome(fetch(url, sending as RequestInit))).toEqual([400, 'EntityTooLarge']);
  });

  test.each([
    ['another type', { ...SENT, 'content-type': 'text/html' }],
    ['a wider length range', { ...SENT, 'x-goog-content-length-range': '1,999999999' }],
    ['another condition', { ...SENT, 'x-goog-if-generation-match': '1' }],
  ])('With %s it is a 403 SignatureDoesNotMatch', async (_, headers) => {
    expect(await outcome(put(await signUpload('altered.pdf'), headers))).toEqual([403, 'SignatureDoesNotMatch']);
  });

  test.each(['content-type', 'x-goog-content-length-range', 'x-goog-if-generation-match'])(
    'Without its signed header %s it is a 400 that names the header',
    async (name) => {
      const { [name as keyof typeof SENT]: _, ...rest } = SENT;
      const answer = await fetch(await signUpload('bare.pdf'), {
        method: 'PUT',
        headers: rest,
        body: new Uint8Array(3),
      });
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(name)]);
    },
  );

  test('A sender that hangs up in the middle leaves nothing behind, and may try again', async () => {
    const url = await signUpload('cut.pdf');
    await sendCutOff(url, SENT, Buffer.from('half of'));
    expect(await lab.client().bucket('uploads').file('cut.pdf').exists()).toEqual([false]);
    expect(await outcome(put(url))).toEqual([200, undefined]);
  });

  test('A header of Google that was not signed is refused', async () => {
    const answer = put(await signUpload('extra.pdf'), { ...SENT, 'x-goog-meta-owner': 'me' });
    expect(await outcome(answer)).toEqual([400, 'MalformedSecurityHeader']);
  });

  test.each([
    ['object', (url: string) => url.replace('victim.pdf', 'victix.pdf')],
    ['bucket', (url: string) => url.replace('/uploads/', '/processed/')],
    ['validity', (url: string) => url.replace('X-Goog-Expires=900', 'X-Goog-Expires=9000')],
    ['signer', (url: string) => url.replace('X-Goog-Credential=local', 'X-Goog-Credential=other')],
    ['signature', (url: string) => url.replace(/[0-9a-f]{4}$/, (end) => (end === '0000' ? '1111' : '0000'))],
    ['query', (url: string) => `${url}&response-content-type=text%2Fhtml`],
  ])('With another %s in the URL it is a 403 SignatureDoesNotMatch', async (_, change) => {
    const url = await signUpload('victim.pdf');
    expect(change(url)).not.toBe(url);
    expect(await outcome(put(change(url)))).toEqual([403, 'SignatureDoesNotMatch']);
  });

  test('It does not serve another method, and nothing is served without a signature', async () => {
    const url = await signUpload('method.pdf');
    await put(url);
    expect(await outcome(fetch(url, { method: 'DELETE', headers: SENT }))).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await outcome(fetch(url.split('?')[0] ?? ''))).toEqual([403, 'AccessDenied']);
  });

  test('One signed by another key is refused', async () => {
    const other = await startStorageLab();
    try {
      const foreign = await other.sign({ object: 'foreign.pdf', action: 'write' });
      const here = foreign.replace(other.storage.url, lab.storage.url);
      expect(await outcome(fetch(here, { method: 'PUT', body: 'x' }))).toEqual([403, 'SignatureDoesNotMatch']);
    } finally {
      await other.close();
      process.env.GCE_METADATA_HOST = lab.metadata.host;
    }
  });
});

describe('a signed GET', () => {
  test('It reads the generation it names, and no later one', async () => {
    const file = lab.client().bucket('uploads').file('read.txt');
    await file.save('first', { resumable: false, contentType: 'text/plain' });
    const generation = String((await file.getMetadata())[0].generation);
    const url = await lab.sign({ object: 'read.txt', action: 'read', generation });
    const answer = await fetch(url);
    expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([
      200,
      'first',
      'text/plain',
    ]);
    await file.save('second', { resumable: false });
    expect(await outcome(fetch(url))).toEqual([404, 'NoSuchKey']);
  });
});

describe('a signed resumable upload', () => {
  const startHeaders = { ...SENT, 'x-goog-resumable': 'start' };
  const start = async (object: string, range = '1,1000000') => {
    const limits = { 'x-goog-content-length-range': range, 'x-goog-if-generation-match': '0' };
    const url = await lab.sign({
      object,
      action: 'resumable',
      contentType: 'application/pdf',
      extensionHeaders: limits,
    });
    const headers = { ...startHeaders, ...limits, origin: PAGE_ORIGIN };
    return { url, answer: await fetch(url, { method: 'POST', headers }) };
  };

  test('The signed POST opens a session that takes parts without a signature', async () => {
    const { answer } = await start('large.pdf');
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([201, PAGE_ORIGIN]);
    const uri = answer.headers.get('location') ?? '';
    const bytes = randomBytes(PART_BYTES + 100);
    const first = await fetch(uri, {
      method: 'PUT',
      headers: { 'content-range': `bytes 0-${PART_BYTES - 1}/*` },
      body: bytes.subarray(0, PART_BYTES),
    });
    expect([first.status, first.headers.get('range')]).toEqual([308, `bytes=0-${PART_BYTES - 1}`]);
    const last = await fetch(uri, {
      method: 'PUT',
      headers: { 'content-range': `bytes ${PART_BYTES}-${bytes.length - 1}/${bytes.length}` },
      body: bytes.subarray(PART_BYTES),
    });
    expect(last.status).toBe(200);
    const [read] = await lab.client().bucket('uploads').file('large.pdf').download();
    expect(read.equals(bytes)).toBe(true);
    const again = await start('large.pdf');
    expect(again.answer.status).toBe(412);
  });

  test('After a broken connection the session knows what has arrived and takes the rest', async () => {
    const { answer } = await start('resumed.pdf');
    const uri = answer.headers.get('location') ?? '';
    const bytes = randomBytes(PART_BYTES + 100);
    const range = { 'content-range': `bytes 0-${bytes.length - 1}/${bytes.length}` };
    await sendCutOff(uri, range, bytes.subarray(0, PART_BYTES + 50));
    const asked = await fetch(uri, { method: 'PUT', headers: { 'content-range': `bytes */${bytes.length}` } });
    expect([asked.status, asked.headers.get('range')]).toEqual([308, `bytes=0-${PART_BYTES - 1}`]);
    const rest = { 'content-range': `bytes ${PART_BYTES}-${bytes.length - 1}/${bytes.length}` };
    expect((await fetch(uri, { method: 'PUT', headers: rest, body: bytes.subarray(PART_BYTES) })).status).toBe(200);
    const [read] = await lab.client().bucket('uploads').file('resumed.pdf').download();
    expect(read.equals(bytes)).toBe(true);
  });

  test('More than the signed range is refused in the part that goes beyond it', async () => {
    const { answer } = await start('beyond.pdf', '1,1000');
    const uri = answer.headers.get('location') ?? '';
    expect(await outcome(fetch(uri, { method: 'PUT', body: 'x'.repeat(1001) }))).toEqual([400, 'EntityTooLarge']);
    expect(await lab.client().bucket('uploads').file('beyond.pdf').exists()).toEqual([false]);
  });

  test('An object that came to be meanwhile wins over the session', async () => {
    const { answer } = await start('overtaken.pdf');
    await lab.client().bucket('uploads').file('overtaken.pdf').save('first', { resumable: false });
    const end = fetch(answer.headers.get('location') ?? '', { method: 'PUT', body: 'late' });
    expect(await outcome(end)).toEqual([412, 'PreconditionFailed']);
  });

  test('A POST without x-goog-resumable: start is refused, and so is an unknown session', async () => {
    const { url } = await start('nostart.pdf');
    const { 'x-goog-resumable': _, ...rest } = startHeaders;
    expect((await fetch(url, { method: 'POST', headers: rest })).status).toBe(400);
    const guess = `${lab.storage.url}/uploads/nostart.pdf?upload_id=guess`;
    expect(await outcome(fetch(guess, { method: 'PUT', body: 'x' }))).toEqual([404, 'NoSuchUpload']);
  });
});
