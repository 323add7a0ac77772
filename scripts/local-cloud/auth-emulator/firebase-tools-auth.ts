/** The parts of firebase-tools' Auth emulator that are used here. They are its inner modules: package.json pins the version. */
import type { RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import operations from './operations.json' with { type: 'json' };

/** One account as the emulator holds it; written and read back whole. */
export interface StoredAccount {
  localId: string;
  lastLoginAt?: string;
}

interface ProjectState {
  users: Map<string, StoredAccount>;
  overwriteUserWithLocalId(localId: string, account: StoredAccount): void;
}

interface StateModule {
  AgentProjectState: new (projectId: string) => ProjectState;
}

interface ServerModule {
  createApp(
    projectId: string,
    singleProjectMode: number,
    states: ReadonlyMap<string, ProjectState>,
  ): Promise<RequestListener>;
}

interface SpecModule {
  default: { paths: Record<string, unknown> };
}

/** "NO_WARNING" of firebase-tools: other demo projects may use the same emulator. */
const ANY_PROJECT = 0;

const load = createRequire(import.meta.url) as (path: string) => unknown;

/**
 * Compiling the schemas of all 76 paths takes five seconds. operations.json names those that sign-in, e-mail accounts and firebase-admin
 * use; second factors, tenants, SAML and phone numbers answer 404.
 */
const trimSpec = (): void => {
  const { paths } = (load('firebase-tools/lib/emulator/auth/apiSpec.js') as SpecModule).default;
  const used = new Set<string>(operations);
  for (const path of Object.keys(paths)) if (!used.has(path)) delete paths[path];
};

export interface AuthApp {
  handle: RequestListener;
  /** The project's accounts as they are now. */
  accounts(): StoredAccount[];
}

/**
 * `accounts` are taken back as they were. (accounts:batchCreate would count every token given out before as revoked, and the page of
 * yesterday would find itself signed out.)
 */
export const createAuthApp = async (projectId: string, accounts: readonly StoredAccount[]): Promise<AuthApp> => {
  trimSpec();
  const { AgentProjectState } = load('firebase-tools/lib/emulator/auth/state.js') as StateModule;
  const { createApp } = load('firebase-tools/lib/emulator/auth/server.js') as ServerModule;
  const state = new AgentProjectState(projectId);
  for (const account of accounts) state.overwriteUserWithLocalId(account.localId, account);
  const handle = await createApp(projectId, ANY_PROJECT, new Map([[projectId, state]]));
  return { handle, accounts: () => [...state.users.values()] };
};
