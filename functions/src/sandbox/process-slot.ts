/** One place in the pool: starts its process when needed, watches one job at a time, replaces the process when it had to be stopped. */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConvertLimits, OnProgress } from '../convert/source-tree.ts';
import { AppError } from '../errors.ts';
import type { ChildAnswer, ChildRequest, Job } from './messages.ts';

/** What Node itself takes before the first document. */
const NODE_ITSELF_MB = 128;
/** Young objects are looked through more often: a third less memory on long documents, at no time that could be measured. */
const HEAP_FLAGS = ['--max-semi-space-size=4'];
/** How V8 and the memory watch end a process that takes too much. */
const MEMORY_SIGNALS: ReadonlySet<string> = new Set(['SIGABRT', 'SIGKILL', 'SIGTRAP', 'SIGILL']);
const LEAVES_PROCESS_UNSURE: ReadonlySet<string> = new Set([
  'CONVERSION_TIMEOUT',
  'CONVERSION_OUT_OF_MEMORY',
  'CONVERTER_CRASHED',
]);

export type JobResult = Extract<ChildAnswer, { type: 'done' }>['result'];

export interface ProcessSlotOptions {
  timeoutSeconds: number;
  memoryMb: number;
  limits: ConvertLimits;
  converterUrl: string;
}

export interface ProcessSlot {
  isBusy(): boolean;
  /** What the job's kind gives: a Document, the pages extracted, or the files unpacked. */
  run(job: Job, onProgress?: OnProgress): Promise<JobResult>;
  close(): Promise<void>;
}

/** The nearest folder above this file that has installed packages, and these packages where they are linked: all that a converter needs. */
const readableFolders = (): string[] => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'node_modules')) && folder !== dirname(folder)) folder = dirname(folder);
  const packages = join(folder, 'node_modules');
  return [...new Set([folder, packages].filter(existsSync).map((path) => realpathSync(path)))];
};

/**
 * Node's permission model (https://nodejs.org/api/permissions.html): a parser that is taken over may read the code it runs from and write
 * compiled modules; no other file, no process, no native addon.
 */
const permissions = (cacheFolder: string | undefined): string[] => [
  '--permission',
  '--allow-worker',
  ...readableFolders().map((folder) => `--allow-fs-read=${join(folder, '*')}`),
  ...(cacheFolder === undefined
    ? []
    : [`--allow-fs-read=${join(cacheFolder, '*')}`, `--allow-fs-write=${join(cacheFolder, '*')}`]),
];

const startProcess = (options: ProcessSlotOptions): ChildProcess => {
  const cacheFolder = getCompileCacheDir();
  const child = fork(fileURLToPath(new URL(`./child-main${extname(import.meta.url)}`, import.meta.url)), [], {
    execArgv: ['--no-warnings', ...HEAP_FLAGS, `--max-old-space-size=${options.memoryMb}`, ...permissions(cacheFolder)],
    // None of ours: there is no credential to find.
    env: cacheFolder === undefined ? {} : { NODE_COMPILE_CACHE: cacheFolder },
    serialization: 'advanced',
    // A parser's own chatter may hold document text: it goes nowhere. Ctrl-C is for the parent, which ends its children itself.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    detached: process.platform !== 'win32',
  });
  // An error that arrives after its conversion was given up must not become an uncaught exception.
  child.on('error', () => undefined);
  return child;
};

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

const crashed = (fileName: string, cause?: unknown): AppError =>
  new AppError('CONVERTER_CRASHED', { fileName }, { cause });

export const createProcessSlot = (options: ProcessSlotOptions): ProcessSlot => {
  let child: ChildProcess | undefined;
  let busy = false;

  const stop = async (): Promise<void> => {
    const stopping = child;
    child = undefined;
    if (!stopping) return;
    stopping.kill('SIGKILL');
    await ended(stopping);
  };

  const outOfMemory = (fileName: string): AppError =>
    new AppError('CONVERSION_OUT_OF_MEMORY', { fileName, limitMb: options.memoryMb });

  const errorOf = (fileName: string, answer: Exclude<ChildAnswer, { type: 'progress' | 'done' }>): AppError => {
    if (answer.type === 'refused') return new AppError(answer.error.reason, answer.error.details);
    return answer.type === 'out_of_memory' ? outOfMemory(fileName) : crashed(fileName, new Error(answer.problem));
  };

  const readyProcess = (): ChildProcess => {
    if (child?.connected) return child;
    const started = startProcess(options);
    started.once('exit', () => {
      if (child === started) child = undefined;
    });
    child = started;
    return started;
  };

  const requestFor = (job: Job): ChildRequest => ({
    settings: {
      converterUrl: options.converterUrl,
      wasmMemoryMb: options.memoryMb,
      residentMemoryMb: 2 * options.memoryMb + NODE_ITSELF_MB,
      limits: options.limits,
    },
    job,
  });

  const run = async (job: Job, onProgress?: OnProgress): Promise<JobResult> => {
    const { fileName } = job.input;
    const current = readyProcess();
    const watch = new AbortController();
    try {
      return await new Promise<JobResult>((resolve, reject) => {
        const onMessage = (message: unknown): void => {
          const answer = message as ChildAnswer;
          if (answer.type === 'progress') onProgress?.(answer.done, answer.total);
          else if (answer.type === 'done') resolve(answer.result);
          else reject(errorOf(fileName, answer));
        };
        const onExit = (_code: number | null, signal: NodeJS.Signals | null): void =>
          reject(signal && MEMORY_SIGNALS.has(signal) ? outOfMemory(fileName) : crashed(fileName));
        const onError = (thrown: unknown): void => reject(crashed(fileName, thrown));
        const timer = setTimeout(
          () => reject(new AppError('CONVERSION_TIMEOUT', { fileName, timeoutSeconds: options.timeoutSeconds })),
          options.timeoutSeconds * 1000,
        );
        current.on('message', onMessage).once('error', onError).once('exit', onExit);
        watch.signal.addEventListener('abort', () => {
          clearTimeout(timer);
          current.off('message', onMessage).off('error', onError).off('exit', onExit);
        });
        // A process that is already gone says so by 'exit'.
        current.send(requestFor(job), () => undefined);
      });
    } catch (error) {
      // Only a converter that refused in good order is known to be in a state to go on.
      if (!(error instanceof AppError) || LEAVES_PROCESS_UNSURE.has(error.reason)) await stop();
      throw error;
    } finally {
      watch.abort();
    }
  };

  return {
    isBusy: () => busy,
    async run(job, onProgress) {
      busy = true;
      try {
        return await run(job, onProgress);
      } finally {
        busy = false;
      }
    },
    close: stop,
  };
};
