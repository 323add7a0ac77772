/** One request to the API and its answer: ids, headers that every answer has, and the one log line. */
import type { Request, Response } from '@google-cloud/functions-framework';
import type { Trace } from '../contracts/work.ts';
import { type AppError, asAppError } from '../errors.ts';
import type { Clock, ErrorReporter, IdSource, Logger, LogSeverity } from '../ports.ts';
import { httpStatusOf } from './http-status.ts';
import { reportUnforeseen } from './report-unforeseen.ts';
import type { OperationCall } from './run-operation.ts';
import { traceOf } from './trace.ts';

export interface ExchangeDeps {
  logger: Logger;
  reporter: ErrorReporter;
  clock: Clock;
  ids: IdSource;
}

export interface Exchange {
  readonly trace: Trace;
  /** The last proxy's word, which a client cannot forge. */
  readonly address: string;
  /** Set when the operation is known, for the log line. */
  call?: OperationCall;
  /** The error as it is told: an unknown one is reported, and told in general words. Sets Retry-After. */
  refuse(thrown: unknown): Promise<AppError>;
}

const addressOf = (req: Request): string => {
  const forwarded = req.headers['x-forwarded-for'];
  const last = (typeof forwarded === 'string' ? forwarded : '').split(',').at(-1)?.trim();
  return last || req.socket.remoteAddress || 'unknown';
};

const severityOf = (status: number): LogSeverity => (status >= 500 ? 'ERROR' : status >= 400 ? 'NOTICE' : 'INFO');

const bytesOf = (length: unknown): number | undefined => (length === undefined ? undefined : Number(length));

export const openExchange = (deps: ExchangeDeps, req: Request, res: Response): Exchange => {
  const began = deps.clock.now().getTime();
  const trace = traceOf(req.headers, deps.ids);
  const logger = deps.logger.with(trace);
  let reason: string | undefined;
  res.setHeader('X-Request-ID', trace.requestId);
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('X-Content-Type-Options', 'nosniff');

  const exchange: Exchange = {
    trace,
    address: addressOf(req),
    async refuse(thrown) {
      const error = asAppError(thrown);
      reason = error.reason;
      const { retryAfterSeconds } = error.details;
      if (typeof retryAfterSeconds === 'number') res.setHeader('Retry-After', String(retryAfterSeconds));
      if (error.reason === 'INTERNAL') {
        const operation = exchange.call?.name;
        logger.error('An operation failed in a way nobody foresaw', thrown, { ...(operation && { operation }) });
        await reportUnforeseen(deps.reporter, error, { component: 'api', ...trace });
      }
      return error;
    },
  };

  res.on('close', () => {
    const durationMs = deps.clock.now().getTime() - began;
    const status = res.writableFinished ? res.statusCode : httpStatusOf({ code: 'cancelled', reason: 'INTERNAL' });
    const { call } = exchange;
    const requestBytes = bytesOf(req.headers['content-length']);
    const responseBytes = bytesOf(res.getHeader('content-length'));
    logger.log(severityOf(status), 'A request was answered', {
      component: 'api',
      status,
      durationMs,
      ...(call && { operation: call.name }),
      ...(call?.principal && { orgId: call.principal.orgId, uid: call.principal.uid }),
      ...(reason !== undefined && { reason }),
      httpRequest: {
        method: req.method,
        path: req.path,
        status,
        durationMs,
        ...(requestBytes !== undefined && { requestBytes }),
        ...(responseBytes !== undefined && { responseBytes }),
      },
    });
  });
  return exchange;
};
