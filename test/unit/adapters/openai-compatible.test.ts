import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createOpenAiCompatible } from '../../../functions/src/adapters/openai-compatible.ts';
import type { ModelPrompt } from '../../../functions/src/ports.ts';

interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}
interface Scripted {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  silent?: boolean;
}

let server: Server;
let baseUrl: string;
let received: Received[];
let script: (request: Received) => Scripted;

beforeEach(async () => {
  received = [];
  script = () => ({ body: completion('{"rows":[]}') });
  server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => void parts.push(part));
    incoming.on('end', () => {
      const body = JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>;
      const request = { path: incoming.url ?? '', headers: incoming.headers, body };
      received.push(request);
      const { status = 200, headers = {}, body: answer, silent } = script(request);
      if (silent) return;
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

const completion = (content: string | null, finish: string | null = 'stop', message: object = {}) => ({
  choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', content, ...message } }],
  usage: { prompt_tokens: 31, completion_tokens: 7 },
});

const SECRET_TEXT = 'The offeror shall provide a confidential staffing plan';
const PROMPT: ModelPrompt = {
  system: 'Find the requirements.',
  user: SECRET_TEXT,
  responseSchema: {
    type: 'OBJECT',
    properties: {
      rows: { type: 'ARRAY', items: { type: 'STRING' } },
      level: { type: 'STRING', enum: ['high', 'low'], nullable: true },
    },
    required: ['rows', 'level'],
    propertyOrdering: ['rows', 'level'],
  },
  maxOutputTokens: 500,
  timeoutSeconds: 5,
};

const complete = (prompt: Partial<ModelPrompt> = {}, apiKey?: string) =>
  createOpenAiCompatible({ baseUrl, model: 'llama-3', ...(apiKey ? { apiKey } : {}) }).complete({
    ...PROMPT,
    ...prompt,
  });

const formatOf = (request: Received | undefined): unknown =>
  (request?.body.response_format as { type?: unknown } | undefined)?.type;

test('A prompt is sent as a chat with a schema and answered with text, finish and tokens', async () => {
  expect(await complete({}, 'key-1')).toEqual({
    text: '{"rows":[]}',
    finish: 'complete',
    inputTokens: 31,
    outputTokens: 7,
  });
  expect(received[0]?.path).toBe('/v1/chat/completions');
  expect(received[0]?.headers.authorization).toBe('Bearer key-1');
  expect(received[0]?.body).toMatchObject({
    model: 'llama-3',
    temperature: 0,
    max_tokens: 500,
    messages: [
      { role: 'system', content: PROMPT.system },
      { role: 'user', content: SECRET_TEXT },
    ],
    response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true } },
  });
});

test('The schema goes out as JSON Schema: lower-case types, null as a type, closed objects', async () => {
  await complete();
  expect(received[0]?.body).toHaveProperty('response_format.json_schema.schema', {
    type: 'object',
    properties: {
      rows: { type: 'array', items: { type: 'string' } },
      level: { type: ['string', 'null'], enum: ['high', 'low', null] },
    },
    required: ['rows', 'level'],
    additionalProperties: false,
  });
});

test('A schema with optional properties is not sent as strict, which OpenAI would refuse', async () => {
  await complete({ responseSchema: { ...PROMPT.responseSchema, required: ['rows'] } });
  expect(received[0]?.body.response_format).toMatchObject({ json_schema: { strict: false } });
});

test('Without a key there is no authorization header', async () => {
  await complete();
  expect(received[0]?.headers).not.toHaveProperty('authorization');
});

describe('Servers that understand less', () => {
  test('json_schema refused: json_object with the schema in the prompt, and from then on at once', async () => {
    script = (request) =>
      formatOf(request) === 'json_schema'
        ? { status: 400, body: { error: { message: 'This model does not support response format `json_schema`.' } } }
        : { body: completion('{"rows":[]}') };
    const model = createOpenAiCompatible({ baseUrl, model: 'llama-3' });
    expect((await model.complete(PROMPT)).finish).toBe('complete');
    expect((await model.complete(PROMPT)).finish).toBe('complete');
    expect(received.map(formatOf)).toEqual(['json_schema', 'json_object', 'json_object']);
    const system = expect.stringMatching(/^Find the requirements\.\n[\s\S]*"additionalProperties":false/);
    expect(received[1]?.body).toHaveProperty('messages.0.content', system);
  });

  test('No format at all understood: the prompt alone asks for JSON', async () => {
    script = (request) =>
      request.body.response_format
        ? { status: 422, body: { detail: 'response_format: extra fields not permitted' } }
        : { body: completion('```json\n{"rows":[]}\n```') };
    expect((await complete()).text).toBe('{"rows":[]}');
    expect(received.map(formatOf)).toEqual(['json_schema', 'json_object', undefined]);
  });

  test('A model with another name for the limit and a temperature of its own gets what it asks for', async () => {
    script = ({ body }) => {
      if ('max_tokens' in body) return { status: 400, body: { error: { message: "Use 'max_completion_tokens'." } } };
      if ('temperature' in body) return { status: 400, body: { error: { param: 'temperature' } } };
      return { body: completion('{"rows":[]}') };
    };
    expect((await complete()).finish).toBe('complete');
    expect(received).toHaveLength(3);
    expect(received[2]?.body).toMatchObject({ max_completion_tokens: 500, response_format: { type: 'json_schema' } });
  });

  test('Thoughts before the answer are left out; a server without usage gets an estimate', async () => {
    script = () => ({ body: { choices: completion('<think>Hmm, {</think>\n{"rows":[]}').choices } });
    expect(await complete()).toEqual({ text: '{"rows":[]}', finish: 'complete', inputTokens: 20, outputTokens: 9 });
  });
});

test.each([
  ['a length stop', completion('{"rows":["a', 'length'), { finish: 'cut', text: '{"rows":["a' }],
  ['a content filter', completion(null, 'content_filter'), { finish: 'refused', text: '' }],
  ['a refusal', completion(null, 'stop', { refusal: 'No.' }), { finish: 'refused', text: '' }],
  ['an empty answer', completion('', 'stop'), { finish: 'refused', text: '' }],
  ['the end token of other servers', completion('{}', 'eos_token'), { finish: 'complete' }],
  ['an answer without a reason', completion('{}', null), { finish: 'cut' }],
])('%s is an answer, not an error', async (_, body, expected) => {
  script = () => ({ body });
  expect(await complete()).toMatchObject(expected);
});

describe('Errors', () => {
  const failure = async (attempt: Promise<unknown>) => {
    const error = await attempt.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ name: 'AppError' });
    const { message, stack, cause, details } = error as Error & { details: unknown };
    expect(JSON.stringify([message, stack, details])).not.toMatch(/confidential|key-1/);
    expect(cause).toBeUndefined();
    return error as Error & { details: unknown };
  };
  const ECHO = { error: { message: `You said: ${SECRET_TEXT}, with key-1` } };

  test.each([
    [429, {}, { status: 429 }],
    [429, { 'retry-after': '12' }, { status: 429, retryAfterSeconds: 12 }],
    [
      503,
      { date: 'Mon, 02 Nov 2026 10:00:00 GMT', 'retry-after': 'Mon, 02 Nov 2026 10:00:30 GMT' },
      { status: 503, retryAfterSeconds: 30 },
    ],
    [503, { 'retry-after': 'soon' }, { status: 503 }],
    [500, {}, { status: 500 }],
  ])('Status %i with %j is MODEL_OVERLOADED, asked once', async (status, headers, details) => {
    script = () => ({ status, headers, body: ECHO });
    const error = await failure(complete({}, 'key-1'));
    expect(error).toMatchObject({ reason: 'MODEL_OVERLOADED' });
    expect(error.details).toEqual(details);
    expect(received).toHaveLength(1);
  });

  test.each([
    [400, 'does not accept'],
    [401, 'API key'],
    [402, 'credit'],
    [403, 'may not use'],
    [404, 'no model llama-3'],
    [413, 'too long'],
    [302, 'status 302'],
  ])('Status %i is MODEL_FAILED in our words, asked once', async (status, words) => {
    script = () => ({ status, headers: { location: 'http://127.0.0.1:9/' }, body: ECHO });
    const error = await failure(complete({}, 'key-1'));
    expect(error).toMatchObject({ reason: 'MODEL_FAILED', message: expect.stringContaining(words) });
    expect(received).toHaveLength(1);
  });

  test('429 for an account without credit is MODEL_FAILED: waiting does not help', async () => {
    script = () => ({ status: 429, body: { error: { code: 'insufficient_quota' } } });
    expect(await failure(complete())).toMatchObject({ reason: 'MODEL_FAILED' });
  });

  test('A server that refuses every format is MODEL_FAILED after three tries', async () => {
    script = () => ({ status: 400, body: { error: { message: 'response_format' } } });
    expect(await failure(complete())).toMatchObject({ reason: 'MODEL_FAILED' });
    expect(received).toHaveLength(3);
  });

  test('A server that does not answer in time is MODEL_TIMEOUT', async () => {
    script = () => ({ silent: true });
    const error = await failure(complete({ timeoutSeconds: 0.2 }));
    expect(error).toMatchObject({ reason: 'MODEL_TIMEOUT', details: { timeoutSeconds: 0.2 } });
  });

  test('No server, and a body that is no completion, are MODEL_OVERLOADED', async () => {
    const nowhere = createOpenAiCompatible({ baseUrl: 'http://127.0.0.1:9/v1', model: 'm' });
    expect(await failure(nowhere.complete(PROMPT))).toMatchObject({ reason: 'MODEL_OVERLOADED' });
    script = () => ({ body: '<html>' });
    expect(await failure(complete())).toMatchObject({ reason: 'MODEL_OVERLOADED' });
    script = () => ({ body: { choices: [] } });
    expect(await failure(complete())).toMatchObject({ reason: 'MODEL_OVERLOADED' });
  });

  test('An address that is none is refused before anything is sent', () => {
    for (const wrong of ['', 'api.openai.com/v1', 'file:///etc']) {
      expect(() => createOpenAiCompatible({ baseUrl: wrong, model: 'm' })).toThrow(
        expect.objectContaining({ reason: 'CONFIG_INVALID' }),
      );
    }
  });
});
