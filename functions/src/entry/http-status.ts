/** From an error to its HTTP status, for REST and for what is answered before a protocol is known. */
import type { AppError, ErrorCode, ReasonName } from '../errors.ts';

/** As Google maps its canonical codes: https://cloud.google.com/apis/design/errors#handling_errors */
const STATUS_OF_CODE: Readonly<Record<ErrorCode, number>> = {
  ok: 200,
  cancelled: 499,
  unknown: 500,
  'invalid-argument': 400,
  'deadline-exceeded': 504,
  'not-found': 404,
  'already-exists': 409,
  'permission-denied': 403,
  'resource-exhausted': 429,
  'failed-precondition': 400,
  aborted: 409,
  'out-of-range': 400,
  unimplemented: 501,
  internal: 500,
  unavailable: 503,
  'data-loss': 500,
  unauthenticated: 401,
};

/** What HTTP has a status of its own for and the codes do not. */
const STATUS_OF_REASON: Partial<Record<ReasonName, number>> = {
  REQUEST_TOO_LARGE: 413,
  METHOD_NOT_ALLOWED: 405,
  MEDIA_TYPE_UNSUPPORTED: 415,
};

export const httpStatusOf = ({ code, reason }: Pick<AppError, 'code' | 'reason'>): number =>
  STATUS_OF_REASON[reason] ?? STATUS_OF_CODE[code];
