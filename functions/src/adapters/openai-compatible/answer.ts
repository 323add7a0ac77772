/** Reads a chat completion. https://platform.openai.com/docs/api-reference/chat/object */
import type { ModelAnswer, ModelPrompt } from '../../ports.ts';

interface Completion {
  choices?: readonly {
    finish_reason?: string | null;
    message?: { content?: string | null; refusal?: string | null };
  }[];
  usage?: { prompt_tokens?: number; completion_tokens?: number };
}

/** Some servers report no usage; a cost must not then be taken for nothing. */
const CHARACTERS_PER_TOKEN = 4;
const estimate = (text: string): number => Math.ceil(text.length / CHARACTERS_PER_TOKEN);

/** OpenAI's word and those of text-generation-inference. */
const WHOLE = new Set(['stop', 'eos_token', 'stop_sequence']);
const CUT = new Set(['length', 'max_tokens']);

/** Reasoning models of local servers put their thoughts before the answer, small ones put a fence around it. */
const bare = (content: string): string => {
  const thoughtless = content.replace(/^\s*<think>[\s\S]*?<\/think>/, '').trim();
  return /^```(?:json)?\s*\n([\s\S]*?)\n?```$/.exec(thoughtless)?.[1] ?? thoughtless;
};

const finishOf = (reason: string | null | undefined, text: string, isRefusal: boolean): ModelAnswer['finish'] => {
  if (isRefusal) return 'refused';
  if (reason && CUT.has(reason)) return 'cut';
  if (text === '') return 'refused';
  if (!reason) return 'cut';
  return WHOLE.has(reason) ? 'complete' : 'refused';
};

/** Null when the body is not a chat completion. */
export const readCompletion = (body: string, prompt: ModelPrompt): ModelAnswer | null => {
  let completion: Completion | null;
  try {
    completion = JSON.parse(body) as Completion | null;
  } catch {
    return null;
  }
  const choice = Array.isArray(completion?.choices) ? completion.choices[0] : undefined;
  if (!choice?.message) return null;
  const content = typeof choice.message.content === 'string' ? choice.message.content : '';
  const text = bare(content);
  return {
    text,
    finish: finishOf(choice.finish_reason, text, Boolean(choice.message.refusal)),
    inputTokens: completion?.usage?.prompt_tokens ?? estimate(prompt.system) + estimate(prompt.user),
    outputTokens: completion?.usage?.completion_tokens ?? estimate(content),
  };
};
