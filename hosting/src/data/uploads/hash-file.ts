import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const LARGEST_WHOLE_BYTES = 32 * 1024 * 1024;

const PART_BYTES = 1024 * 1024;
/** Between two of these it is looked whether the page should have its turn: a few milliseconds on a slow phone. */
const PIECE_BYTES = 64 * 1024;
const STRETCH_MS = 10;

/** Waits for the page to have its turn, where it has not had one for a while. */
const createTurns = () => {
  let since = performance.now();
  return async (): Promise<void> => {
    if (performance.now() - since < STRETCH_MS) return;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
  };
};

export interface HashOptions {
  signal: AbortSignal;
  /** Share of the file, 0 to 1. */
  tell: (share: number) => void;
}

/** For files of any size: two parts of it are in memory. Computed where the page lives, which gets its turns. */
export const hashInParts = async (file: Blob, { signal, tell }: HashOptions): Promise<string> => {
  const hash = sha256.create();
  const read = (from: number): Promise<ArrayBuffer> => file.slice(from, from + PART_BYTES).arrayBuffer();
  const giveTurn = createTurns();
  let next = read(0);
  for (let from = 0; from < file.size; from += PART_BYTES) {
    const part = new Uint8Array(await next);
    // The disk reads on while this one is computed.
    if (from + PART_BYTES < file.size) next = read(from + PART_BYTES);
    for (let at = 0; at < part.length; at += PIECE_BYTES) {
      hash.update(part.subarray(at, at + PIECE_BYTES));
      await giveTurn();
      signal.throwIfAborted();
    }
    tell((from + part.length) / file.size);
  }
  return bytesToHex(hash.digest());
};

/**
 * SHA-256 of a file as 64 hex digits. The browser's own, beside the page and many times faster, where it has one (not without
 * https) and the file is small enough to be held whole.
 * @throws DOMException AbortError; NotReadableError when the file was changed or taken away.
 */
export const hashFile = async (file: Blob, options: HashOptions): Promise<string> => {
  const subtle: SubtleCrypto | undefined = crypto.subtle;
  if (subtle === undefined || file.size > LARGEST_WHOLE_BYTES) return hashInParts(file, options);
  const digest = await subtle.digest('SHA-256', await file.arrayBuffer());
  options.signal.throwIfAborted();
  options.tell(1);
  return bytesToHex(new Uint8Array(digest));
};
