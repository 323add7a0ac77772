/** The two hashes of every object, in Cloud Storage's encoding. */
import { createHash } from 'node:crypto';
import { invalidArgument } from './wire-errors.ts';

const CASTAGNOLI_REVERSED = 0x82f63b78;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ CASTAGNOLI_REVERSED : value >>> 1;
  return value >>> 0;
});

export interface Checksums {
  /** Base64 of the big-endian CRC-32C. */
  crc32c: string;
  /** Base64 of the MD5. */
  md5Hash: string;
}

const crc32c = (bytes: Uint8Array): string => {
  let value = 0xffffffff;
  for (const byte of bytes) value = (TABLE[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  const encoded = Buffer.alloc(4);
  encoded.writeUInt32BE((value ^ 0xffffffff) >>> 0);
  return encoded.toString('base64');
};

export const checksumsOf = (bytes: Uint8Array): Checksums => ({
  crc32c: crc32c(bytes),
  md5Hash: createHash('md5').update(bytes).digest('base64'),
});

/** What the sender says the hashes are: header `x-goog-hash: crc32c=…,md5=…`. */
export const parseHashHeader = (header: string | undefined): Partial<Checksums> => {
  const found: Partial<Checksums> = {};
  for (const part of (header ?? '').split(',')) {
    const [, name, value] = /^\s*(crc32c|md5)=(\S+)\s*$/.exec(part) ?? [];
    if (name === 'crc32c' && value) found.crc32c = value;
    if (name === 'md5' && value) found.md5Hash = value;
  }
  return found;
};

export const requireChecksums = (actual: Checksums, expected: Partial<Checksums>): void => {
  if (expected.crc32c && expected.crc32c !== actual.crc32c) {
    throw invalidArgument(`Provided CRC32C "${expected.crc32c}" doesn't match calculated CRC32C "${actual.crc32c}".`);
  }
  if (expected.md5Hash && expected.md5Hash !== actual.md5Hash) {
    throw invalidArgument(
      `Provided MD5 hash "${expected.md5Hash}" doesn't match calculated MD5 hash "${actual.md5Hash}".`,
    );
  }
};
