import { expect, test } from '@jest/globals';
import type { RecognisedPage, Recogniser } from '../../../../scripts/local-cloud/document-ai/recognise.ts';
import { sharePages } from '../../../../scripts/local-cloud/document-ai/share-pages.ts';

/** Reads one page at a time, in the order in which they come; `log` has who began what. */
const fakeRecogniser = (name: string, log: string[]): Recogniser => {
  let last: Promise<unknown> = Promise.resolve();
  return {
    recognise(_, pageNumber) {
      const page = last.then(async (): Promise<RecognisedPage> => {
        log.push(`${name}${pageNumber}`);
        await new Promise((resolve) => setImmediate(resolve));
        return { pageNumber, width: 1, height: 1, blocks: [] };
      });
      last = page;
      return page;
    },
    close: async () => void log.push(`${name} closed`),
  };
};

test('Pages go to the recogniser that has the fewest, and a request of one page does not wait for a request of many', async () => {
  const log: string[] = [];
  const shared = sharePages([fakeRecogniser('a', log), fakeRecogniser('b', log)]);
  const ended: string[] = [];
  const send = async (name: string, pages: number): Promise<void> => {
    for (let page = 1; page <= pages; page += 1) await shared.recognise(new Uint8Array(), page);
    ended.push(name);
  };
  await Promise.all([send('fifteen', 15), send('fourteen', 14), send('one', 1)]);
  expect(ended).toEqual(['one', 'fourteen', 'fifteen']);
  const by = (name: string) => log.filter((entry) => entry.startsWith(name)).length;
  expect([by('a') + by('b'), Math.abs(by('a') - by('b'))]).toEqual([30, expect.any(Number)]);
  expect(Math.abs(by('a') - by('b'))).toBeLessThan(4);
});

test('A page that cannot be read keeps no place, and all are closed', async () => {
  const log: string[] = [];
  const broken: Recogniser = { ...fakeRecogniser('a', log), recognise: () => Promise.reject(new Error('damaged')) };
  const shared = sharePages([broken, fakeRecogniser('b', log)]);
  for (const page of [1, 2, 3]) await expect(shared.recognise(new Uint8Array(), page)).rejects.toThrow('damaged');
  await shared.close();
  expect(log).toEqual(['a closed', 'b closed']);
});
