import { describe, expect, it } from '@jest/globals';
import { ApiError } from '../../../../../functions/src/contracts/client.ts';
import { sendFile } from '../../../../../hosting/src/data/uploads/send-file.ts';
import type { Sending, SendProgress, UploadGrant } from '../../../../../hosting/src/data/uploads/sending.ts';
import { answer, fakeStorage, grantOf } from './fake-storage.ts';

const MB = 1024 * 1024;

const sendingOf = (
  storage: ReturnType<typeof fakeStorage>,
  { bytes = 100, grant = grantOf(), renew }: { bytes?: number; grant?: UploadGrant; renew?: Sending['renew'] } = {},
) => {
  const waits: number[] = [];
  const told: SendProgress[] = [];
  const stop = new AbortController();
  const sending: Sending = {
    file: new Blob([new Uint8Array(bytes)]),
    grant,
    renew: renew ?? (() => Promise.reject(new Error('No other grant was expected.'))),
    transport: storage.transport,
    wait: async (seconds) => {
      waits.push(seconds);
    },
    signal: stop.signal,
    tell: (progress) => told.push(progress),
  };
  return { sending, waits, told, stop };
};

const notAwaited = () =>
  Promise.reject(
    new ApiError(
      { code: 'already-exists', reason: 'UPLOAD_NOT_AWAITED', message: 'It has arrived.', details: {} },
      { status: 409, retryAfterSeconds: null, requestId: null },
    ),
  );

describe('sendFile, in one request', () => {
  it('sends the whole file with the granted headers and no others', async () => {
    const storage = fakeStorage([answer(200)]);
    await sendFile(sendingOf(storage).sending);
    const { url, headers } = grantOf();
    expect(storage.seen).toEqual([{ method: 'PUT', url, headers, bytes: 100 }]);
  });

  it('tries again after 1, 4 and 16 seconds when nothing answers, and gives up after that', async () => {
    const { sending, waits } = sendingOf(fakeStorage([null, null, null, null]));
    await expect(sendFile(sending)).rejects.toMatchObject({
      problem: { kind: 'offline', reason: 'UPLOAD_BROKEN_OFF' },
    });
    expect(waits).toEqual([1, 4, 16]);
  });

  it('says that it is broken off as long as nothing is on its way', async () => {
    const { sending, told } = sendingOf(fakeStorage([null, answer(200)]));
    await sendFile(sending);
    expect(told).toEqual([{ sentBytes: 0, interruptions: 1, isBroken: true }]);
  });

  it('takes "is there already" for success after a try whose answer was lost', async () => {
    const storage = fakeStorage([null, answer(412)]);
    await expect(sendFile(sendingOf(storage).sending)).resolves.toBeUndefined();
  });

  it('does not take it for success at the first try: something else is there', async () => {
    const { sending } = sendingOf(fakeStorage([answer(412)]));
    await expect(sendFile(sending)).rejects.toMatchObject({ problem: { reason: 'UPLOAD_NOT_TAKEN_412' } });
  });

  it('goes on with another grant when the first one has run out', async () => {
    const storage = fakeStorage([answer(400), answer(200)]);
    const renew = async () => grantOf({ url: 'https://storage.test/second' });
    await sendFile(sendingOf(storage, { renew }).sending);
    expect(storage.seen.map(({ url }) => url)).toEqual(['https://storage.test/upload', 'https://storage.test/second']);
  });

  it('asks for another grant before a retry when the clock says that the first one is over', async () => {
    const storage = fakeStorage([null, answer(200)]);
    const grant = grantOf({ expiresAt: '2020-01-01T00:00:00.000Z' });
    await sendFile(
      sendingOf(storage, { grant, renew: async () => grantOf({ url: 'https://storage.test/second' }) }).sending,
    );
    expect(storage.seen[1]?.url).toBe('https://storage.test/second');
  });

  it('is done when another grant is refused because the file has arrived', async () => {
    const grant = grantOf({ expiresAt: '2020-01-01T00:00:00.000Z' });
    const storage = fakeStorage([null]);
    await expect(sendFile(sendingOf(storage, { grant, renew: notAwaited }).sending)).resolves.toBeUndefined();
  });

  it('gives up when a renewed grant is refused as well', async () => {
    const storage = fakeStorage([answer(403), answer(403)]);
    const { sending } = sendingOf(storage, { renew: async () => grantOf() });
    await expect(sendFile(sending)).rejects.toMatchObject({ problem: { reason: 'UPLOAD_NOT_TAKEN_403' } });
  });

  it('stops without another try when it is called off', async () => {
    const storage = fakeStorage([answer(200)]);
    const { sending, stop } = sendingOf(storage);
    stop.abort();
    await expect(sendFile(sending)).rejects.toMatchObject({ name: 'AbortError' });
    expect(storage.seen).toEqual([]);
  });
});

describe('sendFile, in parts', () => {
  const grant = grantOf({ method: 'POST', resumable: true });
  const session = answer(201, { Location: 'https://storage.test/session' });
  const arrived = (bytes: number) => answer(308, { Range: `bytes=0-${bytes - 1}` });
  const rangesOf = (storage: ReturnType<typeof fakeStorage>) =>
    storage.seen.map(({ headers }) => headers['Content-Range']).filter((range) => range !== undefined);

  it('begins a session without a body and sends parts of 8 MiB, the last one shorter', async () => {
    const storage = fakeStorage([session, arrived(8 * MB), arrived(16 * MB), answer(200)]);
    await sendFile(sendingOf(storage, { bytes: 17 * MB, grant }).sending);
    expect(storage.seen[0]).toMatchObject({ method: 'POST', bytes: 0, headers: grant.headers });
    expect(rangesOf(storage)).toEqual([
      `bytes 0-${8 * MB - 1}/${17 * MB}`,
      `bytes ${8 * MB}-${16 * MB - 1}/${17 * MB}`,
      `bytes ${16 * MB}-${17 * MB - 1}/${17 * MB}`,
    ]);
    expect(storage.seen.map(({ bytes }) => bytes)).toEqual([0, 8 * MB, 8 * MB, MB]);
  });

  it('asks how much has arrived after it broke off, and goes on exactly there', async () => {
    const storage = fakeStorage([session, arrived(8 * MB), null, arrived(10 * MB), answer(200)]);
    const { sending, told } = sendingOf(storage, { bytes: 17 * MB, grant });
    await sendFile(sending);
    expect(rangesOf(storage).slice(2)).toEqual([`bytes */${17 * MB}`, `bytes ${10 * MB}-${17 * MB - 1}/${17 * MB}`]);
    expect(told.at(-1)).toEqual({ sentBytes: 10 * MB, interruptions: 1, isBroken: false });
  });

  it('begins at the first byte when nothing has arrived', async () => {
    const storage = fakeStorage([session, null, answer(308), answer(200)]);
    await sendFile(sendingOf(storage, { bytes: 5 * MB, grant }).sending);
    expect(rangesOf(storage).at(-1)).toBe(`bytes 0-${5 * MB - 1}/${5 * MB}`);
  });

  it('is done when the answer to the last part was lost', async () => {
    const storage = fakeStorage([session, null, answer(200)]);
    await expect(sendFile(sendingOf(storage, { bytes: 5 * MB, grant }).sending)).resolves.toBeUndefined();
  });

  it('begins anew when the session is gone', async () => {
    const storage = fakeStorage([session, answer(404), session, answer(200)]);
    await sendFile(sendingOf(storage, { bytes: 5 * MB, grant }).sending);
    expect(storage.seen.map(({ method }) => method)).toEqual(['POST', 'PUT', 'POST', 'PUT']);
  });

  it('gives up in the end when it breaks off again and again at the same byte', async () => {
    const broken = Array.from({ length: 5 }, () => [null, arrived(MB)]).flat();
    const { sending, waits } = sendingOf(fakeStorage([session, ...broken]), { bytes: 5 * MB, grant });
    await expect(sendFile(sending)).rejects.toMatchObject({ problem: { reason: 'UPLOAD_BROKEN_OFF' } });
    // The first of them got further.
    expect(waits).toEqual([1, 1, 4, 16]);
  });

  it('has all its pauses again after it got further', async () => {
    const storage = fakeStorage([
      session,
      null,
      arrived(MB),
      null,
      arrived(2 * MB),
      null,
      arrived(3 * MB),
      answer(200),
    ]);
    const { sending, waits } = sendingOf(storage, { bytes: 5 * MB, grant });
    await sendFile(sending);
    expect(waits).toEqual([1, 1, 1]);
  });
});
