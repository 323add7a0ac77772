/** A scripted reply as the service sends it: whole, or piece by piece as server-sent events. */
import { errorReply, type HttpReply, jsonReply } from '../http-server.ts';
import type { GenerateRequest } from './generate-request.ts';
import type { ModelReply } from './replies.ts';

/** Near enough for English text and JSON. */
const CHARACTERS_PER_TOKEN = 4;
const STREAMED_CHARACTERS = 200;

const STATUS_NAMES: ReadonlyMap<number, string> = new Map([
  [400, 'INVALID_ARGUMENT'],
  [401, 'UNAUTHENTICATED'],
  [403, 'PERMISSION_DENIED'],
  [404, 'NOT_FOUND'],
  [429, 'RESOURCE_EXHAUSTED'],
  [499, 'CANCELLED'],
  [500, 'INTERNAL'],
  [503, 'UNAVAILABLE'],
  [504, 'DEADLINE_EXCEEDED'],
]);

export const countTokens = (text: string): number => Math.ceil(text.length / CHARACTERS_PER_TOKEN);

const failure = (reply: ModelReply): HttpReply => {
  const status = reply.httpStatus ?? 500;
  const details =
    reply.retryInfoSeconds === undefined
      ? []
      : [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${reply.retryInfoSeconds}s` }];
  const refused = errorReply(status, STATUS_NAMES.get(status) ?? 'UNKNOWN', 'Scripted failure.', details);
  return reply.retryAfterSeconds === undefined
    ? refused
    : { ...refused, headers: { ...refused.headers, 'retry-after': String(reply.retryAfterSeconds) } };
};

interface Candidate {
  text: string | null;
  finishReason: string;
}

const candidateOf = (reply: ModelReply, request: GenerateRequest): Candidate => {
  if (reply.kind !== 'answer') return { text: null, finishReason: reply.reason ?? 'OTHER' };
  const text = reply.text ?? '';
  const room = Math.max(0, request.maxOutputTokens - (reply.thoughtTokens ?? 0)) * CHARACTERS_PER_TOKEN;
  return text.length > room
    ? { text: text.slice(0, room), finishReason: 'MAX_TOKENS' }
    : { text, finishReason: reply.reason ?? 'STOP' };
};

const usageOf = (request: GenerateRequest, answerText: string, thoughtTokens: number | undefined) => {
  const promptTokenCount = countTokens(request.systemText) + countTokens(request.userText);
  const candidatesTokenCount = countTokens(answerText);
  return {
    promptTokenCount,
    ...(candidatesTokenCount > 0 ? { candidatesTokenCount } : {}),
    ...(thoughtTokens === undefined ? {} : { thoughtsTokenCount: thoughtTokens }),
    totalTokenCount: promptTokenCount + candidatesTokenCount + (thoughtTokens ?? 0),
    trafficType: 'ON_DEMAND',
  };
};

const piecesOf = (text: string): string[] => {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += STREAMED_CHARACTERS) pieces.push(text.slice(at, at + STREAMED_CHARACTERS));
  return pieces.length > 0 ? pieces : [''];
};

const asEvents = (answers: readonly unknown[]): HttpReply => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream' },
  body: answers.map((value) => `data: ${JSON.stringify(value)}\r\n\r\n`),
});

const contentOf = (text: string | null) => (text === null ? {} : { content: { role: 'model', parts: [{ text }] } });

export const generateReply = (
  request: GenerateRequest,
  reply: ModelReply,
  options: { streamed: boolean; responseId: string },
): HttpReply => {
  if (reply.kind === 'error') return failure(reply);
  if (reply.kind === 'malformed_body') {
    return { status: 200, headers: { 'content-type': 'application/json; charset=UTF-8' }, body: '<html>' };
  }
  const { responseId } = options;
  const base = { modelVersion: request.model, responseId };
  if (reply.kind === 'prompt_blocked') {
    const blocked = {
      ...base,
      promptFeedback: { blockReason: reply.reason },
      usageMetadata: usageOf(request, '', undefined),
    };
    return options.streamed ? asEvents([blocked]) : jsonReply(200, blocked);
  }
  const { text, finishReason } = candidateOf(reply, request);
  const usageMetadata = usageOf(request, text ?? '', reply.thoughtTokens);
  if (!options.streamed) {
    return jsonReply(200, { candidates: [{ ...contentOf(text), finishReason }], usageMetadata, ...base });
  }
  const pieces = text === null ? [null] : piecesOf(text);
  return asEvents(
    pieces.map((piece, index) =>
      index === pieces.length - 1
        ? { candidates: [{ ...contentOf(piece), finishReason }], usageMetadata, ...base }
        : { candidates: [contentOf(piece)], ...base },
    ),
  );
};
