/** How an upload is known again: by the service, which keeps a place for it, and by the page after a reload. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

export const digestOf = (...parts: readonly (string | number)[]): string =>
  bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts))));

/** The same for the same bytes under the same name: an upload that broke off is gone on with, and not begun a second time. 64 hex digits. */
export const uploadKeyOf = (hash: string, fileName: string, kinds: readonly string[]): string =>
  digestOf('upload', hash, fileName, ...kinds);

/** By this a file that is dropped again is known without its name being kept. `fileId`: of the page, random. */
export const markOf = (fileId: string, { name, size }: Pick<File, 'name' | 'size'>): string =>
  digestOf(fileId, name, size).slice(0, 32);
