import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PAGE_ORIGIN, type StorageLab, startStorageLab } from '../../../support/storage-lab.ts';

let lab: StorageLab;
beforeAll(async () => {
  lab = await startStorageLab();
});
afterAll(() => lab.close());

const preflight = async (origin: string, method: string, headers: string): Promise<Headers> => {
  const answer = await fetch(`${lab.storage.url}/uploads/a.pdf`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': headers },
  });
  return answer.headers;
};
const allowNames = (headers: Headers) => [...headers.keys()].filter((name) => name.startsWith('access-control-'));

test('A listed origin, method and headers are allowed, and named back', async () => {
  const headers = await preflight(PAGE_ORIGIN, 'PUT', 'content-type, X-Goog-If-Generation-Match');
  expect(headers.get('access-control-allow-origin')).toBe(PAGE_ORIGIN);
  expect(headers.get('access-control-allow-methods')).toBe('PUT,POST');
  expect(headers.get('access-control-allow-headers')).toContain('x-goog-if-generation-match');
  expect(headers.get('access-control-max-age')).toBe('600');
});

test.each([
  ['a header that is not listed', PAGE_ORIGIN, 'PUT', 'content-type,x-goog-meta-owner'],
  ['a header that is listed for another origin only', 'https://reader.example', 'GET', 'x-goog-resumable'],
  ['a method that is not listed', PAGE_ORIGIN, 'DELETE', ''],
  ['another origin', 'https://evil.example', 'PUT', 'content-type'],
  ['the same host on another port', `${PAGE_ORIGIN}:8443`, 'PUT', 'content-type'],
])('A preflight with %s gets no allowing header at all', async (_, origin, method, headers) => {
  expect(allowNames(await preflight(origin, method, headers))).toEqual([]);
});

test('A bucket without a list allows nobody', async () => {
  const answer = await fetch(`${lab.storage.url}/processed/a.pdf`, {
    method: 'OPTIONS',
    headers: { origin: PAGE_ORIGIN, 'access-control-request-method': 'PUT' },
  });
  expect(allowNames(answer.headers)).toEqual([]);
});

test('The answer itself is readable for the listed origin, refusals too, and for no other', async () => {
  const url = await lab.sign({ object: 'cors.txt', action: 'write' });
  const send = (origin: string) => fetch(url, { method: 'PUT', headers: { origin }, body: 'x' });
  const ours = await send(PAGE_ORIGIN);
  expect(ours.headers.get('access-control-allow-origin')).toBe(PAGE_ORIGIN);
  expect(ours.headers.get('access-control-expose-headers')).toContain('Location');
  expect(allowNames((await send('https://evil.example')).headers)).toEqual([]);
  const refused = await fetch(`${url}0`, { method: 'PUT', headers: { origin: PAGE_ORIGIN }, body: 'x' });
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, PAGE_ORIGIN]);
});
