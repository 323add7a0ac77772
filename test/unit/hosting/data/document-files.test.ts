import { describe, expect, it, jest } from '@jest/globals';
import { createDocumentFiles } from '../../../../hosting/src/data/document-files.ts';
import type { Session } from '../../../../hosting/src/data/session.ts';
import { createStore } from '../../../../hosting/src/data/store.ts';

const NOW = Date.parse('2026-11-20T10:00:00.000Z');
const HOUR = 3_600_000;

const lab = (answer: (url: string, init: RequestInit) => Response = () => new Response('{"blocks":[]}')) => {
  let clock = NOW;
  let asked = 0;
  const session = createStore<Session>({ state: 'visitor', uid: 'one' });
  const openDocument = jest.fn(({ conversionId }: { conversionId: string }) => {
    asked += 1;
    const expiresAt = new Date(clock + HOUR).toISOString();
    const urlOf = (name: string) => ({
      url: `https://storage/${conversionId}/${name}/${asked}`,
      fileName: name,
      expiresAt,
    });
    return Promise.resolve({
      conversion: {} as never,
      markdown: urlOf('markdown'),
      blocks: urlOf('blocks'),
      original: urlOf('original'),
    });
  });
  const fetchFrom = jest.fn((url: string, init: RequestInit) => Promise.resolve(answer(url, init)));
  const files = createDocumentFiles({ api: { openDocument }, session, fetch: fetchFrom, now: () => clock });
  const wait = (milliseconds: number) => {
    clock += milliseconds;
  };
  return { files, openDocument, fetchFrom, session, wait };
};

describe('the files of a document', () => {
  it('are its Markdown and its blocks, and the original only when it is asked for', async () => {
    const { files, fetchFrom } = lab();
    expect(await files.open('a')).toEqual({ markdown: '{"blocks":[]}', index: { blocks: [] } });
    expect(fetchFrom.mock.calls.map(([url]) => url)).toEqual([
      'https://storage/a/markdown/1',
      'https://storage/a/blocks/1',
    ]);
    await files.original('a');
    expect(fetchFrom.mock.calls.at(-1)?.[0]).toBe('https://storage/a/original/1');
  });

  it('are kept out of the browser cache', async () => {
    const { files, fetchFrom } = lab();
    await files.open('a');
    for (const [, init] of fetchFrom.mock.calls) expect(init.cache).toBe('no-store');
  });

  it('are loaded once, also when two ask at the same time', async () => {
    const { files, openDocument, fetchFrom } = lab();
    await Promise.all([files.open('a'), files.open('a')]);
    await files.open('a');
    expect(openDocument).toHaveBeenCalledTimes(1);
    expect(fetchFrom).toHaveBeenCalledTimes(2);
  });

  it('are asked for anew when the URL has expired', async () => {
    const { files, fetchFrom, wait } = lab();
    await files.open('a');
    wait(HOUR);
    await files.original('a');
    expect(fetchFrom.mock.calls.at(-1)?.[0]).toBe('https://storage/a/original/2');
  });

  it('are asked for once more when the storage refuses the URL', async () => {
    const { files } = lab((url) => (url.endsWith('/1') ? new Response('', { status: 403 }) : new Response('{}')));
    await expect(files.original('a')).resolves.toBeInstanceOf(ArrayBuffer);
  });

  it('are a failure that can be tried again when the storage does not answer', async () => {
    let isDown = true;
    const { files } = lab(() => (isDown ? new Response('', { status: 503 }) : new Response('{}')));
    await expect(files.open('a')).rejects.toMatchObject({ reason: 'NO_ANSWER', status: 503 });
    isDown = false;
    await expect(files.open('a')).resolves.toMatchObject({ markdown: '{}' });
  });

  it('are remembered for the three documents opened last', async () => {
    const { files, openDocument } = lab();
    for (const id of ['a', 'b', 'c', 'a', 'd']) await files.open(id);
    expect(openDocument).toHaveBeenCalledTimes(4);
    await files.open('a');
    expect(openDocument).toHaveBeenCalledTimes(4);
    await files.open('b');
    expect(openDocument).toHaveBeenCalledTimes(5);
  });

  it('are forgotten when somebody else signs in', async () => {
    const { files, openDocument, session } = lab();
    await files.open('a');
    session.set({ state: 'member', uid: 'two', email: 'two@example.org', emailVerified: true });
    await files.open('a');
    expect(openDocument).toHaveBeenCalledTimes(2);
  });
});
