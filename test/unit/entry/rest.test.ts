import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ErrorEnvelopeSchema } from '../../../functions/src/contracts/envelope.ts';
import {
  type Handlers,
  OPERATION_NAMES,
  OPERATIONS,
  type OperationName,
  RATE_LIMITS,
} from '../../../functions/src/contracts/operations.ts';
import { AppError } from '../../../functions/src/errors.ts';
import { type ApiLab, idTokenOf, startApiLab } from '../../support/api-lab.ts';
import { SAMPLE_HANDLERS, SAMPLE_REQUESTS } from '../../support/operation-samples.ts';

const USER_OPERATIONS = OPERATION_NAMES.filter((name) => OPERATIONS[name].auth === 'user');

const overrides: Partial<Handlers> = {};
let lab: ApiLab;

beforeAll(async () => {
  const handlers = Object.fromEntries(
    OPERATION_NAMES.map((name) => [
      name,
      (caller: never, request: never) =>
        (overrides[name] ?? SAMPLE_HANDLERS[name])(caller as never, request as never) as unknown,
    ]),
  ) as unknown as Handlers;
  lab = await startApiLab({ handlers: () => handlers });
});
afterAll(() => lab.stop());

interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, never> & { error?: { code: string; reason: string; details: Record<string, unknown> } };
}

const send = async (path: string, init: RequestInit = {}): Promise<Answer> => {
  const response = await fetch(`${lab.origin}${path}`, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
};

const requestOf = (name: OperationName, input: Record<string, unknown>, token: string | null) => {
  const { method, path } = OPERATIONS[name].rest;
  const rest = { ...input };
  const filled = path.replace(/\{(\w+)\}/g, (_, field: string) => {
    const value = String(rest[field]);
    delete rest[field];
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams(Object.entries(rest).map(([key, value]) => [key, String(value)])).toString();
  const init: RequestInit = {
    method: method.toUpperCase(),
    headers: {
      ...(token !== null && { Authorization: `Bearer ${token}` }),
      ...(method === 'post' && { 'Content-Type': 'application/json' }),
    },
    ...(method === 'post' && { body: JSON.stringify(rest) }),
  };
  return { path: `/api/v1${filled}${method === 'post' || query === '' ? '' : `?${query}`}`, init };
};

const call = (name: OperationName, input: Record<string, unknown>, token: string | null): Promise<Answer> => {
  const { path, init } = requestOf(name, input, token);
  return send(path, init);
};

const failingWith = async (name: OperationName, thrown: unknown, uid: string): Promise<Answer> => {
  overrides[name] = async () => {
    throw thrown;
  };
  try {
    return await call(name, { ...SAMPLE_REQUESTS[name] }, idTokenOf(uid));
  } finally {
    delete overrides[name];
  }
};

describe('every operation', () => {
  test.each(OPERATION_NAMES)('%s answers a request that fits, in the envelope', async (name) => {
    const { status, headers, body } = await call(name, { ...SAMPLE_REQUESTS[name] }, idTokenOf('user-ok'));
    expect({ status, success: body.success }).toEqual({ status: 200, success: true });
    OPERATIONS[name].response.parse(body.data);
    expect(body.timestamp).toBe('2026-11-20T09:00:10.000Z');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test.each(USER_OPERATIONS)('%s asks for a token when there is none, or none that is valid', async (name) => {
    for (const token of [null, 'forged.token.here']) {
      const { status, body, headers } = await call(name, { ...SAMPLE_REQUESTS[name] }, token);
      expect({ status, reason: body.error?.reason }).toEqual({ status: 401, reason: 'UNAUTHENTICATED' });
      expect(headers.get('www-authenticate')).toBe('Bearer');
      expect(headers.get('cache-control')).toBe('no-store');
    }
    lab.clock.time = new Date(lab.clock.time.getTime() + 120_000);
  });

  test.each(USER_OPERATIONS)('%s is audited, done or refused, with the ids that it names', async (name) => {
    const uid = `audited-${name}`;
    await call(name, { ...SAMPLE_REQUESTS[name] }, idTokenOf(uid));
    await failingWith(name, new AppError('RUN_NOT_FOUND'), uid);
    const entries = lab.repositories.stored.audit().filter((entry) => entry.uid === uid);
    const sample: Record<string, unknown> = { ...SAMPLE_REQUESTS[name], conversionId: 'conversion1', runId: 'run1' };
    const inAnswer = ['createUpload', 'startAnalysis'].includes(name);
    const subject = Object.fromEntries((OPERATIONS[name].audit ?? []).map((field) => [field, sample[field]]));
    expect(entries.map(({ operation, outcome, subject }) => ({ operation, outcome, subject }))).toEqual([
      { operation: name, outcome: 'ok', subject },
      { operation: name, outcome: 'RUN_NOT_FOUND', subject: inAnswer ? {} : subject },
    ]);
  });

  test.each(OPERATION_NAMES)(
    '%s is refused with 429 and a time to come back when it is asked too often',
    async (name) => {
      const { auth, rateLimit } = OPERATIONS[name];
      const most = auth === 'public' ? RATE_LIMITS.public.perMinute : RATE_LIMITS[rateLimit].perMinute;
      const token = idTokenOf(`eager-${name}`);
      const input = { ...SAMPLE_REQUESTS[name] };
      const statuses = new Set<number>();
      for (let sent = 0; sent < most; sent += 1) statuses.add((await call(name, input, token)).status);
      const { status, headers, body } = await call(name, input, token);
      expect([...statuses]).toEqual([200]);
      expect({ status, reason: body.error?.reason }).toEqual({ status: 429, reason: 'RATE_LIMITED' });
      expect(headers.get('retry-after')).toBe(String(body.error?.details.retryAfterSeconds));
      lab.clock.time = new Date(lab.clock.time.getTime() + 120_000);
    },
  );

  test.each(USER_OPERATIONS)(
    '%s refuses a request that does not fit, names the field and keeps the value to itself',
    async (name) => {
      const secret = 'S3CRET VALUE';
      for (const field of Object.keys(OPERATIONS[name].request.shape)) {
        const { status, body } = await call(name, { ...SAMPLE_REQUESTS[name], [field]: secret }, idTokenOf('user-bad'));
        if (field === 'cursor' || field === 'fileName') continue;
        expect({ field, status, reason: body.error?.reason }).toEqual({
          field,
          status: 400,
          reason: 'REQUEST_INVALID',
        });
        expect(body.error?.details.field).toBe(field);
        expect(JSON.stringify(body)).not.toContain('S3CRET');
      }
      lab.clock.time = new Date(lab.clock.time.getTime() + 120_000);
    },
  );
});

describe('a request', () => {
  const token = idTokenOf('user-http');
  const post = (body: string, contentType = 'application/json') =>
    send('/api/v1/convert', {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': contentType },
      body,
    });
  const refusal = ({ status, body }: Answer) => [status, body.error?.reason];

  test('keeps its id, or gets one, in the answer and in the one line of the log', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const before = lab.log.length;
    const { headers } = await send('/api/v1/convert', {
      headers: {
        Authorization: `Bearer ${token}`,
        'X-Request-ID': 'from-the-browser',
        traceparent: `00-${traceId}-b7ad6b7169203331-01`,
      },
    });
    expect(headers.get('x-request-id')).toBe('from-the-browser');
    expect(lab.log.slice(before)).toEqual([
      expect.objectContaining({
        severity: 'INFO',
        requestId: 'from-the-browser',
        'logging.googleapis.com/trace': `projects/demo-mdraft/traces/${traceId}`,
        operation: 'listConversions',
        status: 200,
        durationMs: 0,
        uid: 'user-http',
        orgId: expect.stringMatching(/^[0-9a-f]{20}$/),
      }),
    ]);
    const other = await send('/api/v1/health', { headers: { 'X-Request-ID': 'not an id; at all' } });
    expect(other.headers.get('x-request-id')).toMatch(/^[\w-]{1,64}$/);
  });

  test('to an unknown address is 404, by a method that the address does not take 405 with those it takes', async () => {
    expect(refusal(await send('/api/v1/nothing'))).toEqual([404, 'OPERATION_UNKNOWN']);
    expect(refusal(await send('/api/v1/convert/'))).toEqual([404, 'OPERATION_UNKNOWN']);
    expect(refusal(await send('/elsewhere'))).toEqual([404, 'OPERATION_UNKNOWN']);
    const answer = await send('/api/v1/convert/conversion1', { method: 'PUT' });
    expect(refusal(answer)).toEqual([405, 'METHOD_NOT_ALLOWED']);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, DELETE');
    expect((await send('/api/v1/openapi.json', { method: 'POST' })).headers.get('allow')).toBe('GET, HEAD');
  });

  test.each([
    ['cut JSON', '{"fileName": "a', 'application/json', 400, 'REQUEST_INVALID'],
    ['a list', '[]', 'application/json', 400, 'REQUEST_INVALID'],
    ['a bare word', '"text"', 'application/json', 400, 'REQUEST_INVALID'],
    ['a form', 'fileName=a.pdf', 'application/x-www-form-urlencoded', 415, 'MEDIA_TYPE_UNSUPPORTED'],
    ['text', '{}', 'text/plain', 415, 'MEDIA_TYPE_UNSUPPORTED'],
    ['JSON in another alphabet', '{}', 'application/json; charset=utf-37', 415, 'MEDIA_TYPE_UNSUPPORTED'],
    ['more than a megabyte', `{"fileName":"${'a'.repeat(1024 * 1024)}"}`, 'application/json', 413, 'REQUEST_TOO_LARGE'],
  ])(
    'with %s as its body is refused in the envelope, without a stack',
    async (_, body, contentType, status, reason) => {
      const answer = await post(body, contentType);
      expect(refusal(answer)).toEqual([status, reason]);
      ErrorEnvelopeSchema.parse(answer.body);
      expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|SyntaxError|\\n/);
      expect(answer.headers.get('x-request-id')).toMatch(/^[\w-]+$/);
    },
  );

  test('with a body in another encoding than it says is refused in the envelope', async () => {
    const answer = await send('/api/v1/convert', {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
      body: '{}',
    });
    expect(refusal(answer)).toEqual([400, 'REQUEST_INVALID']);
  });

  test('is answered with what the schema of the response names, and nothing else', async () => {
    overrides.deleteConversion = async () => ({ conversionId: 'conversion1', uploadObject: 'uploads/secret' }) as never;
    const { body } = await call('deleteConversion', { conversionId: 'conversion1' }, token);
    delete overrides.deleteConversion;
    expect(body.data).toEqual({ conversionId: 'conversion1' });
  });
});

describe('a failure', () => {
  test('that nobody foresaw is reported, and told in general words', async () => {
    const before = lab.reported.length;
    const { status, body } = await failingWith('getRun', new TypeError('text of a document'), 'user-fail');
    expect({ status, error: body.error }).toMatchObject({ status: 500, error: { reason: 'INTERNAL', details: {} } });
    expect(lab.reported.slice(before)).toEqual([new TypeError('text of a document')]);
    expect(JSON.stringify(body) + JSON.stringify(lab.log)).not.toContain('text of a document');
  });

  test.each([
    ['RUN_NOT_FOUND', 404],
    ['RUN_NOT_READY', 400],
    ['FORBIDDEN', 403],
    ['OBJECT_CHANGED', 409],
    ['STATE_UNAVAILABLE', 503],
    ['TIMED_OUT', 504],
    ['OPTION_UNAVAILABLE', 501],
  ] as const)('%s has the status %d, and is not reported', async (reason, status) => {
    const before = lab.reported.length;
    const answer = await failingWith('getRun', new AppError(reason, { state: 'queued' }), 'user-fail');
    expect([answer.status, answer.body.error?.reason]).toEqual([status, reason]);
    ErrorEnvelopeSchema.parse(answer.body);
    expect(lab.reported.length).toBe(before);
  });
});

test('The OpenAPI document is served, and may be kept for a while', async () => {
  const { status, headers, body } = await send('/api/v1/openapi.json');
  expect(status).toBe(200);
  expect(headers.get('cache-control')).toBe('public, max-age=300');
  expect(body.openapi).toBe('3.1.1');
});
