/** An error as fields of a log line. Messages of errors that are not ours may quote a document: they stay out. */
import { AppError } from '../../errors.ts';
import { shortened, wordOf } from './allowed-fields.ts';

const MOST_FRAMES = 20;
const MOST_CAUSES = 3;
/** What V8 writes for a frame; a line of a message does not end so. */
const FRAME = /^\s+at .{1,400}(?::\d+:\d+\)?|\(native\)|\(<anonymous>\))$/;

interface LoggedError {
  name: string;
  reason?: string;
  code?: string | number;
  message?: string;
  stack?: string;
  causes?: readonly LoggedError[];
}

const framesOf = (error: Error): string => {
  const stack = typeof error.stack === 'string' ? error.stack : '';
  const message = typeof error.message === 'string' ? error.message : '';
  const afterMessage = stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : stack;
  return afterMessage
    .split('\n')
    .filter((line) => FRAME.test(line))
    .slice(0, MOST_FRAMES)
    .join('\n');
};

/** Errors of another realm (a worker's, a test's) are not `instanceof Error`. */
const isError = (value: unknown): value is Error =>
  typeof value === 'object' && value !== null && 'stack' in value && 'message' in value;

const described = (thrown: unknown): LoggedError => {
  if (!isError(thrown)) return { name: `thrown ${typeof thrown}` };
  const name = wordOf(thrown.name) ?? 'Error';
  const frames = framesOf(thrown);
  const { code } = thrown as { code?: unknown };
  const base: LoggedError = {
    name,
    code: typeof code === 'number' ? code : wordOf(code),
    stack: frames === '' ? undefined : frames,
  };
  return thrown instanceof AppError
    ? { ...base, reason: thrown.reason, message: shortened(thrown.publicMessage) }
    : base;
};

const causesOf = (thrown: unknown): LoggedError[] => {
  const causes: LoggedError[] = [];
  let cause = isError(thrown) ? thrown.cause : undefined;
  while (cause !== undefined && causes.length < MOST_CAUSES) {
    causes.push(described(cause));
    cause = isError(cause) ? cause.cause : undefined;
  }
  return causes;
};

/** `stack_trace` is what Error Reporting groups by. */
export const errorFields = (thrown: unknown): { error: LoggedError; stack_trace: string | undefined } => {
  const { stack, ...error } = described(thrown);
  const causes = causesOf(thrown);
  return {
    error: causes.length > 0 ? { ...error, causes } : error,
    stack_trace: stack === undefined ? undefined : `${error.name}: ${error.reason ?? '(message left out)'}\n${stack}`,
  };
};
