/** Runs convert/ in processes of its own, so that a file that makes a parser loop or eat memory costs one failure and not the process. */
import { extname } from 'node:path';
import type { Document } from '../contracts/document.ts';
import type { ConvertLimits, OnProgress, UnpackedFile } from '../convert/source-tree.ts';
import { AppError } from '../errors.ts';
import type { DocumentConverter, FileUnpacker, PageExtract, PageExtractor } from '../ports.ts';
import type { Job } from './messages.ts';
import { createProcessSlot, type JobResult, type ProcessSlot } from './process-slot.ts';

export interface PoolOptions {
  /** How many documents are read at the same time. A process is started when it is first needed. */
  size: number;
  timeoutSeconds: number;
  /** For the JavaScript heap, and again for WebAssembly memory; a process that takes twice this in all is ended. */
  memoryMb: number;
  limits: ConvertLimits;
  /** The module that converts; functions/src/convert/index.ts unless a test brings its own. */
  converterUrl?: string;
}

interface WaitingJob {
  job: Job;
  onProgress: OnProgress | undefined;
  resolve(result: JobResult): void;
  reject(error: unknown): void;
}

export type ConverterPool = DocumentConverter &
  PageExtractor &
  FileUnpacker & {
    /** Ends every process. What is under way, waiting or asked for later rejects with CONVERTER_CRASHED. */
    close(): Promise<void>;
  };

/**
 * Conversions, extractions and unpackings wait in one line for a free process, first come, first served.
 *
 * @throws AppError CONVERSION_TIMEOUT, CONVERSION_OUT_OF_MEMORY, CONVERTER_CRASHED (all with `fileName`), or what the converter refuses with.
 */
export const createConverterPool = (options: PoolOptions): ConverterPool => {
  const converterUrl =
    options.converterUrl ?? new URL(`../convert/index${extname(import.meta.url)}`, import.meta.url).href;
  const slots: ProcessSlot[] = Array.from({ length: options.size }, () =>
    createProcessSlot({ ...options, converterUrl }),
  );
  const waiting: WaitingJob[] = [];
  let closed = false;

  const startNext = (): void => {
    const slot = slots.find((candidate) => !candidate.isBusy());
    const next = slot && waiting.shift();
    if (!slot || !next) return;
    slot.run(next.job, next.onProgress).then(next.resolve, next.reject).finally(startNext);
  };

  const refuseWaiting = (): void => {
    for (const { job, reject } of waiting.splice(0)) {
      reject(new AppError('CONVERTER_CRASHED', { fileName: job.input.fileName }));
    }
  };

  const run = (job: Job, onProgress?: OnProgress): Promise<JobResult> =>
    new Promise((resolve, reject) => {
      waiting.push({ job, onProgress, resolve, reject });
      if (closed) refuseWaiting();
      else startNext();
    });

  return {
    convert: ({ bytes, fileName, ocrPages, onProgress }) => {
      const input = { bytes, fileName, ...(ocrPages ? { ocrPages } : {}) };
      return run({ kind: 'convert', input }, onProgress) as Promise<Document>;
    },
    extractPages: ({ bytes, fileName, pageNumbers }) =>
      run({ kind: 'extract_pages', input: { bytes, fileName, pageNumbers } }) as Promise<PageExtract>,
    unpack: ({ bytes, fileName }) => run({ kind: 'unpack', input: { bytes, fileName } }) as Promise<UnpackedFile[]>,
    async close() {
      closed = true;
      refuseWaiting();
      await Promise.all(slots.map((slot) => slot.close()));
    },
  };
};
