/**
 * functions-framework reads the body before any handler is asked, and answers one that it cannot read with a page of HTML and a
 * stack. Express would ask an error handler of the application first, but the framework keeps the application to itself: it is
 * reached through its server, which Node names on a diagnostics channel before the server's first request is handled.
 */
import diagnosticsChannel from 'node:diagnostics_channel';
import type { Server } from 'node:http';
import type { Request, Response } from '@google-cloud/functions-framework';
import { AppError } from '../errors.ts';

type ErrorHandler = (thrown: unknown, req: Request, res: Response, next: (thrown: unknown) => void) => void;

interface Application {
  use(handler: ErrorHandler): unknown;
}

const isApplication = (value: unknown): value is Application =>
  typeof value === 'function' && 'use' in value && typeof value.use === 'function';

/** body-parser's errors carry the status that they ask for: https://github.com/expressjs/body-parser#errors */
const asRequestError = (thrown: unknown): AppError | null => {
  const { status } = thrown as { status?: unknown };
  if (typeof status !== 'number' || status < 400 || status >= 500) return null;
  if (status === 415) return new AppError('MEDIA_TYPE_UNSUPPORTED');
  return new AppError('REQUEST_INVALID', { field: 'body', problem: 'it is not complete and well-formed JSON' });
};

/** For every server of this process whose listener is an Express application. */
export const answerUnreadableBodies = (
  answer: (req: Request, res: Response, error: AppError) => Promise<void>,
): void => {
  const seen = new WeakSet<object>();
  diagnosticsChannel.subscribe('http.server.request.start', (message) => {
    for (const listener of (message as { server: Server }).server.listeners('request')) {
      if (seen.has(listener) || !isApplication(listener)) continue;
      seen.add(listener);
      listener.use((thrown, req, res, next) => {
        const error = asRequestError(thrown);
        if (error === null || res.headersSent) next(thrown);
        else answer(req, res, error).catch(next);
      });
    }
  });
};
