/** Any server with OpenAI's chat completions (OpenAI, Groq, Ollama, vLLM, Hugging Face) as a LanguageModel. */
import { AppError } from '../errors.ts';
import type { LanguageModel, ModelAnswer, ModelPrompt } from '../ports.ts';
import { readCompletion } from './openai-compatible/answer.ts';
import { type Dialect, FIRST_DIALECT, nextDialect, requestBody } from './openai-compatible/dialect.ts';

export interface OpenAiCompatibleConfig {
  /** Up to and with the version: https://api.openai.com/v1, http://127.0.0.1:11434/v1. */
  baseUrl: string;
  model: string;
  /** Servers of one's own have none. */
  apiKey?: string;
}

interface Reply {
  status: number;
  headers: Headers;
  body: string;
}

const TRANSIENT = new Set([408, 425, 429, 499]);

/** Seconds, or a date: then it counts from the answer's own date, so that no clock of ours has a say. */
const retryAfterOf = (headers: Headers): { retryAfterSeconds?: number } => {
  const value = headers.get('retry-after');
  if (value === null) return {};
  const seconds = /^\d+(\.\d+)?$/.test(value)
    ? Number(value)
    : (Date.parse(value) - Date.parse(headers.get('date') ?? '')) / 1000;
  return Number.isFinite(seconds) ? { retryAfterSeconds: Math.max(0, seconds) } : {};
};

const refusalOf = (status: number, model: string): string => {
  switch (status) {
    case 400:
    case 422:
      return `${model} does not accept the response schema, the length or a setting (${status})`;
    case 401:
      return 'the API key is missing or not accepted (401)';
    case 402:
      return 'the account of the API key has no credit left (402)';
    case 403:
      return `the API key may not use ${model} (403)`;
    case 404:
      return `there is no model ${model} at this address (404)`;
    case 413:
      return 'the prompt is too long for this server (413)';
    default:
      return `the server answered with status ${status}`;
  }
};

const failureOf = ({ status, headers, body }: Reply, model: string): AppError => {
  // OpenAI says 429 for an empty account too, and waiting does not fill it.
  if (status === 429 && body.includes('insufficient_quota')) {
    return new AppError('MODEL_FAILED', { problem: 'the account of the API key has no credit left (429)', status });
  }
  if (status >= 500 || TRANSIENT.has(status)) {
    return new AppError('MODEL_OVERLOADED', { status, ...retryAfterOf(headers) });
  }
  return new AppError('MODEL_FAILED', { problem: refusalOf(status, model), status });
};

const addressOf = (baseUrl: string): string => {
  if (!/^https?:$/.test(URL.parse(baseUrl)?.protocol ?? '')) {
    throw new AppError('CONFIG_INVALID', {
      setting: 'baseUrl',
      problem: 'it has to begin with http:// or https://',
    });
  }
  return `${baseUrl.replace(/\/+$/, '')}/chat/completions`;
};

/** @throws AppError CONFIG_INVALID when baseUrl is no web address. */
export const createOpenAiCompatible = ({ baseUrl, model, apiKey }: OpenAiCompatibleConfig): LanguageModel => {
  const address = addressOf(baseUrl);
  const key = apiKey?.trim();
  let known: Dialect = FIRST_DIALECT;

  const send = async (body: string, signal: AbortSignal): Promise<Reply> => {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
      body,
      signal,
      // Followed, a redirect would carry the prompt to an address nobody has set.
      redirect: 'manual',
    });
    return { status: response.status, headers: response.headers, body: await response.text() };
  };

  const ask = async (prompt: ModelPrompt, signal: AbortSignal): Promise<ModelAnswer> => {
    let dialect = known;
    for (;;) {
      const reply = await send(requestBody(dialect, model, prompt), signal);
      if (reply.status >= 200 && reply.status < 300) {
        known = dialect;
        const answer = readCompletion(reply.body, prompt);
        if (answer === null) throw new AppError('MODEL_OVERLOADED', { status: reply.status });
        return answer;
      }
      const isUnderstood = reply.status !== 400 && reply.status !== 422;
      const following = isUnderstood ? null : nextDialect(dialect, reply.body);
      if (following === null) throw failureOf(reply, model);
      dialect = following;
    }
  };

  return {
    async complete(prompt) {
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), prompt.timeoutSeconds * 1000);
      try {
        return await ask(prompt, abort.signal);
      } catch (thrown) {
        if (abort.signal.aborted) throw new AppError('MODEL_TIMEOUT', { timeoutSeconds: prompt.timeoutSeconds });
        if (thrown instanceof AppError) throw thrown;
        throw new AppError('MODEL_OVERLOADED', { status: null });
      } finally {
        clearTimeout(timer);
      }
    },
  };
};
