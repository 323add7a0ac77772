/** The function `api` behind functions-framework's own server, with state in memory and handlers that a test chooses. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type HttpFunction, http } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { auditOperation } from '../../functions/src/account/audit-operation.ts';
import { createRequestLimits } from '../../functions/src/account/limit-requests.ts';
import { createPrincipalOf } from '../../functions/src/account/principal-of.ts';
import { createLogger } from '../../functions/src/adapters/logger.ts';
import type { Identity } from '../../functions/src/contracts/account.ts';
import type { Handlers } from '../../functions/src/contracts/operations.ts';
import { createApi } from '../../functions/src/entry/api.ts';
import { createMemoryRepositories, type MemoryRepositories } from './memory-repositories.ts';

const PROJECT = 'demo-mdraft';

export interface ApiLab {
  origin: string;
  repositories: MemoryRepositories;
  /** Lines of the log, parsed. */
  log: Record<string, unknown>[];
  reported: unknown[];
  clock: { time: Date; now(): Date };
  stop(): Promise<void>;
}

export const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

export const stopServer = async (server: Server): Promise<void> => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
};

let served = 0;

/** Serves a function as the platform does. */
export const serveFunction = async (handler: HttpFunction): Promise<{ origin: string; stop(): Promise<void> }> => {
  served += 1;
  http(`function-${served}`, handler);
  const server = getTestServer(`function-${served}`);
  return { origin: await listen(server), stop: () => stopServer(server) };
};

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** An ID token as the Auth emulator issues them: of the right form, without a signature. */
export const idTokenOf = (uid: string, provider: 'anonymous' | 'password' = 'password'): string => {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: `https://securetoken.google.com/${PROJECT}`,
    aud: PROJECT,
    sub: uid,
    user_id: uid,
    iat: now,
    auth_time: now,
    exp: now + 3600,
    ...(provider === 'password' && { email: `${uid}@example.com` }),
    firebase: { sign_in_provider: provider, identities: {} },
  };
  return `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(claims)}.`;
};

const identityIn = (idToken: string): Identity | null => {
  try {
    const claims = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString());
    return { uid: claims.sub, anonymous: claims.firebase.sign_in_provider === 'anonymous' };
  } catch {
    return null;
  }
};

/** Answers the one question that firebase-admin asks when it talks to an emulator: is this user still there? */
const serveUsers = (): Server =>
  createServer((req, res) => {
    req.resume();
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify({ users: [{ localId: 'any', validSince: '0' }] }));
  });

const initialiseFirebase = async (): Promise<void> => {
  const { getApps, initializeApp } = await import('firebase-admin/app');
  if (getApps().length === 0) initializeApp({ projectId: PROJECT });
};

export interface LabOptions {
  handlers: (repositories: MemoryRepositories, clock: ApiLab['clock']) => Handlers;
  enforceAppCheck?: boolean;
}

export const startApiLab = async ({ handlers, enforceAppCheck = false }: LabOptions): Promise<ApiLab> => {
  const users = serveUsers();
  process.env.FIREBASE_AUTH_EMULATOR_HOST = (await listen(users)).replace('http://', '');
  const repositories = createMemoryRepositories();
  const log: Record<string, unknown>[] = [];
  const reported: unknown[] = [];
  const clock = {
    time: new Date('2026-11-20T09:00:10.000Z'),
    now() {
      return this.time;
    },
  };
  let counted = 0;
  const ids = {
    newId: () => {
      counted += 1;
      return `id${String(counted).padStart(18, '0')}`;
    },
    random: () => 0.5,
  };
  const logger = createLogger({
    projectId: PROJECT,
    write: (line) => log.push(JSON.parse(line)),
    now: () => clock.time,
  });
  const { accounts, audit, rateLimiter } = repositories;
  const api = createApi({
    logger,
    reporter: { report: (thrown) => void reported.push(thrown), flush: async () => {} },
    clock,
    ids,
    handlers: handlers(repositories, clock),
    verify: async (idToken) => identityIn(idToken),
    principalOf: createPrincipalOf({ accounts, clock }),
    ...createRequestLimits({ rateLimiter, clock }),
    auditOperation: (done) => auditOperation({ audit, clock, ids }, done),
    enforceAppCheck,
    initialiseFirebase,
  });
  const { origin, stop } = await serveFunction(api);
  return {
    origin,
    repositories,
    log,
    reported,
    clock,
    stop: async () => {
      await stop();
      await stopServer(users);
    },
  };
};
