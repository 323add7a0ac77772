/** A client of the REST interface with a method for every operation, for browsers, scripts and tests: all it needs is `fetch`. */
import type { ErrorEnvelope, SuccessEnvelope } from './envelope.ts';
import {
  OPERATION_NAMES,
  OPERATIONS,
  type OperationInput,
  type OperationName,
  type OperationResponse,
} from './operations.ts';

export interface ClientOptions {
  /** Where `/api/v1` begins: "https://mdraft.example" or "" for the page's own origin. */
  baseUrl: string;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** An ID token, asked for before every request. Null: nobody is signed in. */
  token: () => Promise<string | null>;
}

export interface CallOptions {
  signal?: AbortSignal;
  /** Taken over into logs and traces: [A-Za-z0-9_-]{1,64}. */
  requestId?: string;
}

export type Client = {
  [N in OperationName]: (input: OperationInput<N>, options?: CallOptions) => Promise<OperationResponse<N>>;
};

/** What the service refused, or `NO_ANSWER` when no answer of its own arrived. */
export class ApiError extends Error {
  readonly code: string;
  readonly reason: string;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
  /** 0 without an answer. */
  readonly status: number;
  /** Seconds after which it makes sense to ask again. */
  readonly retryAfterSeconds: number | null;
  readonly requestId: string | null;

  constructor(
    told: { code: string; reason: string; message: string; details: ApiError['details'] },
    answer: { status: number; retryAfterSeconds: number | null; requestId: string | null },
    options?: ErrorOptions,
  ) {
    super(told.message, options);
    this.name = 'ApiError';
    this.code = told.code;
    this.reason = told.reason;
    this.details = told.details;
    this.status = answer.status;
    this.retryAfterSeconds = answer.retryAfterSeconds;
    this.requestId = answer.requestId;
  }
}

const noAnswer = (status: number, requestId: string | null, options?: ErrorOptions): ApiError =>
  new ApiError(
    { code: 'unavailable', reason: 'NO_ANSWER', message: 'The service does not answer. Try again.', details: {} },
    { status, retryAfterSeconds: null, requestId },
    options,
  );

const asText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

const requestOf = (name: OperationName, input: Readonly<Record<string, unknown>>): { path: string; body?: string } => {
  const { method, path: template } = OPERATIONS[name].rest;
  const rest = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
  const path = template.replace(/\{(\w+)\}/g, (_, field: string) => {
    const value = asText(rest.get(field));
    rest.delete(field);
    return encodeURIComponent(value);
  });
  if (method === 'post') return { path, body: JSON.stringify(Object.fromEntries(rest)) };
  const query = new URLSearchParams([...rest].map(([field, value]) => [field, asText(value)])).toString();
  return { path: query === '' ? path : `${path}?${query}` };
};

const envelopeOf = async (response: Response): Promise<SuccessEnvelope | ErrorEnvelope | null> => {
  const body: unknown = await response.json().catch(() => null);
  const isEnvelope = typeof body === 'object' && body !== null && ('data' in body || 'error' in body);
  return isEnvelope ? (body as SuccessEnvelope | ErrorEnvelope) : null;
};

/** @throws ApiError from every method; what `token` throws, and an abort, pass through. */
export const createClient = ({ baseUrl, fetch, token }: ClientOptions): Client => {
  const call = async (name: OperationName, input: object, { signal, requestId }: CallOptions = {}) => {
    const { path, body } = requestOf(name, { ...input });
    const idToken = OPERATIONS[name].auth === 'public' ? null : await token();
    const headers = {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(idToken !== null && { Authorization: `Bearer ${idToken}` }),
      ...(requestId !== undefined && { 'X-Request-ID': requestId }),
    };
    const init = {
      method: OPERATIONS[name].rest.method.toUpperCase(),
      headers,
      ...(body !== undefined && { body }),
      ...(signal && { signal }),
    };
    const response = await fetch(`${baseUrl}/api/v1${path}`, init).catch((thrown: unknown) => {
      throw signal?.aborted ? thrown : noAnswer(0, requestId ?? null, { cause: thrown });
    });
    const envelope = await envelopeOf(response);
    const answeredId = response.headers.get('x-request-id');
    if (envelope?.success) return envelope.data;
    if (!envelope) throw noAnswer(response.status, answeredId);
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    throw new ApiError(envelope.error, {
      status: response.status,
      retryAfterSeconds: Number.isFinite(seconds) ? seconds : null,
      requestId: answeredId,
    });
  };
  return Object.fromEntries(
    OPERATION_NAMES.map((name) => [name, (input: object, options?: CallOptions) => call(name, input, options)]),
  ) as Client;
};
