/** Google's Firestore emulator as a child process, with its data kept over restarts when a folder is named. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { requireDemoProject } from '../demo-project.ts';
import { findPort, type GuardedProcess, startGuarded, untilAnswering } from '../guarded-process.ts';
import { keepExporting } from './keep-exporting.ts';
import { createKeptExports, type KeptExports } from './kept-exports.ts';

export { findFirestoreEmulator } from './find-emulator.ts';
export { lastExportMs } from './kept-exports.ts';

const MAIN_CLASS = 'com.google.cloud.datastore.emulator.firestore.CloudFirestore';
const START_TIMEOUT_SECONDS = 60;
/** Its last words before it listens, in all versions. */
const ANNOUNCEMENT = 'Dev App Server is now running';
const EXPORT_NAME = 'firestore';

export interface FirestoreEmulatorOptions {
  /** Only `demo-…`. Other demo projects may use the same emulator; they share its rules unless they send their own, and are not kept. */
  projectId: string;
  /** 0 takes a free one. */
  port: number;
  /** Path of a firestore.rules. Without it, everyone may do everything. */
  rulesFile?: string;
  /** Where the data is kept. Without it, they end with the emulator. */
  folder?: string;
  /** As findFirestoreEmulator found them. */
  java: string;
  jar: string;
  /** Whether anything may have been written since the last call. Without it, exports are made as if something always had. */
  mayHaveChanged?: () => boolean;
  /** Gives up the start. */
  signal?: AbortSignal;
}

export interface FirestoreEmulator {
  /** "127.0.0.1:8080", the value of FIRESTORE_EMULATOR_HOST. */
  host: string;
  port: number;
  /** Resolves when the emulator has ended, by itself or by `close`. */
  ended: Promise<void>;
  /** Writes the project's data into the folder now; nothing without a folder. */
  exportNow(): Promise<void>;
  /** Deletes every document of a project; default: the emulator's own. */
  clear(projectId?: string): Promise<void>;
  /** Exports, then ends the emulator and waits for it. Rejects when data were lost by that; the emulator has ended all the same. */
  close(): Promise<void>;
}

const javaArguments = (options: FirestoreEmulatorOptions, port: number, seedFolder: string | undefined): string[] => [
  '-Duser.language=en',
  // For short lives: over 400 transactions and 5,000 writes a quarter less time in transactions, and 265 MB instead of 304.
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-cp',
  options.jar,
  MAIN_CLASS,
  'start',
  '--host=127.0.0.1',
  `--port=${port}`,
  `--project_id=${options.projectId}`,
  ...(options.rulesFile === undefined ? [] : [`--rules=${resolve(options.rulesFile)}`]),
  ...(seedFolder === undefined
    ? []
    : [`--seed_from_export=${join(seedFolder, EXPORT_NAME, `${EXPORT_NAME}.overall_export_metadata`)}`]),
];

const send = async (url: string, method: string, body?: unknown): Promise<void> => {
  const response = await fetch(url, {
    method,
    headers: { authorization: 'Bearer owner', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`The Firestore emulator answered ${response.status}: ${text.slice(0, 500)}`);
};

/** With the newest export that the emulator can read. */
const startWithSeed = async (
  options: FirestoreEmulatorOptions,
  kept: KeptExports | undefined,
): Promise<{ guarded: GuardedProcess; port: number }> => {
  const seeds: (string | undefined)[] = kept?.complete() ?? [];
  let firstError: unknown;
  for (const seed of seeds.length > 0 ? seeds : [undefined]) {
    const port = await findPort(options.port);
    const guarded = startGuarded(options.java, javaArguments(options, port, seed));
    try {
      await untilAnswering(guarded, {
        url: `http://127.0.0.1:${port}/`,
        programName: 'The Firestore emulator',
        announcement: ANNOUNCEMENT,
        timeoutSeconds: START_TIMEOUT_SECONDS,
        signal: options.signal,
      });
      return { guarded, port };
    } catch (error) {
      options.signal?.throwIfAborted();
      firstError ??= error;
    }
  }
  throw firstError;
};

/** @throws Error with the emulator's own words when it does not come up: port taken, rules or data unreadable, Java too old for the jar. */
export const startFirestoreEmulator = async (options: FirestoreEmulatorOptions): Promise<FirestoreEmulator> => {
  requireDemoProject(options.projectId);
  const rules = options.rulesFile === undefined ? undefined : readFileSync(options.rulesFile, 'utf8');
  const kept = options.folder === undefined ? undefined : createKeptExports(options.folder);
  const { guarded, port } = await startWithSeed(options, kept);
  const host = `127.0.0.1:${port}`;
  const base = `http://${host}/emulator/v1/projects`;
  if (rules !== undefined) {
    // With rules that it cannot read the emulator starts all the same, and lets everyone do everything. Asked this way, it refuses them.
    const files = [{ name: 'firestore.rules', content: rules }];
    await send(`${base}/${options.projectId}:securityRules`, 'PUT', { rules: { files } }).catch(async (error) => {
      await guarded.stop();
      throw error;
    });
  }

  const exporter =
    kept &&
    keepExporting({
      write: () =>
        kept.add((folder) =>
          send(`${base}/${options.projectId}:export`, 'POST', {
            database: `projects/${options.projectId}/databases/(default)`,
            export_directory: folder,
            export_name: EXPORT_NAME,
          }),
        ),
      mayHaveChanged: options.mayHaveChanged ?? (() => true),
      now: () => new Date(),
    });

  return {
    host,
    port,
    ended: guarded.ended,
    exportNow: async () => exporter?.exportNow(),
    clear: (projectId = options.projectId) => send(`${base}/${projectId}/databases/(default)/documents`, 'DELETE'),
    async close() {
      try {
        await exporter?.close();
      } finally {
        await guarded.stop();
      }
    },
  };
};
