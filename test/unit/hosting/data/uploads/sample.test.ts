import { expect, it } from '@jest/globals';
import { loadSample } from '../../../../../hosting/src/data/uploads/sample.ts';

const site = (answers: Readonly<Record<string, string>>): typeof fetch =>
  (async (address: string) =>
    address in answers ? new Response(answers[address]) : new Response(null, { status: 404 })) as typeof fetch;

it('makes a file of every one that the index names, by its name and type', async () => {
  const index = JSON.stringify([{ fileName: 'base offer.pdf', sizeBytes: 3 }]);
  const [file, ...others] = await loadSample(site({ '/sample/index.json': index, '/sample/base%20offer.pdf': 'abc' }));
  expect(others).toEqual([]);
  expect([file?.name, file?.type, await file?.text()]).toEqual(['base offer.pdf', 'application/pdf', 'abc']);
});

it.each([
  ['there is no index', {}],
  ['a file that it names is missing', { '/sample/index.json': '[{"fileName":"a.pdf","sizeBytes":1}]' }],
  ['a page is answered in its place', { '/sample/index.json': '<!doctype html>' }],
])('is a problem that can be shown when %s', async (_, answers) => {
  await expect(loadSample(site(answers))).rejects.toMatchObject({ problem: { reason: 'SAMPLE_UNAVAILABLE' } });
});
