import { expect, test } from '@jest/globals';
import type { WindowResult } from '../../../functions/src/contracts/analysis.ts';
import { HANDLER_TIMEOUT_SECONDS } from '../../../functions/src/contracts/tasks.ts';
import { AppError, type ReasonName } from '../../../functions/src/errors.ts';
import type { PipelineDeps } from '../../../functions/src/pipeline/pipeline-deps.ts';
import type { LanguageModel, ModelPrompt } from '../../../functions/src/ports.ts';
import { buildDocument } from '../../support/build-document.ts';
import { answering, answerOf, rowFor } from '../../support/model-answers.ts';
import { createTestDeps, type TestDeps } from '../../support/pipeline-deps.ts';
import { deliver, runUntil, startRun } from '../../support/run-of-package.ts';

const firstWindow = (deps: TestDeps) => deps.stored.windows().find(({ ordinal }) => ordinal === 0);
const missed = 'Weekly cleaning of halls is part of the service.';
const small = buildDocument(['# Statement of Work', 'The Contractor shall sweep the yard.', missed]);

const readBy = async (model: LanguageModel | null): Promise<TestDeps & { runId: string }> => {
  const deps = createTestDeps({ model });
  const { runId } = await startRun(deps, [small]);
  const task = await runUntil(deps, 'analyze-window');
  await deliver(deps, task);
  return { ...deps, runId };
};
const resultIn = (deps: TestDeps): WindowResult =>
  JSON.parse(deps.memory.text('processed', firstWindow(deps)?.output?.object ?? '')) as WindowResult;
const failing = (reason: ReasonName): LanguageModel => ({
  complete: () => Promise.reject(new AppError(reason, { status: 400 })),
});
const attentive = () => answering(() => answerOf(rowFor(small, missed)));

test('With a model a window has the findings of both, and the tokens are counted beside it', async () => {
  const deps = await readBy(attentive());
  const { runId } = deps;
  expect(resultIn(deps).findings.map(({ method }) => method)).toEqual(['rule', 'model']);
  expect(firstWindow(deps)).toMatchObject({ state: 'done', findings: 2 });
  const subject = { runId, windowId: 'compliance-matrix-00000' };
  expect(deps.stored.usage().map(({ kind, quantity, subject: of }) => [kind, quantity, of])).toEqual([
    ['windows_analysed', 1, subject],
    ['model_tokens', 110, subject],
  ]);
});

test('The log tells tokens and outcome, and no word of document, prompt or answer', async () => {
  const deps = await readBy(attentive());
  const lines = deps.logged.filter(({ fields }) => fields.promptVersion !== undefined);
  expect(lines).toMatchObject([
    {
      severity: 'INFO',
      fields: { runId: deps.runId, inputTokens: 100, outputTokens: 10, items: 1, findings: 1, finish: 'complete' },
    },
  ]);
  expect(JSON.stringify(deps.logged)).not.toMatch(/cleaning|sweep|requirement/i);
});

test('Calls are limited so that all that can follow each other end before the function does', async () => {
  const prompts: ModelPrompt[] = [];
  await readBy({
    complete: async (prompt) => {
      prompts.push(prompt);
      return { text: '', finish: 'cut', inputTokens: 1, outputTokens: 1 };
    },
  });
  const [first] = prompts;
  expect(prompts.length).toBeGreaterThan(1);
  expect(3 * (first?.timeoutSeconds ?? Number.NaN)).toBeLessThan(HANDLER_TIMEOUT_SECONDS['analyze-window']);
  expect(first?.maxOutputTokens).toBeGreaterThan(0);
});

test.each<[string, LanguageModel]>([
  ['does not take the request', failing('MODEL_FAILED')],
  ['refuses to answer', answering(() => ({ finish: 'refused' }))],
  ['answers with something else', answering(() => ({ text: 'Sorry.' }))],
])('By a model that %s the window is done with the rules alone, and a warning is logged', async (_, model) => {
  const deps = await readBy(model);
  const alone = await readBy(null);
  expect(firstWindow(deps)?.state).toBe('done');
  expect(resultIn(deps)).toEqual(resultIn(alone));
  expect(deps.stored.deadLetters()).toEqual([]);
  expect(deps.logged.filter(({ severity }) => severity === 'WARNING').length).toBeGreaterThan(0);
  expect(alone.logged).toEqual([]);
});

test('A request that is not taken is not charged for, and the log says why', async () => {
  const deps = await readBy(failing('MODEL_FAILED'));
  expect(deps.stored.usage().map(({ kind }) => kind)).toEqual(['windows_analysed']);
  expect(deps.logged[0]).toMatchObject({ severity: 'WARNING', fields: { reason: 'MODEL_FAILED', status: 400 } });
});

test.each<[ReasonName, number]>([
  ['MODEL_OVERLOADED', 1],
  ['MODEL_TIMEOUT', 2],
])('%s leaves the window waiting, at attempt %d', async (reason, attempt) => {
  const deps = await readBy(failing(reason));
  expect(firstWindow(deps)).toMatchObject({ state: 'queued', attempt });
  expect(deps.stored.usage()).toEqual([]);
});

test('Tokens are charged once, also when the window was tried again after they were paid for', async () => {
  const model = answering((_, call) => ({ ...answerOf(rowFor(small, missed)), inputTokens: 100 * (call + 1) }));
  const deps = createTestDeps({ model });
  await startRun(deps, [small]);
  const task = await runUntil(deps, 'analyze-window');
  const unsettled: PipelineDeps = {
    ...deps,
    usage: {
      record: async (event) => {
        const outcome = await deps.usage.record(event);
        if (event.kind === 'model_tokens') throw new AppError('STATE_UNAVAILABLE');
        return outcome;
      },
    },
  };
  await deliver(unsettled, task);
  expect(firstWindow(deps)).toMatchObject({ state: 'queued', attempt: 2 });
  await deliver(deps, await runUntil(deps, 'analyze-window'));
  expect(firstWindow(deps)).toMatchObject({ state: 'done', attempt: 2 });
  expect(model.prompts).toHaveLength(2);
  expect(deps.stored.usage().filter(({ kind }) => kind === 'model_tokens')).toMatchObject([{ quantity: 110 }]);
});
