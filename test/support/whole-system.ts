/** The whole system for a test file, with a client as a visitor has one; skipped with a plain line where Java or the jar is missing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from '@jest/globals';
import { type Client, createClient } from '../../functions/src/contracts/client.ts';
import { findFirestoreEmulator } from '../../scripts/local-cloud/firestore-emulator/index.ts';
import type { LocalProject } from '../../scripts/local-cloud/local-project.ts';
import {
  type LocalCloud,
  type LocalCloudOptions,
  startLocalCloud,
} from '../../scripts/local-cloud/start-local-cloud.ts';
import { ensurePageIsBuilt } from '../../scripts/page/build-page.ts';
import { mdraftProject } from '../../scripts/whole-system/mdraft-project.ts';
import { patientClient } from '../../scripts/whole-system/patience.ts';
import { signInVisitor } from '../../scripts/whole-system/visitor.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface WholeSystem {
  cloud: LocalCloud;
  /** Signed in as the folder's visitor. */
  client: Client;
  isNewVisitor: boolean;
  close(): Promise<void>;
}

export interface WholeSystemOptions extends Pick<LocalCloudOptions, 'storageFaults' | 'onState'> {
  /** Keeps what is stored, for another start. */
  folder: string;
  /** Settings of the functions, in the place of the usual ones. */
  environment?: Readonly<Record<string, string>>;
  /** Builds the page first. Without it whatever was built last is served, or nothing but the API. */
  page?: boolean;
}

const withEnvironment = (project: LocalProject, environment: Readonly<Record<string, string>>): LocalProject => ({
  ...project,
  environment: { ...project.environment, ...environment },
});

const found = findFirestoreEmulator();

export const startWholeSystem = async (options: WholeSystemOptions): Promise<WholeSystem> => {
  if ('missing' in found) throw new Error(found.hint);
  const { folder, environment = {}, page = false, ...others } = options;
  if (page) await ensurePageIsBuilt({ root: ROOT });
  const cloud = await startLocalCloud({
    ...others,
    project: withEnvironment(mdraftProject(environment), environment),
    root: ROOT,
    folder,
    ports: 'any',
    firestore: found,
  });
  const visitor = await signInVisitor(cloud.authHost, join(folder, 'visitor'));
  const client = patientClient(createClient({ baseUrl: cloud.hostingUrl, fetch, token: visitor.token }));
  return { cloud, client, isNewVisitor: visitor.isNew, close: () => cloud.close() };
};

/** A folder that is gone after the test file; its name says whose it is. */
export const temporaryFolder = (): { path: string; remove(): void } => {
  const path = mkdtempSync(join(tmpdir(), 'mdraft-system-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

/** As `describe`, where the whole system can be started; with CI set a missing tool is a failure. */
export const describeWithWholeSystem = (name: string, body: () => void): void => {
  if (!('missing' in found)) {
    describe(name, body);
    return;
  }
  const { hint } = found;
  if (process.env.CI) {
    test(name, () => {
      throw new Error(hint);
    });
    return;
  }
  process.stderr.write(`Skipped: ${name}. ${hint}\n`);
  describe.skip(name, body);
};
