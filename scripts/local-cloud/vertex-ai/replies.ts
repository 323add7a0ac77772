/** What the model stand-in can be told to answer, faults included. */

export interface ModelReply {
  kind: 'answer' | 'no_text' | 'prompt_blocked' | 'error' | 'malformed_body';
  /** Of an answer; one that is longer than maxOutputTokens is cut as the real model's is. */
  text?: string;
  /** FinishReason of the candidate, BlockedReason of the prompt. */
  reason?: string;
  thoughtTokens?: number;
  httpStatus?: number;
  retryAfterSeconds?: number;
  /** Sent as google.rpc.RetryInfo in the body instead of as a header. */
  retryInfoSeconds?: number;
  afterSeconds?: number;
}

/** Text as it is; anything else as JSON. */
export const answer = (value: unknown, options: { thoughtTokens?: number } = {}): ModelReply => ({
  kind: 'answer',
  text: typeof value === 'string' ? value : JSON.stringify(value),
  reason: 'STOP',
  ...options,
});

/** JSON that ends in the middle, as at MAX_TOKENS. */
export const cutAnswer = (value: unknown, keptCharacters: number): ModelReply => ({
  kind: 'answer',
  text: JSON.stringify(value).slice(0, keptCharacters),
  reason: 'MAX_TOKENS',
});

/** All the tokens went into thinking: MAX_TOKENS and no text at all. */
export const thoughtItAway = (thoughtTokens: number): ModelReply => ({
  kind: 'no_text',
  reason: 'MAX_TOKENS',
  thoughtTokens,
});

/** 200, STOP and nothing. */
export const emptyText = (): ModelReply => ({ kind: 'answer', text: '', reason: 'STOP' });

/** The candidate was taken back: RECITATION, SAFETY, PROHIBITED_CONTENT, SPII, … */
export const stopped = (reason: string): ModelReply => ({ kind: 'no_text', reason });

/** The prompt itself was refused: no candidate. */
export const promptBlocked = (reason = 'PROHIBITED_CONTENT'): ModelReply => ({ kind: 'prompt_blocked', reason });

export const invalidJson = (): ModelReply => answer('{"rows": [{"quote": "the offeror');

/** 200 and a body that is not JSON, as from a broken proxy. */
export const malformedBody = (): ModelReply => ({ kind: 'malformed_body' });

export const httpError = (
  httpStatus: number,
  options: { retryAfterSeconds?: number; retryInfoSeconds?: number } = {},
): ModelReply => ({ kind: 'error', httpStatus, ...options });

export const late = (reply: ModelReply, afterSeconds: number): ModelReply => ({ ...reply, afterSeconds });
