/** The function `api`: callables under /call/, REST under /api/v1/. */
import type { HttpFunction, Request, Response } from '@google-cloud/functions-framework';
import { AppError } from '../errors.ts';
import { answerCallableError, CALL_BASE, type CallableDeps, createCallable } from './callable.ts';
import { type Exchange, type ExchangeDeps, openExchange } from './exchange.ts';
import { answerRestError, createRest, type RestDeps } from './rest.ts';
import { REST_BASE } from './rest-routes.ts';
import { answerUnreadableBodies } from './unreadable-body.ts';

export type ApiDeps = ExchangeDeps & RestDeps & CallableDeps;

const isCall = (req: Request): boolean => req.path.startsWith(CALL_BASE);

export const createApi = (deps: ApiDeps): HttpFunction => {
  const callable = createCallable(deps);
  const rest = createRest(deps);

  const refuse = (req: Request, res: Response, exchange: Exchange, thrown: unknown): Promise<void> =>
    isCall(req) ? answerCallableError(exchange, res, thrown) : answerRestError(exchange, deps.clock, res, thrown);

  answerUnreadableBodies((req, res, error) => refuse(req, res, openExchange(deps, req, res), error));

  return async (req, res) => {
    const exchange = openExchange(deps, req, res);
    try {
      if (isCall(req)) return await callable(req, res, exchange);
      if (req.path.startsWith(`${REST_BASE}/`)) return await rest(req, res, exchange);
      throw new AppError('OPERATION_UNKNOWN');
    } catch (thrown) {
      await refuse(req, res, exchange, thrown);
    }
  };
};
