/** Gemini on Vertex AI as a LanguageModel, through @google/genai. */
import type { GenerateContentResponse, GoogleGenAI } from '@google/genai';
import type { LanguageModel, ModelAnswer, ModelPrompt } from '../ports.ts';
import { type Attempt, failureOf } from './vertex-ai/failure.ts';
import { leastThinking } from './vertex-ai/thinking.ts';

const LARGEST_OUTPUT_TOKENS = 65_535;

export interface VertexAiConfig {
  projectId: string;
  /** "global", "us", "eu" or a region; Gemini 3 is on no region. */
  location: string;
  model: string;
  /** Without it, the location's own address. */
  baseUrl?: string;
}

const finishOf = (reason: string | undefined, text: string): ModelAnswer['finish'] => {
  if (reason === 'MAX_TOKENS') return 'cut';
  if (text.trim() === '') return 'refused';
  if (reason === 'STOP') return 'complete';
  return reason === undefined || reason === 'FINISH_REASON_UNSPECIFIED' ? 'cut' : 'refused';
};

const answerOf = (response: GenerateContentResponse): ModelAnswer => {
  const candidate = response.candidates?.[0];
  const text = (candidate?.content?.parts ?? []).map((part) => (part.thought ? '' : (part.text ?? ''))).join('');
  const usage = response.usageMetadata;
  return {
    text,
    finish: finishOf(candidate?.finishReason, text),
    inputTokens: usage?.promptTokenCount ?? 0,
    outputTokens: (usage?.candidatesTokenCount ?? 0) + (usage?.thoughtsTokenCount ?? 0),
  };
};

/** Seconds, or a date: then it counts from the answer's own date, so that no clock of ours has a say. */
const retryAfterOf = (headers: Headers): number | undefined => {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const seconds = /^\d+$/.test(value)
    ? Number(value)
    : (Date.parse(value) - Date.parse(headers.get('date') ?? '')) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
};

/** Credentials are Application Default Credentials. The SDK is loaded on first use. */
export const createVertexAi = (config: VertexAiConfig): LanguageModel => {
  let client: Promise<GoogleGenAI> | undefined;
  const connect = async (): Promise<GoogleGenAI> => {
    const { GoogleGenAI } = await import('@google/genai');
    return new GoogleGenAI({
      vertexai: true,
      project: config.projectId,
      location: config.location,
      // Told the project, the library does not go looking for it.
      googleAuthOptions: { projectId: config.projectId },
      ...(config.baseUrl === undefined ? {} : { httpOptions: { baseUrl: config.baseUrl } }),
    });
  };
  const { thinkingConfig, reservedTokens } = leastThinking(config.model);

  const call = async (prompt: ModelPrompt, attempt: Attempt, abortSignal: AbortSignal): Promise<ModelAnswer> => {
    client ??= connect();
    const { models } = await client;
    const observedFetch: typeof fetch = async (input, init) => {
      attempt.sent = true;
      const response = await fetch(input, init);
      const seconds = retryAfterOf(response.headers);
      if (seconds !== undefined) attempt.retryAfterSeconds = seconds;
      return response;
    };
    const response = await models.generateContent({
      model: config.model,
      contents: [{ role: 'user', parts: [{ text: prompt.user }] }],
      config: {
        systemInstruction: prompt.system,
        temperature: 0,
        maxOutputTokens: Math.min(prompt.maxOutputTokens + reservedTokens, LARGEST_OUTPUT_TOKENS),
        responseMimeType: 'application/json',
        responseSchema: prompt.responseSchema,
        ...(thinkingConfig === undefined ? {} : { thinkingConfig }),
        abortSignal,
        httpOptions: { fetch: observedFetch },
      },
    });
    return answerOf(response);
  };

  return {
    async complete(prompt) {
      const { timeoutSeconds } = prompt;
      const { model, location } = config;
      const attempt: Attempt = { model, location, timeoutSeconds, expired: false, sent: false };
      const abort = new AbortController();
      // The SDK's own signal does not reach the fetching of credentials: the race does.
      let timer: NodeJS.Timeout | undefined;
      const deadline = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          attempt.expired = true;
          abort.abort();
          reject(new DOMException('deadline', 'TimeoutError'));
        }, timeoutSeconds * 1000);
      });
      try {
        return await Promise.race([call(prompt, attempt, abort.signal), deadline]);
      } catch (thrown) {
        throw failureOf(thrown, attempt);
      } finally {
        clearTimeout(timer);
      }
    },
  };
};
