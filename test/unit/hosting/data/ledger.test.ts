import { expect, test } from '@jest/globals';
import { loadLedger } from '../../../../hosting/src/data/ledger.ts';

const api = {
  getLedger: async ({ runId }: { runId: string }) => ({
    download: {
      url: `https://storage.example/${runId}`,
      fileName: 'ledger.json',
      expiresAt: '2026-11-20T10:00:00.000Z',
    },
  }),
};
const signal = new AbortController().signal;

test('the ledger is read from its signed URL and left in no cache', async () => {
  const file = { documents: [], parts: [], excluded: [], unresolved: [] };
  const asked: unknown[] = [];
  const loaded = await loadLedger(api, 'run1', signal, async (url, init) => {
    asked.push([url, init]);
    return new Response(JSON.stringify(file));
  });
  expect(loaded).toEqual(file);
  expect(asked).toEqual([['https://storage.example/run1', { signal, cache: 'no-store' }]]);
});

test('storage that refuses or cannot be reached is a problem with the connection, which may be tried again', async () => {
  const refused = loadLedger(api, 'run1', signal, async () => new Response('', { status: 503 }));
  await expect(refused).rejects.toMatchObject({ reason: 'NO_ANSWER', status: 503 });
  const unreachable = loadLedger(api, 'run1', signal, async () => {
    throw new TypeError('Failed to fetch');
  });
  await expect(unreachable).rejects.toMatchObject({ reason: 'NO_ANSWER', status: 0 });
});

test('a reader that has gone gets the abort and no problem', async () => {
  const gone = new AbortController();
  gone.abort();
  const abort = new DOMException('gone', 'AbortError');
  const loading = loadLedger(api, 'run1', gone.signal, async () => {
    throw abort;
  });
  await expect(loading).rejects.toBe(abort);
});
