/** The interfaces behind which everything impure lives. A test replaces one by a plain object. */
import type { Document } from './contracts/document.ts';

export interface ConversionRequest {
  bytes: Uint8Array;
  /** Last part of the name only. */
  fileName: string;
  /** Called as pages (or other units of work) are done. */
  onProgress?: (done: number, total: number) => void;
}

/** Bytes to Document. Rejects with an AppError whose `details.fileName` is the request's. */
export interface DocumentConverter {
  convert(request: ConversionRequest): Promise<Document>;
}
