import { asAppError } from '../errors.ts';
import type { ErrorReporter } from '../ports.ts';

/** After its answer an instance gets no processor time: what is not sent by then may never be. */
const FLUSH_MS = 2000;

/** Sends what nobody foresaw to the reporter; a reason of ours is no news. Resolves when it is sent, or after two seconds. */
export const reportUnforeseen = async (
  reporter: ErrorReporter,
  thrown: unknown,
  context: { component: string; requestId?: string; traceId?: string },
): Promise<void> => {
  const error = asAppError(thrown);
  if (error.reason !== 'INTERNAL') return;
  reporter.report(error.cause ?? error, context);
  await reporter.flush(FLUSH_MS);
};
