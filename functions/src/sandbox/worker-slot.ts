/** One place in the pool: starts its worker when needed, watches one conversion at a time, replaces the worker when it had to be stopped. */
import { getCompileCacheDir } from 'node:module';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Document } from '../contracts/document.ts';
import type { ConvertLimits } from '../convert/source-tree.ts';
import { AppError } from '../errors.ts';
import type { ConversionRequest } from '../ports.ts';
import type { WorkerAnswer, WorkerSettings } from './messages.ts';

const MEMORY_CHECK_MS = 250;
const BYTES_PER_MB = 1024 * 1024;
const LEAVES_WORKER_UNSURE: ReadonlySet<string> = new Set([
  'CONVERSION_TIMEOUT',
  'CONVERSION_OUT_OF_MEMORY',
  'CONVERTER_CRASHED',
]);

export interface WorkerSlotOptions {
  timeoutSeconds: number;
  memoryMb: number;
  limits: ConvertLimits;
  converterUrl: string;
}

export interface WorkerSlot {
  isBusy(): boolean;
  run(request: ConversionRequest): Promise<Document>;
  close(): Promise<void>;
}

const startWorker = (options: WorkerSlotOptions): Worker => {
  const settings: WorkerSettings = {
    converterUrl: options.converterUrl,
    wasmMemoryMb: options.memoryMb,
    limits: options.limits,
    compileCacheFolder: getCompileCacheDir(),
  };
  const worker = new Worker(new URL(`./worker-main${extname(import.meta.url)}`, import.meta.url), {
    workerData: settings,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: options.memoryMb },
    // A parser's own chatter may hold document text: it is read here and dropped.
    stdout: true,
    stderr: true,
  });
  worker.stdout.resume();
  worker.stderr.resume();
  // An error that arrives after its conversion was given up must not become an uncaught exception.
  worker.on('error', () => undefined);
  return worker;
};

const crashed = (fileName: string, cause?: unknown): AppError =>
  new AppError('CONVERTER_CRASHED', { fileName }, { cause });

export const createWorkerSlot = (options: WorkerSlotOptions): WorkerSlot => {
  let worker: Worker | undefined;
  let busy = false;

  const stop = async (): Promise<void> => {
    const stopping = worker;
    worker = undefined;
    await stopping?.terminate();
  };

  const outOfMemory = (fileName: string): AppError =>
    new AppError('CONVERSION_OUT_OF_MEMORY', { fileName, limitMb: options.memoryMb });

  const errorOf = (fileName: string, answer: Exclude<WorkerAnswer, { type: 'progress' | 'converted' }>): AppError => {
    if (answer.type === 'refused') return new AppError(answer.error.reason, answer.error.details);
    return answer.type === 'out_of_memory' ? outOfMemory(fileName) : crashed(fileName, new Error(answer.problem));
  };

  const deathError = (fileName: string, thrown: unknown): AppError =>
    (thrown as { code?: string } | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY'
      ? outOfMemory(fileName)
      : crashed(fileName, thrown);

  const readyWorker = (): Worker => {
    if (worker) return worker;
    const started = startWorker(options);
    started.once('exit', () => {
      if (worker === started) worker = undefined;
    });
    worker = started;
    return started;
  };

  const run = async ({ bytes, fileName, onProgress }: ConversionRequest): Promise<Document> => {
    const current = readyWorker();
    const watch = new AbortController();
    try {
      return await new Promise<Document>((resolve, reject) => {
        const onMessage = (answer: WorkerAnswer): void => {
          if (answer.type === 'progress') onProgress?.(answer.done, answer.total);
          else if (answer.type === 'converted') resolve(answer.document);
          else reject(errorOf(fileName, answer));
        };
        const onError = (thrown: unknown): void => reject(deathError(fileName, thrown));
        const onExit = (): void => reject(crashed(fileName));
        const timer = setTimeout(
          () => reject(new AppError('CONVERSION_TIMEOUT', { fileName, timeoutSeconds: options.timeoutSeconds })),
          options.timeoutSeconds * 1000,
        );
        const memoryCheck = setInterval(() => {
          // Buffers live outside the heap that resourceLimits watch. A worker that is gone answers nothing.
          current.getHeapStatistics().then((statistics) => {
            if (statistics.external_memory > options.memoryMb * BYTES_PER_MB) reject(outOfMemory(fileName));
          }, onExit);
        }, MEMORY_CHECK_MS);
        current.on('message', onMessage).once('error', onError).once('exit', onExit);
        watch.signal.addEventListener('abort', () => {
          clearTimeout(timer);
          clearInterval(memoryCheck);
          current.off('message', onMessage).off('error', onError).off('exit', onExit);
        });
        current.postMessage({ bytes, fileName });
      });
    } catch (error) {
      // Only a converter that refused in good order is known to be in a state to go on.
      if (!(error instanceof AppError) || LEAVES_WORKER_UNSURE.has(error.reason)) await stop();
      throw error;
    } finally {
      watch.abort();
    }
  };

  return {
    isBusy: () => busy,
    async run(request) {
      busy = true;
      try {
        return await run(request);
      } finally {
        busy = false;
      }
    },
    close: stop,
  };
};
