import { AppError } from '../../functions/src/errors.ts';

/** The command line itself is wrong; `problem` is one or two full sentences that say how to put it right. */
export const usageError = (problem: string): AppError => new AppError('USAGE', { problem });
