/** What Firestore's client throws, as the one error model has it. */
import { AppError } from '../../errors.ts';

/** Status codes of gRPC, https://grpc.io/docs/guides/status-codes/ */
export const NOT_FOUND = 5;
export const ALREADY_EXISTS = 6;
export const FAILED_PRECONDITION = 9;
export const ABORTED = 10;
/** CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, INTERNAL, UNAVAILABLE: the same call may succeed. */
const PASSING = new Set([1, 2, 4, 8, ABORTED, 13, 14]);

const PROBLEMS: Readonly<Record<number, string>> = {
  [NOT_FOUND]: 'the database does not exist',
  7: 'these credentials may not use the database',
  [FAILED_PRECONDITION]: 'a query has no index there, or the database is not in Native mode',
  16: 'Firestore does not know these credentials',
};

/** NaN for what is no error of gRPC. */
export const statusOf = (thrown: unknown): number =>
  typeof thrown === 'object' && thrown !== null && 'code' in thrown ? Number(thrown.code) : Number.NaN;

export const mayPass = (thrown: unknown): boolean => PASSING.has(statusOf(thrown));

export const translateError = (thrown: unknown): AppError => {
  if (thrown instanceof AppError) return thrown;
  const status = statusOf(thrown);
  if (PASSING.has(status)) return new AppError('STATE_UNAVAILABLE', { status }, { cause: thrown });
  const problem = PROBLEMS[status];
  if (problem) return new AppError('CONFIG_INVALID', { setting: 'Firestore', problem, status }, { cause: thrown });
  return new AppError('INTERNAL', {}, { cause: thrown });
};
