/** ZIP archives for tests whose directory says what a test wants it to say (PKWARE APPNOTE 6.3, 4.3). */
import { deflateSync } from 'fflate';

export interface ZipFile {
  name: string | Uint8Array;
  content?: string | Uint8Array;
  /** As the directory states it, where that is not the truth. */
  declaredBytes?: number;
  /** Bit 0: encrypted; bit 11: the name is UTF-8. */
  flags?: number;
  method?: number;
  /** Upper 16 bits of the external attributes, made on Unix. */
  unixMode?: number;
  /** Where the local header is said to stand. */
  headerAt?: number;
  /** Sizes and place stand in the ZIP64 extra field. */
  zip64?: boolean;
}

const LOCAL_BYTES = 30;
const ENTRY_BYTES = 46;
const BIG = 0xffffffff;

const bytesOf = (text: string | Uint8Array): Uint8Array =>
  typeof text === 'string' ? new TextEncoder().encode(text) : text;

const join = (pieces: readonly Uint8Array[]): Uint8Array => {
  const joined = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
};

const record = (
  sizeBytes: number,
  values: readonly (readonly [at: number, value: number, bits: 16 | 32])[],
): Uint8Array => {
  const bytes = new Uint8Array(sizeBytes);
  const view = new DataView(bytes.buffer);
  for (const [at, value, bits] of values) {
    if (bits === 16) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
  }
  return bytes;
};

const zip64Extra = (values: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(4 + values.length * 8);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 1, true);
  view.setUint16(2, values.length * 8, true);
  values.forEach((value, index) => {
    view.setBigUint64(4 + index * 8, BigInt(value), true);
  });
  return bytes;
};

export const buildZip = (files: readonly ZipFile[]): Uint8Array => {
  const pieces: Uint8Array[] = [];
  const entries: Uint8Array[] = [];
  let at = 0;
  for (const file of files) {
    const { method = 8, flags = 0x800, unixMode, zip64 } = file;
    const name = bytesOf(file.name);
    const content = bytesOf(file.content ?? '');
    const packed = method === 8 ? deflateSync(content) : content;
    const declared = file.declaredBytes ?? content.length;
    const headerAt = file.headerAt ?? at;
    const extra = zip64 ? zip64Extra([declared, packed.length, headerAt]) : new Uint8Array(0);
    const local = record(LOCAL_BYTES, [
      [0, 0x04034b50, 32],
      [8, method, 16],
      [26, name.length, 16],
    ]);
    const entry = record(ENTRY_BYTES, [
      [0, 0x02014b50, 32],
      [4, unixMode === undefined ? 20 : 0x0314, 16],
      [8, flags, 16],
      [10, method, 16],
      [20, zip64 ? BIG : packed.length, 32],
      [24, zip64 ? BIG : declared, 32],
      [28, name.length, 16],
      [30, extra.length, 16],
      [40, unixMode ?? 0, 16],
      [42, zip64 ? BIG : headerAt, 32],
    ]);
    pieces.push(local, name, packed);
    entries.push(entry, name, extra);
    at += LOCAL_BYTES + name.length + packed.length;
  }
  const directory = join(entries);
  const end = record(22, [
    [0, 0x06054b50, 32],
    [8, files.length, 16],
    [10, files.length, 16],
    [12, directory.length, 32],
    [16, at, 32],
  ]);
  return join([...pieces, directory, end]);
};
