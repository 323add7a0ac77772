/** Google's Firebase Auth emulator (from firebase-tools) as a child process, with its accounts kept over restarts when a folder is named. */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireDemoProject } from '../demo-project.ts';
import { findPort, startNodeProgram, untilAnswering } from '../guarded-process.ts';

const MAIN = fileURLToPath(new URL('./emulator-main.ts', import.meta.url));
const START_TIMEOUT_SECONDS = 60;

export interface AuthEmulatorOptions {
  /** Only `demo-…`. Every API key belongs to it. */
  projectId: string;
  /** 0 takes a free one. */
  port: number;
  /** Where `accounts.json` is kept. Without it, accounts end with the emulator. */
  folder?: string;
  /** Gives up the start. */
  signal?: AbortSignal;
}

export interface AuthEmulator {
  /** "127.0.0.1:9099", the value of FIREBASE_AUTH_EMULATOR_HOST. */
  host: string;
  port: number;
  /** Resolves when the emulator has ended, by itself or by `close`. */
  ended: Promise<void>;
  /** Writes what is not written yet and ends the emulator. */
  close(): Promise<void>;
}

/** @throws Error with the emulator's own words when it does not come up: port taken, accounts unreadable. */
export const startAuthEmulator = async (options: AuthEmulatorOptions): Promise<AuthEmulator> => {
  requireDemoProject(options.projectId);
  const port = await findPort(options.port);
  const accountsFile = options.folder === undefined ? [] : [join(resolve(options.folder), 'accounts.json')];
  const guarded = startNodeProgram(MAIN, [options.projectId, String(port), ...accountsFile]);
  await untilAnswering(guarded, {
    url: `http://127.0.0.1:${port}/`,
    programName: 'The Auth emulator',
    announcement: 'Listening',
    timeoutSeconds: START_TIMEOUT_SECONDS,
    signal: options.signal,
  });
  return { host: `127.0.0.1:${port}`, port, ended: guarded.ended, close: () => guarded.stop() };
};
