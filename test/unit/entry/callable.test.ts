import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import * as firebaseApp from 'firebase/app';
import { deleteApp, type FirebaseApp, initializeApp } from 'firebase/app';
import { type FunctionsError, getFunctions, httpsCallableFromURL } from 'firebase/functions';
import {
  type Handlers,
  OPERATION_NAMES,
  OPERATIONS,
  type OperationName,
} from '../../../functions/src/contracts/operations.ts';
import { AppError } from '../../../functions/src/errors.ts';
import { type ApiLab, idTokenOf, startApiLab } from '../../support/api-lab.ts';
import { SAMPLE_HANDLERS, SAMPLE_REQUESTS } from '../../support/operation-samples.ts';

/** Exported for Google's own packages: it is not in the types. */
const { _addComponent } = firebaseApp as unknown as { _addComponent(app: FirebaseApp, component: object): void };

const overrides: Partial<Handlers> = {};
let lab: ApiLab;
const apps: FirebaseApp[] = [];
/** What the protocol's own code writes, past our logger. */
const written: string[] = [];

beforeAll(async () => {
  for (const name of ['debug', 'info', 'log', 'warn', 'error'] as const) {
    jest.spyOn(console, name).mockImplementation((...line: unknown[]) => void written.push(line.join(' ')));
  }
  const handlers = Object.fromEntries(
    OPERATION_NAMES.map((name) => [
      name,
      (caller: never, request: never) => (overrides[name] ?? SAMPLE_HANDLERS[name])(caller, request) as unknown,
    ]),
  ) as unknown as Handlers;
  lab = await startApiLab({ handlers: () => handlers });
});
afterEach(() => {
  for (const name of OPERATION_NAMES) delete overrides[name];
});
afterAll(async () => {
  await Promise.all(apps.map(deleteApp));
  await lab.stop();
});

/** Google's own client, signed in with this token. */
const callableOf = (name: string, accessToken: string | null) => {
  const app = initializeApp({ projectId: 'demo-mdraft', apiKey: 'none' }, `app-${apps.length}`);
  apps.push(app);
  if (accessToken !== null) {
    _addComponent(app, {
      name: 'auth-internal',
      instanceFactory: () => ({ getToken: async () => ({ accessToken }) }),
      type: 'PRIVATE',
      instantiationMode: 'LAZY',
      multipleInstances: false,
      serviceProps: {},
      onInstanceCreated: null,
    });
  }
  return httpsCallableFromURL(getFunctions(app), `${lab.origin}/call/${name}`);
};

const refusalOf = async (name: string, token: string | null, data?: unknown) => {
  const error = (await callableOf(
    name,
    token,
  )(data).then(
    () => ({ code: 'none' }),
    (thrown: unknown) => thrown,
  )) as FunctionsError;
  return { code: error.code, message: error.message, details: error.details };
};

describe('every operation, called with the Firebase SDK', () => {
  test.each(OPERATION_NAMES)('%s answers as its schema says', async (name) => {
    const { data } = await callableOf(name, idTokenOf('user-call'))(SAMPLE_REQUESTS[name]);
    OPERATIONS[name].response.parse(data);
  });

  test.each(OPERATION_NAMES.filter((name) => OPERATIONS[name].auth === 'user'))(
    '%s asks who is not signed in to sign in',
    async (name) => {
      expect(await refusalOf(name, null, SAMPLE_REQUESTS[name])).toMatchObject({
        code: 'functions/unauthenticated',
        details: { reason: 'UNAUTHENTICATED' },
      });
    },
  );
});

describe('a callable', () => {
  const wire = async (name: OperationName | string, init: RequestInit = {}) => {
    const response = await fetch(`${lab.origin}/call/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"data":{}}',
      ...init,
    });
    return { status: response.status, headers: response.headers, body: await response.json().catch(() => null) };
  };

  test('knows an anonymous visitor from one with an e-mail address', async () => {
    const seen: unknown[] = [];
    overrides.listConversions = async ({ principal }, request) => {
      seen.push(principal);
      return SAMPLE_HANDLERS.listConversions({ principal } as never, request);
    };
    await callableOf('listConversions', idTokenOf('visitor', 'anonymous'))({});
    await callableOf('listConversions', idTokenOf('member', 'password'))();
    expect(seen).toEqual([
      { uid: 'visitor', anonymous: true, orgId: expect.any(String), role: 'owner' },
      { uid: 'member', anonymous: false, email: 'member@example.com', orgId: expect.any(String), role: 'owner' },
    ]);
  });

  test('refuses a token that is not valid with 401, in the words of the protocol', async () => {
    const { status, body } = await wire('listConversions', {
      headers: { 'Content-Type': 'application/json', Authorization: 'Bearer forged' },
    });
    expect({ status, body }).toEqual({
      status: 401,
      body: { error: { message: 'Unauthenticated', status: 'UNAUTHENTICATED' } },
    });
  });

  test('tells the reason and the details of a refusal, and when to come back', async () => {
    overrides.getRun = async () => {
      throw new AppError('RATE_LIMITED', { limit: 10, window: 'minute', retryAfterSeconds: 7 });
    };
    expect(await refusalOf('getRun', idTokenOf('user-call'), { runId: 'run1' })).toEqual({
      code: 'functions/resource-exhausted',
      message: expect.stringContaining('Too many requests: 10 per minute are allowed. Try again in 7 s.'),
      details: { reason: 'RATE_LIMITED', limit: 10, window: 'minute', retryAfterSeconds: 7 },
    });
    const authorization = { 'Content-Type': 'application/json', Authorization: `Bearer ${idTokenOf('user-call')}` };
    const { headers } = await wire('getRun', { headers: authorization, body: '{"data":{"runId":"run1"}}' });
    expect(headers.get('retry-after')).toBe('7');
  });

  test('names the field of a request that does not fit', async () => {
    expect(await refusalOf('getRun', idTokenOf('user-call'), { runId: 'a b' })).toMatchObject({
      code: 'functions/invalid-argument',
      details: { reason: 'REQUEST_INVALID', field: 'runId' },
    });
    expect(await refusalOf('getRun', idTokenOf('user-call'), 'text')).toMatchObject({
      details: { reason: 'REQUEST_INVALID', field: 'body' },
    });
    expect(await refusalOf('listRows', idTokenOf('user-call'), { runId: 'run1', actors: 'S3CRET' })).toMatchObject({
      message: expect.not.stringContaining('S3CRET'),
      details: { reason: 'REQUEST_INVALID', field: 'actors' },
    });
  });

  test('reports what nobody foresaw, and answers in general words', async () => {
    overrides.getRun = async () => {
      throw new TypeError('text of a document');
    };
    const before = lab.reported.length;
    expect(await refusalOf('getRun', idTokenOf('user-call'), { runId: 'run1' })).toMatchObject({
      code: 'functions/internal',
      details: { reason: 'INTERNAL' },
    });
    expect(lab.reported.slice(before)).toEqual([new TypeError('text of a document')]);
  });

  test('that does not exist is not found', async () => {
    for (const name of ['nothing', 'constructor', 'getRun/', '']) {
      expect((await wire(name)).body).toMatchObject({
        error: { status: 'NOT_FOUND', details: { reason: 'OPERATION_UNKNOWN' } },
      });
    }
  });

  test.each([
    ['cut JSON', '{"data":"SECRET', 400],
    ['no data', '{"other":"SECRET"}', 400],
    ['more beside the data', '{"data":{},"more":"SECRET"}', 400],
    ['more than a megabyte', `{"data":"SECRET${'a'.repeat(1024 * 1024)}"}`, 413],
  ])('refuses a body of %s in the form of the protocol, and logs none of it', async (_, body, status) => {
    const answer = await wire('getRun', { body });
    expect(answer).toMatchObject({ status, body: { error: { status: 'INVALID_ARGUMENT' } } });
    expect(written.join() + JSON.stringify(lab.log)).not.toContain('SECRET');
  });

  test('is not for other origins', async () => {
    const asked = await wire('health', { method: 'OPTIONS', headers: { Origin: 'https://elsewhere.example' } });
    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
    const called = await wire('health', {
      headers: { 'Content-Type': 'application/json', Origin: 'https://elsewhere.example' },
    });
    expect(called.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('carries the id of the request from its header to the log and back', async () => {
    const before = lab.log.length;
    const { headers } = await wire('health', {
      headers: { 'Content-Type': 'application/json', 'X-Request-ID': 'call-1' },
    });
    expect(headers.get('x-request-id')).toBe('call-1');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(lab.log.slice(before)).toEqual([
      expect.objectContaining({ requestId: 'call-1', operation: 'health', status: 200 }),
    ]);
  });
});

test('With App Check enforced, a request from no app of ours is refused.', async () => {
  const strict = await startApiLab({ handlers: () => SAMPLE_HANDLERS, enforceAppCheck: true });
  try {
    const response = await fetch(`${strict.origin}/call/health`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"data":{}}',
    });
    expect(response.status).toBe(401);
  } finally {
    await strict.stop();
  }
});
