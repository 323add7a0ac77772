/** What the Vertex SDK throws, as an AppError without the service's words: those may repeat the prompt. */
import { AppError } from '../../errors.ts';

export interface Attempt {
  model: string;
  location: string;
  timeoutSeconds: number;
  /** The deadline has passed. */
  expired: boolean;
  /** A request went out: credentials and schema were in order on our side. */
  sent: boolean;
  retryAfterSeconds?: number;
}

const TRANSIENT = new Set([408, 425, 429, 499]);

const statusOf = (thrown: unknown): number | null => {
  const { status } = (thrown ?? {}) as { status?: unknown };
  return typeof status === 'number' ? status : null;
};

/** google.rpc.RetryInfo of the error body, which the SDK keeps as JSON in the message. */
const retryInfoSeconds = (thrown: unknown): number | undefined => {
  const { message } = (thrown ?? {}) as { message?: unknown };
  const delay = /"retryDelay":"(\d+(?:\.\d+)?)s"/.exec(typeof message === 'string' ? message : '')?.[1];
  return delay === undefined ? undefined : Number(delay);
};

const refusalOf = (status: number, { model, location }: Attempt): string => {
  switch (status) {
    case 400:
      return `${model} does not accept the response schema, the length or a setting (400)`;
    case 401:
      return 'the Google credentials are not accepted (401)';
    case 403:
      return 'the service account may not use Vertex AI in this project (403)';
    case 404:
      return `there is no model ${model} in ${location} for this project (404)`;
    default:
      return `Vertex AI answered with status ${status}`;
  }
};

const overloaded = (status: number | null, retryAfterSeconds: number | undefined): AppError =>
  new AppError('MODEL_OVERLOADED', { status, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) });

export const failureOf = (thrown: unknown, attempt: Attempt): AppError => {
  if (attempt.expired) return new AppError('MODEL_TIMEOUT', { timeoutSeconds: attempt.timeoutSeconds });
  const status = statusOf(thrown);
  if (status !== null && status >= 400 && status < 500 && !TRANSIENT.has(status)) {
    const problem = attempt.sent ? refusalOf(status, attempt) : 'no Google credentials could be obtained';
    return new AppError('MODEL_FAILED', { problem, status });
  }
  const isNetwork = typeof (thrown as { code?: unknown } | null)?.code === 'string';
  if (!attempt.sent && status === null && !isNetwork) {
    return new AppError('MODEL_FAILED', {
      problem: 'the request could not be made; check the Google credentials and the response schema',
    });
  }
  return overloaded(status, attempt.retryAfterSeconds ?? retryInfoSeconds(thrown));
};
