/** Thinking spends the output budget, and these answers are extraction, not reasoning: as little of it as a model allows. */
import type { ThinkingConfig } from '@google/genai';

/** Gemini 2.5 Pro cannot do without. */
const SMALLEST_PRO_BUDGET = 128;

export interface LeastThinking {
  thinkingConfig?: ThinkingConfig;
  /** To be added to maxOutputTokens, so that the answer keeps all of its own. */
  reservedTokens: number;
}

/** Models before 2.5 refuse any setting, 2.5 takes a budget of tokens, later ones a level. */
export const leastThinking = (model: string): LeastThinking => {
  const version = Number(/^gemini-(\d+(?:\.\d+)?)/.exec(model)?.[1] ?? 0);
  // The SDK's enum would have to be loaded for its one word; on the wire it is this string.
  if (version >= 3) {
    return { thinkingConfig: { thinkingLevel: 'LOW' as ThinkingConfig['thinkingLevel'] }, reservedTokens: 0 };
  }
  if (version < 2.5) return { reservedTokens: 0 };
  const budget = model.includes('pro') ? SMALLEST_PRO_BUDGET : 0;
  return { thinkingConfig: { thinkingBudget: budget }, reservedTokens: budget };
};
