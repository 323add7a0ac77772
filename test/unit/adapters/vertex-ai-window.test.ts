/** The whole way of a model's finding: rules, prompt, adapter, the service's wire, answer, finding. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createVertexAi } from '../../../functions/src/adapters/vertex-ai.ts';
import type { Complete } from '../../../functions/src/analyze/model-pass.ts';
import { planRun } from '../../../functions/src/analyze/plan.ts';
import { analyzeWindow } from '../../../functions/src/analyze/window.ts';
import { analyzeWindowWithModel } from '../../../functions/src/analyze/window-with-model.ts';
import type { Window } from '../../../functions/src/contracts/analysis.ts';
import { createIdentity } from '../../../scripts/local-cloud/identity.ts';
import { createVertexAiServer, type VertexAiServer } from '../../../scripts/local-cloud/vertex-ai/index.ts';
import * as reply from '../../../scripts/local-cloud/vertex-ai/replies.ts';
import { judgeResponseSchema } from '../../../scripts/local-cloud/vertex-ai/response-schema.ts';
import { buildDocument } from '../../support/build-document.ts';
import { type GoogleEnvironment, startGoogleEnvironment } from '../../support/google-environment.ts';
import { rowFor, sectionOf } from '../../support/model-answers.ts';

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

const MISSED = ['Weekly cleaning of halls is part of the service.', 'Removal of litter is part of the price.'];
const document = buildDocument(['# Statement of Work', 'The Contractor shall sweep the yard.', ...MISSED]);
const { context, windows } = planRun([document], ['compliance-matrix']);
const [window] = windows as [Window];
const rules = analyzeWindow(context, window, document);

const read = (maxOutputTokens = 8192) => {
  const model = createVertexAi({
    projectId: 'demo-test',
    location: 'us-central1',
    model: 'gemini-2.5-flash',
    baseUrl: vertex.url,
  });
  const complete: Complete = (prompt) => model.complete({ ...prompt, maxOutputTokens, timeoutSeconds: 10 });
  return analyzeWindowWithModel(context, window, document, complete);
};

/** Finds what stands in the text that it is shown, as the real one should. */
const attentive = ({ userText }: { userText: string }) => {
  const text = sectionOf({ user: userText }, 'TEXT').join('\n');
  return reply.answer({ rows: MISSED.filter((each) => text.includes(each)).map((each) => rowFor(document, each)) });
};

test('What the model finds comes back as findings for review; its tokens are the service’s own count', async () => {
  vertex.respondWith(attentive);
  const { result, model } = await read();
  const request = vertex.requests.at(-1);
  expect(result.findings.map(({ text, method, needsReview }) => [text, method, needsReview])).toEqual([
    ['The Contractor shall sweep the yard.', 'rule', false],
    ...MISSED.map((text) => [text, 'model', true]),
  ]);
  expect(model).toMatchObject({ calls: 1, added: 2, dropped: 0, finish: 'complete' });
  const { systemText = '', userText = '' } = request ?? {};
  expect(model.inputTokens).toBe(Math.ceil(systemText.length / 4) + Math.ceil(userText.length / 4));
  expect(systemText).not.toContain('sweep');
});

test('The schema reaches the service with its order of columns, and the service takes it', async () => {
  const { model } = await read();
  const schema = vertex.requests.at(-1)?.responseSchema ?? {};
  expect(judgeResponseSchema(schema)).toEqual({ outcome: 'accepted' });
  expect(JSON.stringify(schema)).not.toMatch(/maxItems|const|additionalProperties|minItems|minLength/);
  const columns = ['block', 'quote', 'obligation', 'actor', 'timing', 'kind'];
  expect(schema).toMatchObject({ properties: { rows: { items: { propertyOrdering: columns, required: columns } } } });
  expect(model).toMatchObject({ calls: 1, added: 0, finish: 'complete' });
});

test('An answer that the service cuts at the token limit is asked for again by halves, and nothing is lost', async () => {
  vertex.respondWith(attentive);
  const tokensOfOneRow = Math.ceil(JSON.stringify({ rows: [rowFor(document, MISSED[0] ?? '')] }).length / 4);
  const { result, model } = await read(tokensOfOneRow + 5);
  expect(model).toMatchObject({ added: 2, dropped: 0, finish: 'complete' });
  expect(model.calls).toBeGreaterThan(1);
  expect(result.findings).toHaveLength(3);
});

test.each([
  ['empty', reply.emptyText(), 'refused'],
  ['stopped for recitation', reply.stopped('RECITATION'), 'refused'],
  ['blocked before it began', reply.promptBlocked(), 'refused'],
  ['broken JSON', reply.invalidJson(), 'unparsable'],
])('An answer that is %s leaves the window to the rules', async (_, given, finish) => {
  vertex.enqueue(given);
  const { result, model } = await read();
  expect(JSON.stringify(result)).toBe(JSON.stringify(rules));
  expect(model).toMatchObject({ calls: 1, added: 0, finish });
});

test.each([
  ['overloaded', reply.httpError(429, { retryAfterSeconds: 7 }), 'MODEL_OVERLOADED'],
  ['not the one that was set', reply.httpError(404), 'MODEL_FAILED'],
])('A service that is %s is an error for the step to decide on', async (_, given, reason) => {
  vertex.enqueue(given);
  await expect(read()).rejects.toMatchObject({ reason });
});
