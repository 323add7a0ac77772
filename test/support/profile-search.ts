/** Looks for words in every file of a browser's profile, in the forms in which browsers write text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliDecompressSync, constants, inflateRawSync, inflateSync } from 'node:zlib';

const MOST_BYTES = 64 * 2 ** 20;
/** A stream that ends in other data, or is cut, gives what it holds. */
const LENIENT = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_BYTES };
const BROTLI = { finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength: MOST_BYTES };

const placesOf = (bytes: Buffer, sign: Buffer): number[] => {
  const places: number[] = [];
  for (let at = bytes.indexOf(sign); at >= 0; at = bytes.indexOf(sign, at + 1)) places.push(at);
  return places;
};

const attempt = <T>(read: () => T): T[] => {
  try {
    return [read()];
  } catch {
    return [];
  }
};

/** With no name or comment in its header, as servers pack. */
const GZIP = Buffer.from([0x1f, 0x8b, 0x08, 0x00]);
const GZIP_HEADER_BYTES = 10;
const ZLIB = [0x01, 0x5e, 0x9c, 0xda].map((level) => Buffer.from([0x78, level]));
/** Of an entry in Chromium's cache on disk: 24 bytes, the length of the key among them, the key, the answer's body. */
const CACHE_ENTRY = Buffer.from('305c72a71b6dfbfc', 'hex');
const KEY_LENGTH_AT = 12;
const HEADER_BYTES = 24;

const bodyOfEntry = (bytes: Buffer): Buffer[] =>
  bytes.subarray(0, CACHE_ENTRY.length).equals(CACHE_ENTRY) && bytes.length > HEADER_BYTES
    ? [bytes.subarray(HEADER_BYTES + bytes.readUInt32LE(KEY_LENGTH_AT))]
    : [];

/** What is packed in the bytes, unpacked once. */
const unpacked = (bytes: Buffer): Buffer[] => [
  ...placesOf(bytes, GZIP).flatMap((at) =>
    attempt(() => inflateRawSync(bytes.subarray(at + GZIP_HEADER_BYTES), LENIENT)),
  ),
  ...ZLIB.flatMap((sign) => placesOf(bytes, sign)).flatMap((at) =>
    attempt(() => inflateSync(bytes.subarray(at), LENIENT)),
  ),
  ...bodyOfEntry(bytes).flatMap((body) => [
    ...attempt(() => brotliDecompressSync(body, BROTLI)),
    ...attempt(() => inflateRawSync(body, LENIENT)),
  ]),
];

/** UTF-8, and UTF-16 in both orders: IndexedDB writes its keys with the greater byte first. */
const formsOf = (word: string): Buffer[] => [
  Buffer.from(word),
  Buffer.from(encodeURIComponent(word)),
  Buffer.from(word, 'utf16le'),
  Buffer.from(word, 'utf16le').swap16(),
];

/** A browser that is running takes folders and files away while they are looked at. */
const filesIn = (folder: string): string[] =>
  attempt(() => readdirSync(folder, { withFileTypes: true }))
    .flat()
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesIn(path);
      return entry.isFile() ? [path] : [];
    });

/** "IndexedDB/…/000003.log: e-mail" for every file and word that it holds. `words`: by what they are called. */
export const searchProfile = (folder: string, words: Readonly<Record<string, string>>): string[] =>
  filesIn(folder).flatMap((path) => {
    const contents = attempt(() => readFileSync(path)).flatMap((bytes) => [bytes, ...unpacked(bytes)]);
    return Object.entries(words)
      .filter(([, word]) => contents.some((content) => formsOf(word).some((form) => content.includes(form))))
      .map(([name]) => `${relative(folder, path)}: ${name}`);
  });
