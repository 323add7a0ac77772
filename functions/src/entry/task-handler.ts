/** A queue's function: a task's request to a step, the step's end to the answer that the queue understands. */
import type { HttpFunction, Request } from '@google-cloud/functions-framework';
import { type QueueName, TASKS, type TaskPayload } from '../contracts/tasks.ts';
import { type AppError, asAppError } from '../errors.ts';
import type { Clock, ErrorReporter, LogFields, Logger } from '../ports.ts';
import { reportUnforeseen } from './report-unforeseen.ts';

export interface TaskStep<Q extends QueueName> {
  /** Resolves to what it came to, in a word. `deliveries` counts this one; `logger` carries the trace. */
  run(payload: TaskPayload<Q>, deliveries: number, logger?: Logger): Promise<string>;
  /** What becomes of the work; `overloaded`: the queue is to slow down. */
  fail(payload: TaskPayload<Q>, error: AppError, deliveries: number, logger?: Logger): Promise<string>;
}

export interface TaskHandlerDeps<Q extends QueueName> extends TaskStep<Q> {
  queue: Q;
  logger: Logger;
  reporter: ErrorReporter;
  clock: Clock;
}

const DONE = 204;
/** To Cloud Tasks: again, and all of the queue more slowly. https://cloud.google.com/tasks/docs/creating-http-target-tasks#handler */
const SLOW_DOWN = 503;
const TRY_AGAIN = 500;

const headerOf = (req: Request, name: string): string => {
  const value = req.headers[`x-cloudtasks-${name}`];
  return typeof value === 'string' ? value : '';
};

const idsOf = (payload: Readonly<Record<string, unknown>>): LogFields => {
  const { trace: _, phase, ...ids } = payload;
  return { ...ids, ...(typeof phase === 'string' && { step: phase }) };
};

/** Who may call it is decided before it is reached, by Cloud Run's own check of the queue's identity. */
export const createTaskHandler = <Q extends QueueName>(deps: TaskHandlerDeps<Q>): HttpFunction => {
  const { queue, reporter, clock } = deps;
  const labels = { function: queue };

  /** The outcome in a word, and the status that follows from it. */
  const deliver = async (payload: TaskPayload<Q>, deliveries: number, logger: Logger) => {
    const report = async (message: string, thrown: unknown): Promise<void> => {
      logger.error(message, thrown, idsOf(payload));
      await reportUnforeseen(reporter, thrown, { component: queue, ...payload.trace });
    };
    try {
      return { outcome: await deps.run(payload, deliveries, logger), status: DONE };
    } catch (thrown) {
      const error = asAppError(thrown);
      if (error.reason === 'INTERNAL') await report('A step failed in a way nobody foresaw', thrown);
      try {
        const outcome = await deps.fail(payload, error, deliveries, logger);
        return { outcome, reason: error.reason, status: outcome === 'overloaded' ? SLOW_DOWN : DONE };
      } catch (unsettled) {
        await report('The failure of a step was not written down', unsettled);
        return { outcome: 'unsettled', reason: error.reason, status: TRY_AGAIN };
      }
    }
  };

  return async (req, res) => {
    if (req.method !== 'POST') {
      res.setHeader('Allow', 'POST');
      res.status(405).end();
      return;
    }
    const began = clock.now().getTime();
    const taskName = headerOf(req, 'taskname');
    const parsed = TASKS[queue].safeParse(req.body);
    if (!parsed.success) {
      // It would not fit the next time either, and whatever it stood for is found by the sweep.
      const invalid = new TypeError('A task does not have the form of its queue');
      deps.logger.with({ labels }).error('A task was dropped: it does not have the form of its queue', invalid, {
        queue,
        taskName,
      });
      await reportUnforeseen(reporter, invalid, { component: queue });
      res.status(DONE).end();
      return;
    }
    const payload = parsed.data as TaskPayload<Q>;
    const logger = deps.logger.with({ ...payload.trace, labels });
    // Deliveries that never reached a worker count too: https://cloud.google.com/tasks/docs/creating-http-target-tasks#handler
    const deliveries = (Number.parseInt(headerOf(req, 'taskretrycount'), 10) || 0) + 1;
    const { status, ...end } = await deliver(payload, deliveries, logger);
    logger.log(status === DONE ? 'INFO' : 'WARNING', 'A task was handled', {
      ...idsOf(payload),
      ...end,
      queue,
      taskName,
      status,
      durationMs: clock.now().getTime() - began,
    });
    res.status(status).end();
  };
};
