/** A function that Cloud Scheduler calls every few minutes. */
import type { HttpFunction } from '@google-cloud/functions-framework';
import type { Clock, ErrorReporter, IdSource, Logger } from '../ports.ts';
import { reportUnforeseen } from './report-unforeseen.ts';
import { traceOf } from './trace.ts';

export interface ScheduledHandlerDeps {
  /** Name of the function, for logs. */
  name: string;
  run(logger: Logger): Promise<unknown>;
  logger: Logger;
  reporter: ErrorReporter;
  clock: Clock;
  ids: IdSource;
}

/** 500 when it failed: the next call comes anyway, but the schedule shows the failure. */
export const createScheduledHandler =
  ({ name, run, reporter, clock, ids, ...deps }: ScheduledHandlerDeps): HttpFunction =>
  async (req, res) => {
    if (req.method !== 'POST') {
      res.setHeader('Allow', 'POST');
      res.status(405).end();
      return;
    }
    const began = clock.now().getTime();
    const trace = traceOf(req.headers, ids);
    const logger = deps.logger.with({ ...trace, labels: { function: name } });
    try {
      await run(logger);
      logger.log('INFO', 'A scheduled function ran', { component: name, durationMs: clock.now().getTime() - began });
      res.status(204).end();
    } catch (thrown) {
      logger.error('A scheduled function failed', thrown, { component: name });
      await reportUnforeseen(reporter, thrown, { component: name, ...trace });
      res.status(500).end();
    }
  };
