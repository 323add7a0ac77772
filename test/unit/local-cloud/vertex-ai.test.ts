import { GoogleGenAI, type Schema, Type } from '@google/genai';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
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

/** The SDK's own fetch wants a dispatcher that Jest's environment does not have. */
const plainFetch: typeof fetch = (input, init) => fetch(input, init);
const clientFor = (project = 'demo-test', location = 'us-central1'): GoogleGenAI =>
  new GoogleGenAI({
    vertexai: true,
    project,
    location,
    googleAuthOptions: { projectId: project },
    httpOptions: { baseUrl: vertex.url, fetch: plainFetch },
  });

const FLASH = 'gemini-2.5-flash';
const TOKEN_PATH = '/computeMetadata/v1/instance/service-accounts/default/token';

const ROWS: Schema = {
  type: Type.OBJECT,
  properties: {
    rows: { type: Type.ARRAY, items: { type: Type.OBJECT, properties: { quote: { type: Type.STRING } } } },
    level: { type: Type.STRING, enum: ['high', 'low'] },
    note: { type: Type.STRING, nullable: true },
  },
  required: ['rows', 'level', 'note'],
};

const ask = (responseSchema: unknown, config: object = {}, model = FLASH) =>
  clientFor().models.generateContent({
    model,
    contents: 'List the requirements.',
    config: { responseMimeType: 'application/json', responseSchema: responseSchema as Schema, ...config },
  });

const INVALID = { status: 400, message: expect.stringContaining('"message":"Request contains an invalid argument."') };

test('Without a script the answer is the emptiest value that fits the schema: nothing is found', async () => {
  const response = await ask(ROWS);
  expect(JSON.parse(response.text ?? '')).toEqual({ rows: [], level: 'high', note: null });
  expect(response.candidates?.[0]?.finishReason).toBe('STOP');
  expect(response.usageMetadata).toMatchObject({ promptTokenCount: 6, candidatesTokenCount: 10, totalTokenCount: 16 });
});

test('Scripted replies come in order, before the function, and the request is kept for the test', async () => {
  vertex.respondWith((request) => reply.answer({ asked: request.userText }));
  vertex.enqueue(reply.answer({ n: 1 }), reply.answer({ n: 2 }));
  const texts = [(await ask(ROWS)).text, (await ask(ROWS)).text, (await ask(ROWS)).text];
  expect(texts).toEqual(['{"n":1}', '{"n":2}', '{"asked":"List the requirements."}']);
  expect(vertex.requests.at(-1)).toMatchObject({ model: FLASH, location: 'us-central1' });
});

test('An answer longer than maxOutputTokens is cut there, and thoughts count against it', async () => {
  vertex.enqueue(reply.answer('x'.repeat(100)), reply.answer('x'.repeat(100), { thoughtTokens: 5 }));
  const whole = await ask(ROWS, { maxOutputTokens: 10 });
  expect([whole.text?.length, whole.candidates?.[0]?.finishReason]).toEqual([40, 'MAX_TOKENS']);
  const thought = await ask(ROWS, { maxOutputTokens: 10 });
  expect([thought.text?.length, thought.usageMetadata?.thoughtsTokenCount]).toEqual([20, 5]);
});

test('A stream brings the same text in pieces, the finish and the usage with the last', async () => {
  const text = 'abcdefghij'.repeat(50);
  vertex.enqueue(reply.answer(text));
  const stream = await clientFor().models.generateContentStream({ model: FLASH, contents: 'Hello.' });
  const pieces: string[] = [];
  const finishes: unknown[] = [];
  for await (const piece of stream) {
    pieces.push(piece.text ?? '');
    finishes.push(piece.candidates?.[0]?.finishReason);
  }
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.join('')).toBe(text);
  expect(finishes).toEqual([undefined, undefined, 'STOP']);
});

test('Tokens are counted, and texts embedded: the same text to the same vector of length 1', async () => {
  const { models } = clientFor();
  expect(await models.countTokens({ model: FLASH, contents: 'x'.repeat(40) })).toMatchObject({
    totalTokens: 10,
  });
  const embed = (contents: string[], model = 'text-embedding-005') => models.embedContent({ model, contents });
  const { embeddings = [] } = await embed(['alpha', 'beta', 'alpha']);
  expect(embeddings.map((entry) => entry.values?.length)).toEqual([768, 768, 768]);
  expect(embeddings[0]?.values).toEqual(embeddings[2]?.values);
  expect(embeddings[0]?.values).not.toEqual(embeddings[1]?.values);
  expect(Math.hypot(...(embeddings[0]?.values ?? []))).toBeCloseTo(1, 6);
  await expect(embed(['alpha', 'beta'], 'gemini-embedding-001')).rejects.toMatchObject({ status: 400 });
});

describe('Refusals', () => {
  test('A request without a known token is 401, for another project 403', async () => {
    const path = '/v1/projects/demo-test/locations/us-central1/publishers/google/models/gemini-2.5-flash:countTokens';
    const answer = await fetch(`${vertex.url}${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer made-up' },
    });
    expect([answer.status, await answer.json()]).toEqual([
      401,
      { error: expect.objectContaining({ code: 401, status: 'UNAUTHENTICATED' }) },
    ]);
    const other = clientFor('demo-other').models.generateContent({ model: FLASH, contents: 'Hello.' });
    await expect(other).rejects.toMatchObject({ status: 403 });
  });

  test('A model that does not exist is 404, and so is Gemini 3 in a region', async () => {
    await expect(ask(ROWS, {}, 'gemini-1.0-pro')).rejects.toMatchObject({ status: 404 });
    await expect(ask(ROWS, {}, 'gemini-3-flash-preview')).rejects.toMatchObject({ status: 404 });
    const { models } = clientFor('demo-test', 'global');
    expect((await models.generateContent({ model: 'gemini-3-flash-preview', contents: 'Hello.' })).text).toBe('{}');
  });

  test('A field that the schema does not know is named', async () => {
    const schema = { type: 'OBJECT', properties: { kind: { type: 'STRING', const: 'row' } } };
    await expect(ask(schema)).rejects.toMatchObject({ status: 400, message: expect.stringContaining('const') });
  });

  test.each([
    [
      'maxItems that sum up to more than 960',
      {
        type: 'OBJECT',
        properties: Object.fromEntries(
          ['a', 'b'].map((name) => [name, { type: 'ARRAY', items: { type: 'STRING' }, maxItems: '481' }]),
        ),
      },
    ],
    [
      '43 names of 34 characters',
      {
        type: 'OBJECT',
        properties: Object.fromEntries(
          Array.from({ length: 43 }, (_, index) => [String(index).padStart(34, 'n'), { type: 'STRING' }]),
        ),
      },
    ],
    ['a required name that is no property', { type: 'OBJECT', properties: {}, required: ['a'] }],
    ['a list without items', { type: 'ARRAY' }],
  ])('A schema with %s is a 400 that does not say why', async (_, schema) => {
    await expect(ask(schema)).rejects.toMatchObject(INVALID);
  });

  test('42 names of 34 characters and maxItems of 960 together pass', async () => {
    const names = Array.from({ length: 42 }, (_, index) => [
      String(index).padStart(34, 'n'),
      { type: 'ARRAY', items: { type: 'STRING' }, maxItems: index < 40 ? '24' : '0' },
    ]);
    expect((await ask({ type: 'OBJECT', properties: Object.fromEntries(names) })).text).toBe('{}');
  });

  test('additionalProperties, which the SDK leaves out, are a 400, and `true` is answered with nothing', async () => {
    const auth = await fetch(`http://${environment.metadata.host}${TOKEN_PATH}`, {
      headers: { 'metadata-flavor': 'Google' },
    });
    const { access_token: token } = (await auth.json()) as { access_token: string };
    const post = (additionalProperties: unknown): Promise<Response> =>
      fetch(
        `${vertex.url}/v1/projects/demo-test/locations/us-central1/publishers/google/models/${FLASH}:generateContent`,
        {
          method: 'POST',
          headers: { authorization: `Bearer ${token}` },
          body: JSON.stringify({
            contents: [{ role: 'user', parts: [{ text: 'Hello.' }] }],
            generationConfig: {
              responseMimeType: 'application/json',
              responseSchema: { type: 'OBJECT', properties: {}, additionalProperties },
            },
          }),
        },
      );
    expect((await post({ type: 'STRING' })).status).toBe(400);
    expect((await post(false)).status).toBe(400);
    expect(await (await post(true)).json()).toMatchObject({
      candidates: [{ content: { parts: [{ text: '' }] }, finishReason: 'STOP' }],
    });
  });

  test('A schema without JSON, too many output tokens and thinking that the model does not take are 400', async () => {
    const wrong: [object, string?][] = [
      [{ responseMimeType: 'text/plain' }],
      [{ maxOutputTokens: 65_537 }],
      [{ temperature: 2.1 }],
      [{ thinkingConfig: { thinkingBudget: 0 } }, 'gemini-2.5-pro'],
      [{ thinkingConfig: { thinkingLevel: 'LOW' } }],
    ];
    for (const [config, model] of wrong) {
      await expect(ask(ROWS, config, model)).rejects.toMatchObject({ status: 400 });
    }
  });

  test('It does not start for a project that could exist', async () => {
    await expect(createVertexAiServer({ projectId: 'production', isKnownToken: () => true })).rejects.toThrow('demo-');
  });
});
