import { describe, expect, test } from '@jest/globals';
import { problemOf } from '../../../../hosting/src/data/problem.ts';
import { readWebConfig } from '../../../../hosting/src/data/web-config.ts';

const thrownBy = (fetchFrom: typeof fetch): Promise<unknown> =>
  readWebConfig(fetchFrom).then(
    () => null,
    (thrown: unknown) => thrown,
  );

describe('The settings of the site', () => {
  test('They are what the site answers', async () => {
    const settings = { projectId: 'p', appId: 'a', apiKey: 'k', authDomain: 'd' };
    expect(await readWebConfig(async () => Response.json(settings))).toEqual(settings);
  });

  test.each<[string, typeof fetch]>([
    ['no answer', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['a refusal', async () => new Response('', { status: 503 })],
    ['a page in their place', async () => new Response('<!doctype html>')],
  ])('With %s it is the connection that is missing', async (_, fetchFrom) => {
    expect(problemOf(await thrownBy(fetchFrom)).kind).toBe('offline');
  });
});
