/** Gemini on Vertex AI over HTTP, answering what a test tells it to; for GOOGLE_VERTEX_BASE_URL. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { requireDemoProject } from '../demo-project.ts';
import {
  bearerToken,
  errorReply,
  type HttpReply,
  type HttpRequest,
  jsonReply,
  serveHttp,
  unauthenticatedReply,
} from '../http-server.ts';
import { embeddingsReply } from './embeddings.ts';
import { countTokens, generateReply } from './generate-answer.ts';
import { type GenerateRequest, parseBody, readGenerateRequest, textOfContents } from './generate-request.ts';
import { type ModelTraits, traitsOf } from './models.ts';
import { emptyText, type ModelReply } from './replies.ts';
import { smallestValue } from './response-schema.ts';

const PATH =
  /^\/v1(?:beta1)?\/projects\/([^/]+)\/locations\/([^/]+)\/publishers\/google\/models\/([^/:]+):([A-Za-z]+)$/;
const KEPT_REQUESTS = 1000;

export interface VertexAiServer {
  port: number;
  /** For GOOGLE_VERTEX_BASE_URL. */
  url: string;
  /** The newest thousand accepted generateContent requests, oldest first. */
  requests: readonly GenerateRequest[];
  /** Answers for the next calls, in order; they go before the function of `respondWith`. */
  enqueue(...replies: ModelReply[]): void;
  /** Undefined takes it away: then every answer is the emptiest value that fits the schema. */
  respondWith(respond: ((request: GenerateRequest) => ModelReply) | undefined): void;
  close(): Promise<void>;
}

interface Call {
  http: HttpRequest;
  model: string;
  location: string;
  traits: ModelTraits;
}

const unscriptedReply = (request: GenerateRequest): ModelReply => ({
  kind: 'answer',
  text: request.responseSchema ? JSON.stringify(smallestValue(request.responseSchema)) : '{}',
  reason: 'STOP',
});

const countTokensReply = (body: Buffer): HttpReply => {
  const text = textOfContents(parseBody(body)?.contents);
  return text === ''
    ? errorReply(400, 'INVALID_ARGUMENT', 'Request contains an invalid argument.')
    : jsonReply(200, { totalTokens: countTokens(text), totalBillableCharacters: text.replace(/\s/g, '').length });
};

/** @throws Error when the project's id does not begin with `demo-`. */
export const createVertexAiServer = async (options: {
  projectId: string;
  /** The metadata stand-in's; a bearer token it does not know is a 401. */
  isKnownToken: (accessToken: string) => boolean;
  port?: number;
}): Promise<VertexAiServer> => {
  requireDemoProject(options.projectId);
  const queue: ModelReply[] = [];
  const requests: GenerateRequest[] = [];
  let respond: ((request: GenerateRequest) => ModelReply) | undefined;

  const generate = async (call: Call, streamed: boolean): Promise<HttpReply> => {
    const request = readGenerateRequest(call.http.body, call, call.traits);
    if ('status' in request) return request;
    requests.push(request);
    requests.splice(0, requests.length - KEPT_REQUESTS);
    const reply = request.mute ? emptyText() : (queue.shift() ?? respond?.(request) ?? unscriptedReply(request));
    if (reply.afterSeconds !== undefined) {
      await sleep(reply.afterSeconds * 1000, undefined, { signal: call.http.gone });
    }
    return generateReply(request, reply, { streamed, responseId: randomUUID() });
  };

  const dispatch = (call: Call, method: string): Promise<HttpReply> | HttpReply => {
    const isEmbedding = call.traits.embeddingDimensions > 0;
    if (method === 'predict' && isEmbedding) return embeddingsReply(call.http.body, call.traits);
    if (isEmbedding) return errorReply(400, 'INVALID_ARGUMENT', 'The model does not support this method.');
    if (method === 'generateContent') return generate(call, false);
    if (method === 'countTokens') return countTokensReply(call.http.body);
    if (method !== 'streamGenerateContent') return errorReply(404, 'NOT_FOUND', 'No such method.');
    return call.http.query.get('alt') === 'sse'
      ? generate(call, true)
      : errorReply(501, 'UNIMPLEMENTED', 'The stand-in streams server-sent events only (alt=sse).');
  };

  const answer = (http: HttpRequest): Promise<HttpReply> | HttpReply => {
    const [, project, location, model, method] = PATH.exec(decodeURIComponent(http.path)) ?? [];
    if (http.method !== 'POST' || !project || !location || !model || !method) {
      return errorReply(404, 'NOT_FOUND', 'No such address.');
    }
    const token = bearerToken(http.headers);
    if (token === null || !options.isKnownToken(token)) return unauthenticatedReply();
    if (project !== options.projectId) {
      return errorReply(403, 'PERMISSION_DENIED', "Permission 'aiplatform.endpoints.predict' denied on resource.");
    }
    const traits = traitsOf(model, location);
    if (!traits) return errorReply(404, 'NOT_FOUND', 'The publisher model was not found at this location.');
    return dispatch({ http, model, location, traits }, method);
  };

  const server = await serveHttp(options.port ?? 0, answer);
  return {
    port: server.port,
    url: server.url,
    requests,
    enqueue: (...replies) => void queue.push(...replies),
    respondWith: (given) => {
      respond = given;
    },
    close: server.close,
  };
};
