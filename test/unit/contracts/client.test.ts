import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiError, createClient } from '../../../functions/src/contracts/client.ts';
import { type Handlers, OPERATION_NAMES, OPERATIONS } from '../../../functions/src/contracts/operations.ts';
import { AppError } from '../../../functions/src/errors.ts';
import { type ApiLab, idTokenOf, startApiLab } from '../../support/api-lab.ts';
import { SAMPLE_HANDLERS, SAMPLE_REQUESTS } from '../../support/operation-samples.ts';

let lab: ApiLab;
const seen: unknown[] = [];

beforeAll(async () => {
  const handlers = Object.fromEntries(
    OPERATION_NAMES.map((name) => [
      name,
      (caller: never, request: never) => {
        seen.push(request);
        return SAMPLE_HANDLERS[name](caller, request);
      },
    ]),
  ) as unknown as Handlers;
  handlers.cancelRun = async () => {
    throw new AppError('RATE_LIMITED', { limit: 10, window: 'minute', retryAfterSeconds: 7 });
  };
  lab = await startApiLab({ handlers: () => handlers });
});
afterAll(() => lab.stop());

const clientFor = (token: string | null) =>
  createClient({ baseUrl: lab.origin, fetch: (url, init) => fetch(url, init), token: async () => token });

const answeredBy = (answer: () => Response | Promise<Response>) =>
  createClient({ baseUrl: '', fetch: async () => answer(), token: async () => 'token' });

const errorOf = async (asking: Promise<unknown>): Promise<ApiError> => {
  const thrown = await asking.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof ApiError)) throw new Error(`no ApiError: ${String(thrown)}`);
  return thrown;
};

test.each(OPERATION_NAMES.filter((name) => name !== 'cancelRun'))(
  '%s arrives as it was meant, and its answer comes back',
  async (name) => {
    const call = clientFor(idTokenOf('user1'))[name] as (input: unknown) => Promise<unknown>;
    const answer = await call(SAMPLE_REQUESTS[name]);
    OPERATIONS[name].response.parse(answer);
    expect(seen.at(-1)).toEqual(OPERATIONS[name].request.parse(SAMPLE_REQUESTS[name]));
  },
);

test('A value is carried whole, whatever characters it has.', async () => {
  const cursor = 'a b&c=d/é?#%';
  await clientFor(idTokenOf('user1')).listRows({ runId: 'run1', cursor });
  expect(seen.at(-1)).toMatchObject({ runId: 'run1', cursor });
});

describe('an error', () => {
  test('of the service carries its code, reason, details, status, and when to come back', async () => {
    const asking = clientFor(idTokenOf('user1')).cancelRun({ runId: 'run1' }, { requestId: 'request-1' });
    expect(await errorOf(asking)).toMatchObject({
      name: 'ApiError',
      message: 'Too many requests: 10 per minute are allowed. Try again in 7 s.',
      code: 'resource-exhausted',
      reason: 'RATE_LIMITED',
      details: { limit: 10, window: 'minute', retryAfterSeconds: 7 },
      status: 429,
      retryAfterSeconds: 7,
      requestId: 'request-1',
    });
  });

  test('of who is not signed in says so', async () => {
    expect(await errorOf(clientFor(null).getRun({ runId: 'run1' }))).toMatchObject({
      status: 401,
      code: 'unauthenticated',
      reason: 'UNAUTHENTICATED',
    });
  });

  test.each([
    ['a page of a proxy', () => new Response('<html>', { status: 502 }), 502],
    ['an empty answer', () => new Response('', { status: 200 }), 200],
    ['JSON that is not the envelope', () => Response.json(['x']), 200],
    ['no connection', () => Promise.reject(new TypeError('fetch failed')), 0],
  ])('from %s is NO_ANSWER', async (_, answer, status) => {
    expect(await errorOf(answeredBy(answer).health({}))).toMatchObject({ reason: 'NO_ANSWER', status });
  });
});

test('An abort is an abort, not an error of the service.', async () => {
  const controller = new AbortController();
  controller.abort();
  const asking = clientFor(idTokenOf('user1')).getRun({ runId: 'run1' }, { signal: controller.signal });
  await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
});

test('Nobody is asked for a token before an operation that takes none.', async () => {
  const client = createClient({
    baseUrl: lab.origin,
    fetch: (url, init) => fetch(url, init),
    token: async () => {
      throw new Error('not to be called');
    },
  });
  expect(await client.health({})).toEqual({ status: 'ok', version: '1.2.3' });
});
