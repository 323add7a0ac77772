/** What a command tells the shell. */
import type { AppError } from '../../functions/src/errors.ts';

export const EXIT = { done: 0, failed: 1, usage: 2, partial: 3, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A command that asks for what it cannot have is told so with 2; a job that went wrong, with 1. */
export const exitCodeOf = (error: AppError): ExitCode =>
  error.reason === 'USAGE' || error.reason === 'OPTION_UNAVAILABLE' ? EXIT.usage : EXIT.failed;
