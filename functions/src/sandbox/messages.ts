/** What the pool and a conversion process say to each other. */
import type { Document } from '../contracts/document.ts';
import type {
  ConvertInput,
  ConvertLimits,
  ExtractedPages,
  ExtractInput,
  UnpackedFile,
  UnpackInput,
} from '../convert/source-tree.ts';
import type { ErrorBody } from '../errors.ts';

/** The shape of functions/src/convert/index.ts; a test may name another module of this shape. */
export interface ConverterModule {
  createConverter(dependencies: { pdfiumWasm: Uint8Array }): {
    convert(
      input: ConvertInput,
      limits: ConvertLimits,
      onProgress?: (done: number, total: number) => void,
    ): Promise<Document>;
    extractPages(input: ExtractInput, limits: ConvertLimits): Promise<ExtractedPages>;
    unpack(input: UnpackInput, limits: ConvertLimits): Promise<UnpackedFile[]>;
  };
}

export interface ChildSettings {
  converterUrl: string;
  /** For WebAssembly memory alone. */
  wasmMemoryMb: number;
  /** For the process as a whole. */
  residentMemoryMb: number;
  limits: ConvertLimits;
}

/** What one process does at a time. */
export type Job =
  | { kind: 'convert'; input: ConvertInput }
  | { kind: 'extract_pages'; input: ExtractInput }
  | { kind: 'unpack'; input: UnpackInput };

export interface ChildRequest {
  settings: ChildSettings;
  job: Job;
}

export type ChildAnswer =
  | { type: 'progress'; done: number; total: number }
  | { type: 'done'; result: Document | ExtractedPages | UnpackedFile[] }
  | { type: 'refused'; error: ErrorBody }
  | { type: 'out_of_memory' }
  | { type: 'crashed'; problem: string };
