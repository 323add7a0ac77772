/** REST under /api/v1: a route to an operation, its answer or error to an envelope. */
import type { Request, Response } from '@google-cloud/functions-framework';
import type { Identity } from '../contracts/account.ts';
import type { ErrorEnvelope, SuccessEnvelope } from '../contracts/envelope.ts';
import { buildOpenApi } from '../contracts/openapi.ts';
import { OPERATIONS, type OperationName } from '../contracts/operations.ts';
import { AppError, toErrorBody } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { Exchange } from './exchange.ts';
import { httpStatusOf } from './http-status.ts';
import { tellableField } from './parse-request.ts';
import { checkSize } from './request-size.ts';
import { matchRoute, REST_BASE, withHead } from './rest-routes.ts';
import { type OperationDeps, runOperation } from './run-operation.ts';

export interface RestDeps extends OperationDeps {
  /** Null for a token that is not valid. @throws AppError IDENTITY_UNAVAILABLE. */
  verify(idToken: string): Promise<Identity | null>;
  clock: Clock;
}

const OPENAPI_PATH = '/openapi.json';

type Fields = Record<string, unknown>;

/** A name that comes twice is a list, which no field of a query takes. */
const queryOf = (req: Request): Fields => {
  const { searchParams } = new URL(req.originalUrl, 'http://host');
  return Object.fromEntries(
    [...new Set(searchParams.keys())].map((name) => {
      const values = searchParams.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
};

/** The framework has read it and parsed what calls itself JSON. */
const bodyOf = (req: Request): Fields => {
  if (checkSize(req) === 0) return {};
  const mediaType = (req.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') throw new AppError('MEDIA_TYPE_UNSUPPORTED');
  const body: unknown = req.body;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new AppError('REQUEST_INVALID', { field: 'body', problem: 'it must be a JSON object' });
  }
  return body as Fields;
};

const tokenOf = (req: Request): string | null =>
  /^Bearer +([\w.~+/-]+=*)$/i.exec(req.headers.authorization ?? '')?.[1] ?? null;

/** Query or body as they are read for this operation, and the fields of its path, which stand nowhere else. */
const inputOf = (req: Request, name: OperationName, fields: Record<string, string>): Fields => {
  const query = queryOf(req);
  const takesBody = OPERATIONS[name].rest.method === 'post';
  const stray = takesBody ? Object.keys(query) : [];
  if (stray.length > 0) {
    throw new AppError('REQUEST_INVALID', {
      field: tellableField(stray) ?? 'query',
      problem: 'it belongs into the body',
    });
  }
  const sent = takesBody ? bodyOf(req) : query;
  const twice = Object.keys(fields).find((field) => Object.hasOwn(sent, field));
  if (twice === undefined) return { ...sent, ...fields };
  throw new AppError('REQUEST_INVALID', { field: twice, problem: 'it is given by the path alone' });
};

export const answerRestError = async (
  exchange: Exchange,
  clock: Clock,
  res: Response,
  thrown: unknown,
): Promise<void> => {
  const error = await exchange.refuse(thrown);
  const { code, reason, message, details } = toErrorBody(error);
  const envelope: ErrorEnvelope = {
    success: false,
    error: { code, reason, message, details: { ...details } },
    timestamp: clock.now().toISOString(),
  };
  if (reason === 'UNAUTHENTICATED') res.setHeader('WWW-Authenticate', 'Bearer');
  res.status(httpStatusOf(error)).json(envelope);
};

const methodNotAllowed = ({ method }: Request, allowed: readonly string[]): AppError =>
  new AppError('METHOD_NOT_ALLOWED', { allowed: allowed.join(', '), method });

export const createRest = (deps: RestDeps) => {
  let openApi: string | undefined;

  const answerOpenApi = (res: Response): void => {
    openApi ??= JSON.stringify(buildOpenApi());
    res.setHeader('Cache-Control', 'public, max-age=300');
    res.status(200).type('application/json').send(openApi);
  };

  const run = async (req: Request, exchange: Exchange, path: string): Promise<Fields> => {
    if (path === OPENAPI_PATH) throw methodNotAllowed(req, withHead(['GET']));
    const match = matchRoute(req.method, path);
    if (match.found === 'nothing') throw new AppError('OPERATION_UNKNOWN');
    if (match.found === 'path') throw methodNotAllowed(req, match.allowed);
    const token = tokenOf(req);
    exchange.call = {
      name: match.name,
      input: inputOf(req, match.name, match.fields),
      identify: async () => (token === null ? null : deps.verify(token)),
      address: exchange.address,
      trace: exchange.trace,
      principal: null,
    };
    return runOperation(deps, exchange.call);
  };

  return async (req: Request, res: Response, exchange: Exchange): Promise<void> => {
    const path = req.path.slice(REST_BASE.length);
    if (path === OPENAPI_PATH && withHead(['GET']).includes(req.method)) return answerOpenApi(res);
    try {
      const envelope: SuccessEnvelope = {
        success: true,
        data: await run(req, exchange, path),
        timestamp: deps.clock.now().toISOString(),
      };
      res.status(200).json(envelope);
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.reason === 'METHOD_NOT_ALLOWED') {
        res.setHeader('Allow', String(thrown.details.allowed));
      }
      await answerRestError(exchange, deps.clock, res, thrown);
    }
  };
};
