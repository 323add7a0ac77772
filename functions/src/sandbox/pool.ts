/** Runs convert/ in processes of its own, so that a file that makes a parser loop or eat memory costs one failure and not the process. */
import { extname } from 'node:path';
import type { Document } from '../contracts/document.ts';
import type { ConvertLimits } from '../convert/source-tree.ts';
import { AppError } from '../errors.ts';
import type { ConversionRequest, DocumentConverter } from '../ports.ts';
import { createProcessSlot, type ProcessSlot } from './process-slot.ts';

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

interface Job {
  request: ConversionRequest;
  resolve(document: Document): void;
  reject(error: unknown): void;
}

export type ConverterPool = DocumentConverter & {
  /** Ends every process. Conversions that are under way, waiting or asked for later reject with CONVERTER_CRASHED. */
  close(): Promise<void>;
};

/**
 * Conversions wait in line for a free process, first come, first served.
 *
 * @throws AppError CONVERSION_TIMEOUT, CONVERSION_OUT_OF_MEMORY, CONVERTER_CRASHED (all with `fileName`), or what the converter refuses with.
 */
export const createConverterPool = (options: PoolOptions): ConverterPool => {
  const converterUrl =
    options.converterUrl ?? new URL(`../convert/index${extname(import.meta.url)}`, import.meta.url).href;
  const slots: ProcessSlot[] = Array.from({ length: options.size }, () =>
    createProcessSlot({ ...options, converterUrl }),
  );
  const waiting: Job[] = [];
  let closed = false;

  const startNext = (): void => {
    const slot = slots.find((candidate) => !candidate.isBusy());
    const job = slot && waiting.shift();
    if (!slot || !job) return;
    slot.run(job.request).then(job.resolve, job.reject).finally(startNext);
  };

  const refuseWaiting = (): void => {
    for (const job of waiting.splice(0)) {
      job.reject(new AppError('CONVERTER_CRASHED', { fileName: job.request.fileName }));
    }
  };

  return {
    convert: (request) =>
      new Promise<Document>((resolve, reject) => {
        waiting.push({ request, resolve, reject });
        if (closed) refuseWaiting();
        else startNext();
      }),
    async close() {
      closed = true;
      refuseWaiting();
      await Promise.all(slots.map((slot) => slot.close()));
    },
  };
};
