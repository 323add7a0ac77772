/** What comes out of a window: the rules always; with a language model, what it adds to them. */
import type { Complete } from '../analyze/model-pass.ts';
import { analyzeWindow } from '../analyze/window.ts';
import { analyzeWindowWithModel, MOST_HALVINGS } from '../analyze/window-with-model.ts';
import type { PackageContext, Window, WindowResult } from '../contracts/analysis.ts';
import type { Document } from '../contracts/document.ts';
import type { RunWindow } from '../contracts/run.ts';
import { HANDLER_TIMEOUT_SECONDS } from '../contracts/tasks.ts';
import { AppError } from '../errors.ts';
import type { LanguageModel, LogFields, Logger } from '../ports.ts';
import type { PipelineDeps } from './pipeline-deps.ts';

/** An answer lists only what the rules missed: this is room for about a hundred rows, and what does not fit is asked for by halves. */
const MAX_OUTPUT_TOKENS = 8192;
/** Of the handler's time, for reading and writing. */
const OTHER_WORK_SECONDS = 30;
/** So that the calls that follow each other end before the handler does: later they would be paid for and lost. */
const TIMEOUT_SECONDS = Math.floor(
  (HANDLER_TIMEOUT_SECONDS['analyze-window'] - OTHER_WORK_SECONDS) / (MOST_HALVINGS + 1),
);

export interface WindowInput {
  context: PackageContext;
  window: Window;
  document: Document;
}

interface WindowOutcome {
  result: WindowResult;
  /** Of both sides, of all calls; 0 without a model. */
  modelTokens: number;
}

/** A request that the model will never take leaves its part of the window to the rules. */
const completeWith =
  (model: LanguageModel, logger: Logger, ids: LogFields): Complete =>
  async (prompt) => {
    try {
      return await model.complete({ ...prompt, maxOutputTokens: MAX_OUTPUT_TOKENS, timeoutSeconds: TIMEOUT_SECONDS });
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.reason !== 'MODEL_FAILED') throw thrown;
      const { status } = thrown.details;
      logger.log('WARNING', 'The language model does not take the request.', {
        ...ids,
        reason: thrown.reason,
        ...(typeof status === 'number' ? { status } : {}),
      });
      return { text: '', finish: 'refused', inputTokens: 0, outputTokens: 0 };
    }
  };

/** @throws AppError WINDOW_INVALID, MODEL_OVERLOADED, MODEL_TIMEOUT. */
export const resultOf = async (
  { model, logger }: Pick<PipelineDeps, 'model' | 'logger'>,
  { orgId, runId, windowId, attempt }: RunWindow,
  { context, window, document }: WindowInput,
): Promise<WindowOutcome> => {
  if (model === null) return { result: analyzeWindow(context, window, document), modelTokens: 0 };
  const ids = { orgId, runId, windowId, attempt };
  const read = await analyzeWindowWithModel(context, window, document, completeWith(model, logger, ids));
  const { promptVersion, inputTokens, outputTokens, calls, added, dropped, finish } = read.model;
  const use = { promptVersion, inputTokens, outputTokens, items: calls, findings: added, dropped, finish };
  if (finish === 'complete' || finish === 'not_asked') {
    logger.log('INFO', 'The language model has read the window.', { ...ids, ...use });
  } else {
    logger.log('WARNING', 'The rules stand alone in part of the window.', { ...ids, ...use });
  }
  return { result: read.result, modelTokens: inputTokens + outputTokens };
};
