/** Callables: POST /call/{operation} in Firebase's own protocol. https://firebase.google.com/docs/functions/callable-reference */
import type { Request, Response } from '@google-cloud/functions-framework';
import type { CallableFunction, CallableRequest } from 'firebase-functions/https';
import type { Identity } from '../contracts/account.ts';
import { OPERATION_NAMES, type OperationName } from '../contracts/operations.ts';
import { AppError } from '../errors.ts';
import type { Exchange } from './exchange.ts';
import { httpStatusOf } from './http-status.ts';
import { checkSize } from './request-size.ts';
import { type OperationDeps, runOperation } from './run-operation.ts';

export const CALL_BASE = '/call/';

export interface CallableDeps extends OperationDeps {
  /** Refuses whoever does not come from an app of ours. */
  enforceAppCheck: boolean;
  /** Makes the default firebase-admin app, with which the protocol checks tokens. */
  initialiseFirebase(): Promise<void>;
}

type Callables = ReadonlyMap<string, CallableFunction<unknown, Promise<unknown>>>;

/** The token has been verified by the protocol's own code. */
const identityOf = ({ auth }: CallableRequest): Identity | null => {
  if (!auth) return null;
  const { uid, token } = auth;
  const { email } = token;
  return { uid, anonymous: token.firebase?.sign_in_provider === 'anonymous', ...(email !== undefined && { email }) };
};

/** The protocol's own check writes a body that it refuses to the log. */
const checkBody = (req: Request): void => {
  checkSize(req);
  const body: unknown = req.body;
  if (typeof body !== 'object' || body === null || !('data' in body) || Object.keys(body).length > 1) {
    throw new AppError('REQUEST_INVALID', { field: 'body', problem: 'it must be a JSON object with data alone' });
  }
};

export const answerCallableError = async (exchange: Exchange, res: Response, thrown: unknown): Promise<void> => {
  const error = await exchange.refuse(thrown);
  const { code, reason, publicMessage: message, details } = error;
  const status = code.toUpperCase().replaceAll('-', '_');
  res.status(httpStatusOf(error)).json({ error: { message, status, details: { ...details, reason } } });
};

export const createCallable = (deps: CallableDeps) => {
  /** The protocol's code hands its handler the same request object that it was given. */
  const exchanges = new WeakMap<object, Exchange>();
  let loading: Promise<Callables> | undefined;

  const load = async (): Promise<Callables> => {
    const { HttpsError, onCall } = await import('firebase-functions/https');
    await deps.initialiseFirebase();

    const answer = async (name: OperationName, call: CallableRequest): Promise<unknown> => {
      const exchange = exchanges.get(call.rawRequest);
      if (!exchange) throw new AppError('INTERNAL');
      try {
        exchange.call = {
          name,
          // What a caller without a request sends.
          input: call.data ?? {},
          identify: async () => identityOf(call),
          address: exchange.address,
          trace: exchange.trace,
          principal: null,
        };
        return await runOperation(deps, exchange.call);
      } catch (thrown) {
        const { code, reason, publicMessage, details } = await exchange.refuse(thrown);
        throw new HttpsError(code, publicMessage, { ...details, reason });
      }
    };

    // Same origin, behind Hosting: no other page may call.
    const options = { cors: false, enforceAppCheck: deps.enforceAppCheck };
    return new Map(OPERATION_NAMES.map((name) => [name, onCall(options, (call) => answer(name, call))]));
  };

  const loaded = (): Promise<Callables> => {
    loading ??= load().catch((thrown: unknown) => {
      loading = undefined;
      throw thrown;
    });
    return loading;
  };

  return async (req: Request, res: Response, exchange: Exchange): Promise<void> => {
    try {
      checkBody(req);
      const callable = (await loaded()).get(req.path.slice(CALL_BASE.length));
      if (!callable) throw new AppError('OPERATION_UNKNOWN');
      exchanges.set(req, exchange);
      await callable(req as never, res as never);
    } catch (thrown) {
      await answerCallableError(exchange, res, thrown);
    }
  };
};
