/** The functions in processes of their own: started, and started again when one ends by itself, as Cloud Run replaces an instance. */
import { type ChildProcess, fork } from 'node:child_process';
import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { ContainersMessage } from './containers-main.ts';

export interface ContainersOptions {
  /** The module that registers the functions. */
  entryUrl: string;
  /** Names of functions; those of a list share a process, and one that computes for long holds up the others. */
  processes: readonly (readonly string[])[];
  environment: Readonly<Record<string, string>>;
  /** What the functions log goes here, one JSON line each; the log of the start before becomes NAME.previous.log. */
  logPath: string;
  /** Gives up the start. */
  signal?: AbortSignal;
}

export interface Containers {
  /** Null while its process is not up. */
  portOf(functionName: string): number | null;
  /** Resolves when a process has ended and is not started again: it dies at once each time, or `close` was called. */
  ended: Promise<void>;
  /** Ends all processes with no warning; others take their places. Resolves when those are up. */
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

/** Whole lines: several processes write to one log. */
const pipeLines = (from: Readable | null, log: NodeJS.WritableStream): void => {
  let rest = '';
  from?.setEncoding('utf8').on('data', (chunk: string) => {
    const end = chunk.lastIndexOf('\n') + 1;
    if (end > 0) log.write(rest + chunk.slice(0, end));
    rest = (end > 0 ? '' : rest) + chunk.slice(end);
  });
  from?.on('end', () => {
    if (rest !== '') log.write(`${rest}\n`);
  });
};

/** Rejects with what the process said when it ends before its functions are there. */
const startProcess = (
  options: ContainersOptions,
  functionNames: readonly string[],
  log: NodeJS.WritableStream,
): Promise<Running> =>
  new Promise((resolve, reject) => {
    const child = fork(
      fileURLToPath(new URL('./containers-main.ts', import.meta.url)),
      [options.entryUrl, ...functionNames],
      {
        execArgv: ['--no-warnings'],
        // A process group of its own: Ctrl-C would end conversions that are under way, and they would count as failed.
        detached: process.platform !== 'win32',
        env: environmentOf(options.environment),
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    let problem: string[] = [];
    pipeLines(child.stdout, log);
    pipeLines(child.stderr, log);
    child.stderr?.on('data', (chunk) => {
      problem = [...problem, ...String(chunk).split('\n')].slice(-KEPT_PROBLEM_LINES);
    });
    const ended = new Promise<void>((done) => child.once('close', () => done()));
    child.once('error', reject);
    // Nothing is in its hands yet.
    const giveUp = (): boolean => child.kill('SIGKILL');
    options.signal?.addEventListener('abort', giveUp, { once: true });
    child.once('message', (message) => {
      options.signal?.removeEventListener('abort', giveUp);
      resolve({ child, ports: (message as ContainersMessage).ports, ended });
    });
    void ended.then(() => reject(new Error(`The functions did not start.\n${problem.join('\n').trim()}`)));
  });

const openLog = (path: string): NodeJS.WritableStream => {
  mkdirSync(dirname(path), { recursive: true });
  const extension = extname(path);
  // An empty one tells less than the one before it.
  if (statSync(path, { throwIfNoEntry: false })?.size)
    renameSync(path, `${path.slice(0, path.length - extension.length)}.previous${extension}`);
  return createWriteStream(path);
};

/** One process, started again whenever it ends, until it is closed. */
const keepUp = (options: ContainersOptions, functionNames: readonly string[], log: NodeJS.WritableStream) => {
  let closing = false;
  let running: Running | null = null;
  let restarts = 0;
  let up: Promise<void>;
  const over = Promise.withResolvers<void>();

  const bringUp = async (): Promise<void> => {
    const startedMs = performance.now();
    const started = await startProcess(options, functionNames, log);
    running = started;
    void started.ended.then(() => {
      running = null;
      restarts = performance.now() - startedMs > LIVED_MS ? 0 : restarts + 1;
      if (closing || restarts > MOST_RESTARTS_IN_A_ROW) return over.resolve();
      up = bringUp();
      up.catch((error: unknown) => {
        log.write(`${String(error)}\n`);
        over.resolve();
      });
    });
  };
  up = bringUp();

  return {
    started: up,
    ended: over.promise,
    portOf: (functionName: string): number | undefined => running?.ports[functionName],
    async kill(): Promise<void> {
      const { child, ended } = running ?? {};
      child?.kill('SIGKILL');
      restarts = 0;
      await ended;
      await up;
    },
    async close(): Promise<void> {
      closing = true;
      await up.catch(() => undefined);
      const { child, ended } = running ?? {};
      child?.kill('SIGTERM');
      const force = setTimeout(() => child?.kill('SIGKILL'), CLOSING_MS);
      await ended;
      clearTimeout(force);
    },
  };
};

/** @throws Error when one of them does not come up; the others are closed again by then. */
export const startContainers = async (options: ContainersOptions): Promise<Containers> => {
  const log = openLog(options.logPath);
  const kept = options.processes.map((functionNames) => keepUp(options, functionNames, log));
  const close = async (): Promise<void> => {
    await Promise.all(kept.map((each) => each.close()));
    await new Promise<void>((resolve) => log.end(() => resolve()));
  };
  const outcomes = await Promise.allSettled(kept.map(({ started }) => started));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    await close();
    throw failed.reason;
  }
  return {
    portOf: (functionName) => kept.map((each) => each.portOf(functionName)).find((port) => port !== undefined) ?? null,
    ended: Promise.race(kept.map(({ ended }) => ended)),
    async kill() {
      await Promise.all(kept.map((each) => each.kill()));
    },
    close,
  };
};
