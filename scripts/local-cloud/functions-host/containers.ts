/** The functions in a process of their own: started, and started again when it ends by itself, as Cloud Run replaces an instance. */
import { type ChildProcess, fork } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ContainersMessage } from './containers-main.ts';

export interface ContainersOptions {
  /** The module that registers the functions. */
  entryUrl: string;
  functionNames: readonly string[];
  environment: Readonly<Record<string, string>>;
  /** What the functions log goes here, one JSON line each; the file is begun anew. */
  logPath: string;
}

export interface Containers {
  /** Null while the process is not up. */
  portOf(functionName: string): number | null;
  /** Ends the process with no warning; another takes its place. Resolves when that one is up. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

const KEPT_PROBLEM_LINES = 20;
const CLOSING_MS = 10_000;
/** A module that dies at once again and again is not started for ever. */
const MOST_RESTARTS_IN_A_ROW = 3;
const LIVED_MS = 5000;

interface Running {
  child: ChildProcess;
  ports: Readonly<Record<string, number>>;
  ended: Promise<void>;
}

/** Our own settings are all that the functions see: nothing of the person's shell leads them to a cloud. */
const environmentOf = (settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  // Where a developer's own credentials would be found.
  HOME: '/nonexistent',
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
  ...settings,
});

/** Rejects with what the process said when it ends before its functions are there. */
const startProcess = (options: ContainersOptions, log: NodeJS.WritableStream): Promise<Running> =>
  new Promise((resolve, reject) => {
    const child = fork(
      fileURLToPath(new URL('./containers-main.ts', import.meta.url)),
      [options.entryUrl, ...options.functionNames],
      {
        execArgv: ['--no-warnings'],
        // A process group of its own: Ctrl-C would end conversions that are under way, and they would count as failed.
        detached: process.platform !== 'win32',
        env: environmentOf(options.environment),
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    let problem: string[] = [];
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    child.stderr?.on('data', (chunk) => {
      problem = [...problem, ...String(chunk).split('\n')].slice(-KEPT_PROBLEM_LINES);
    });
    const ended = new Promise<void>((done) => child.once('close', () => done()));
    child.once('message', (message) => resolve({ child, ports: (message as ContainersMessage).ports, ended }));
    child.once('error', reject);
    void ended.then(() => reject(new Error(`The functions did not start.\n${problem.join('\n').trim()}`)));
  });

export const startContainers = async (options: ContainersOptions): Promise<Containers> => {
  mkdirSync(dirname(options.logPath), { recursive: true });
  const log = createWriteStream(options.logPath);
  let closing = false;
  let running: Running | null = null;
  let restarts = 0;
  let up: Promise<void>;

  const bringUp = async (): Promise<void> => {
    const startedMs = performance.now();
    const started = await startProcess(options, log);
    running = started;
    void started.ended.then(() => {
      running = null;
      restarts = performance.now() - startedMs > LIVED_MS ? 0 : restarts + 1;
      if (closing || restarts > MOST_RESTARTS_IN_A_ROW) return;
      up = bringUp();
      up.catch((error: unknown) => log.write(`${String(error)}\n`));
    });
  };
  up = bringUp();
  await up;

  return {
    portOf: (functionName) => running?.ports[functionName] ?? null,
    async kill() {
      const { child, ended } = running ?? {};
      child?.kill('SIGKILL');
      restarts = 0;
      await ended;
      await up;
    },
    async close() {
      closing = true;
      await up.catch(() => undefined);
      const { child, ended } = running ?? {};
      child?.kill('SIGTERM');
      const force = setTimeout(() => child?.kill('SIGKILL'), CLOSING_MS);
      await ended;
      clearTimeout(force);
      await new Promise<void>((resolve) => log.end(resolve));
    },
  };
};
