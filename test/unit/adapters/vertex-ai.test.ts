import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createVertexAi, type VertexAiConfig } from '../../../functions/src/adapters/vertex-ai.ts';
import type { ModelPrompt } from '../../../functions/src/ports.ts';
import { createIdentity } from '../../../scripts/local-cloud/identity.ts';
import { createVertexAiServer, type VertexAiServer } from '../../../scripts/local-cloud/vertex-ai/index.ts';
import * as reply from '../../../scripts/local-cloud/vertex-ai/replies.ts';
import { type GoogleEnvironment, startGoogleEnvironment } from '../../support/google-environment.ts';

let environment: GoogleEnvironment;
let vertex: VertexAiServer;
beforeAll(async () => {
  environment = await startGoogleEnvironment('demo-test', createIdentity());
  vertex = await createVertexAiServer({
    projectId: 'demo-test',
    isKnownToken: (token) => environment.metadata.isKnownToken(token),
  });
});
beforeEach(() => vertex.respondWith(undefined));
afterAll(async () => {
  await vertex.close();
  await environment.close();
});

const SECRET_TEXT = 'The offeror shall provide a confidential staffing plan';
const PROMPT: ModelPrompt = {
  system: 'Find the requirements.',
  user: SECRET_TEXT,
  responseSchema: {
    type: 'object',
    properties: {
      rows: {
        type: 'array',
        items: { type: 'object', properties: { quote: { type: 'string' } }, required: ['quote'] },
      },
    },
    required: ['rows'],
  },
  maxOutputTokens: 1000,
  timeoutSeconds: 10,
};
const ROWS = { rows: [{ quote: 'shall provide' }] };

const complete = (prompt: Partial<ModelPrompt> = {}, config: Partial<VertexAiConfig> = {}) =>
  createVertexAi({
    projectId: 'demo-test',
    location: 'us-central1',
    model: 'gemini-2.5-flash',
    baseUrl: vertex.url,
    ...config,
  }).complete({ ...PROMPT, ...prompt });

test('A prompt is answered with its text, a complete finish and the tokens of both sides, thoughts included', async () => {
  vertex.enqueue(reply.answer(ROWS, { thoughtTokens: 7 }));
  const answer = await complete();
  const text = JSON.stringify(ROWS);
  expect(answer).toEqual({
    text,
    finish: 'complete',
    inputTokens: Math.ceil(PROMPT.system.length / 4) + Math.ceil(SECRET_TEXT.length / 4),
    outputTokens: Math.ceil(text.length / 4) + 7,
  });
});

test('The request has temperature 0, JSON with the schema, the token limit and the two texts in their places', async () => {
  await complete();
  expect(vertex.requests.at(-1)).toMatchObject({
    systemText: PROMPT.system,
    userText: SECRET_TEXT,
    maxOutputTokens: 1000,
    generationConfig: { temperature: 0, responseMimeType: 'application/json' },
    responseSchema: { type: 'OBJECT', required: ['rows'] },
  });
});

test.each([
  ['gemini-2.5-flash', 'us-central1', { thinkingBudget: 0 }, 1000],
  ['gemini-2.5-pro', 'us-central1', { thinkingBudget: 128 }, 1128],
  ['gemini-3-flash-preview', 'global', { thinkingLevel: 'LOW' }, 1000],
])('%s thinks as little as it can, without taking from the answer', async (model, location, thinkingConfig, tokens) => {
  expect((await complete({}, { model, location })).finish).toBe('complete');
  expect(vertex.requests.at(-1)?.generationConfig).toMatchObject({ thinkingConfig, maxOutputTokens: tokens });
});

test.each([
  ['JSON cut at MAX_TOKENS', reply.cutAnswer(ROWS, 12), { finish: 'cut', text: '{"rows":[{"q' }],
  ['all tokens spent on thinking', reply.thoughtItAway(900), { finish: 'cut', text: '', outputTokens: 900 }],
  ['an empty text with STOP', reply.emptyText(), { finish: 'refused', text: '' }],
  ['a stop for RECITATION', reply.stopped('RECITATION'), { finish: 'refused', text: '' }],
  ['a stop for SAFETY', reply.stopped('SAFETY'), { finish: 'refused', text: '' }],
  ['a blocked prompt', reply.promptBlocked(), { finish: 'refused', text: '' }],
  ['JSON that is not whole although it says STOP', reply.invalidJson(), { finish: 'complete' }],
])('%s is an answer, not an error', async (_, scripted, expected) => {
  vertex.enqueue(scripted);
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
    expect(JSON.stringify([message, stack, details])).not.toMatch(/confidential|ya29|Scripted/);
    expect(cause).toBeUndefined();
    return error;
  };

  test.each([
    ['429 without a word of when', reply.httpError(429), { status: 429 }],
    ['429 with Retry-After', reply.httpError(429, { retryAfterSeconds: 17 }), { status: 429, retryAfterSeconds: 17 }],
    ['429 with RetryInfo', reply.httpError(429, { retryInfoSeconds: 2.5 }), { status: 429, retryAfterSeconds: 2.5 }],
    ['503 with Retry-After', reply.httpError(503, { retryAfterSeconds: 3 }), { status: 503, retryAfterSeconds: 3 }],
    ['503 without', reply.httpError(503), { status: 503 }],
    ['500', reply.httpError(500), { status: 500 }],
    ['a body that is no JSON', reply.malformedBody(), { status: null }],
  ])('%s is MODEL_OVERLOADED, asked once', async (_, scripted, details) => {
    const asked = vertex.requests.length;
    vertex.enqueue(scripted);
    const error = await failure(complete());
    expect(error).toMatchObject({ reason: 'MODEL_OVERLOADED', retry: 'later' });
    expect((error as { details: unknown }).details).toEqual(details);
    expect(vertex.requests.length).toBe(asked + 1);
  });

  test('A call past its deadline is MODEL_TIMEOUT, at the deadline', async () => {
    vertex.enqueue(reply.late(reply.answer(ROWS), 5));
    const start = performance.now();
    expect(await failure(complete({ timeoutSeconds: 0.3 }))).toMatchObject({
      reason: 'MODEL_TIMEOUT',
      details: { timeoutSeconds: 0.3 },
    });
    expect(performance.now() - start).toBeLessThan(1500);
    expect((await complete()).finish).toBe('complete');
  });

  test('The deadline also ends the wait for credentials', async () => {
    const waiting: ServerResponse[] = [];
    const silent = createServer((_, response) => void waiting.push(response));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    process.env.GCE_METADATA_HOST = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
    try {
      const error = await failure(complete({ timeoutSeconds: 0.3 }));
      expect(error).toMatchObject({ reason: 'MODEL_TIMEOUT' });
    } finally {
      process.env.GCE_METADATA_HOST = environment.metadata.host;
      // A late 404 ends the library's own attempts, which a broken connection would not.
      for (const response of waiting) response.writeHead(404, { connection: 'close' }).end();
      await new Promise<void>((resolve) => silent.close(() => resolve()));
    }
  });

  test('A schema that Gemini does not take, a project or model it does not know are MODEL_FAILED with what to check', async () => {
    const schema = { type: 'object', properties: { kind: { type: 'string', const: 'row' } } };
    const errors = [
      await failure(complete({ responseSchema: schema })),
      await failure(complete({}, { projectId: 'demo-other' })),
      await failure(complete({}, { model: 'gemini-1.0-pro' })),
    ];
    expect(errors).toMatchObject([
      { reason: 'MODEL_FAILED', retry: 'never', details: { status: 400 }, message: expect.stringContaining('schema') },
      { reason: 'MODEL_FAILED', details: { status: 403 }, message: expect.stringContaining('service account') },
      { reason: 'MODEL_FAILED', details: { status: 404 }, message: expect.stringContaining('gemini-1.0-pro in us-c') },
    ]);
  });

  test('A service that does not answer is MODEL_OVERLOADED', async () => {
    const error = await failure(complete({}, { baseUrl: 'http://127.0.0.1:9' }));
    expect(error).toMatchObject({ reason: 'MODEL_OVERLOADED', details: { status: null } });
  });

  test('Without Google credentials nothing is sent and the message says what is missing', async () => {
    const asked = vertex.requests.length;
    process.env.METADATA_SERVER_DETECTION = 'none';
    try {
      const error = await failure(complete());
      expect(error).toMatchObject({ reason: 'MODEL_FAILED', message: expect.stringContaining('credentials') });
    } finally {
      process.env.METADATA_SERVER_DETECTION = 'assume-present';
    }
    expect(vertex.requests.length).toBe(asked);
  });
});
