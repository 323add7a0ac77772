/** What the page does for a package and its files and does not show. */
import type { Conversion } from '../../../../functions/src/contracts/conversion.ts';
import { KINDS, type UploadKey } from './upload-file.ts';
import { uploadKeyOf } from './upload-key.ts';

export interface FileJob {
  /** Null after a reload. */
  file: File | null;
  mark: string;
  /** Of its upload, once there is one. */
  idempotencyKey: string | null;
  isReadAgain: boolean;
  hasArrived: boolean;
  stop: AbortController;
}

export interface PackageJob {
  isOneFile: boolean;
  /** After a reload. */
  isTakenUp: boolean;
  /** Of the analysis. */
  idempotencyKey: string;
  /** Milliseconds since 1970. */
  begunAt: number;
  stop: AbortController;
  known: Promise<Conversion[] | null> | null;
}

/** The key under which a file is uploaded: made of the file at first, at random when that one is used up. */
export const createUploadKeys = (newKey: () => string) => {
  const used = new Set<string>();
  return (own: FileJob, { isOneFile }: PackageJob): UploadKey => {
    const renew = (): string => {
      own.idempotencyKey = newKey();
      return own.idempotencyKey;
    };
    return {
      renew,
      of(hash) {
        if (own.idempotencyKey !== null) return own.idempotencyKey;
        if (hash === null || own.file === null) return renew();
        const key = uploadKeyOf(hash, own.file.name, isOneFile ? KINDS : []);
        // The same file twice at once is two uploads.
        if (used.has(key)) return renew();
        used.add(key);
        own.idempotencyKey = key;
        return key;
      },
    };
  };
};
