/** What the pool and a worker say to each other. */
import type { Document } from '../contracts/document.ts';
import type { ConvertInput, ConvertLimits } from '../convert/source-tree.ts';
import type { ErrorBody } from '../errors.ts';

/** The shape of functions/src/convert/index.ts; a test may name another module of this shape. */
export interface ConverterModule {
  createConverter(dependencies: { pdfiumWasm: Uint8Array }): {
    convert(
      input: ConvertInput,
      limits: ConvertLimits,
      onProgress?: (done: number, total: number) => void,
    ): Promise<Document>;
  };
}

export interface WorkerSettings {
  converterUrl: string;
  wasmMemoryMb: number;
  limits: ConvertLimits;
  /** Where this process keeps compiled modules, if it does: a thread has to be told. */
  compileCacheFolder: string | undefined;
}

export type WorkerAnswer =
  | { type: 'progress'; done: number; total: number }
  | { type: 'converted'; document: Document }
  | { type: 'refused'; error: ErrorBody }
  | { type: 'out_of_memory' }
  | { type: 'crashed'; problem: string };
