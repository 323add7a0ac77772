/** The central directory of a ZIP archive (PKWARE APPNOTE 6.3, 4.3 and 4.4): what is in it, before anything is unpacked. */
import { decodeName } from './decode-name.ts';

export interface ZipEntry {
  /** As the archive states it, with slashes; it may be any text, so that it is never used as a path. */
  name: string;
  isFolder: boolean;
  isSymlink: boolean;
  isEncrypted: boolean;
  /** 0: stored, 8: deflated; others are not read. */
  method: number;
  /** As declared. */
  packedBytes: number;
  sizeBytes: number;
  /** Where the local header stands. */
  headerAt: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 65_535;
const END_64_LOCATOR = 0x07064b50;
const END_64 = 0x06064b50;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const IN_EXTRA = 0xffffffff;
const ZIP64_EXTRA = 1;
const UTF8_FLAG = 0x800;
const ENCRYPTED_FLAG = 1;
const UNIX = 3;
const UNIX_TYPE = 0o170000;
const UNIX_SYMLINK = 0o120000;

/** Throws RangeError where the directory is not whole. */
export const readDirectory = (bytes: Uint8Array): ZipEntry[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = directoryStart(view);
  const entries: ZipEntry[] = [];
  while (at + ENTRY_BYTES <= view.byteLength && view.getUint32(at, true) === ENTRY) {
    const nameBytes = view.getUint16(at + 28, true);
    const extraBytes = view.getUint16(at + 30, true);
    entries.push(readEntry(bytes, view, at, nameBytes, extraBytes));
    at += ENTRY_BYTES + nameBytes + extraBytes + view.getUint16(at + 32, true);
  }
  return entries;
};

const directoryStart = (view: DataView): number => {
  const first = Math.max(0, view.byteLength - END_BYTES - LONGEST_COMMENT);
  for (let at = view.byteLength - END_BYTES; at >= first; at--) {
    if (view.getUint32(at, true) !== END) continue;
    const start = view.getUint32(at + 16, true);
    return start === IN_EXTRA ? directoryStart64(view, at - 20) : start;
  }
  throw new RangeError('no end of the directory');
};

const directoryStart64 = (view: DataView, locatorAt: number): number => {
  if (view.getUint32(locatorAt, true) !== END_64_LOCATOR) throw new RangeError('no locator of the directory');
  const endAt = readLong(view, locatorAt + 8);
  if (view.getUint32(endAt, true) !== END_64) throw new RangeError('no end of the directory');
  return readLong(view, endAt + 48);
};

const readLong = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

const readEntry = (bytes: Uint8Array, view: DataView, at: number, nameBytes: number, extraBytes: number): ZipEntry => {
  const flags = view.getUint16(at + 8, true);
  const nameAt = at + ENTRY_BYTES;
  const name = decodeName(bytes.subarray(nameAt, nameAt + nameBytes), (flags & UTF8_FLAG) !== 0);
  const long = longValues(view, nameAt + nameBytes, extraBytes);
  /** Sizes that do not fit stand in the extra field, in this order. */
  const size = (offset: number): number => {
    const short = view.getUint32(at + offset, true);
    return short === IN_EXTRA ? (long.shift() ?? short) : short;
  };
  const sizeBytes = size(24);
  const packedBytes = size(20);
  const unixMode = view.getUint16(at + 40, true);
  return {
    name: name.replaceAll('\\', '/'),
    isFolder: /[/\\]$/.test(name),
    isSymlink: view.getUint8(at + 5) === UNIX && (unixMode & UNIX_TYPE) === UNIX_SYMLINK,
    isEncrypted: (flags & ENCRYPTED_FLAG) !== 0,
    method: view.getUint16(at + 10, true),
    packedBytes,
    sizeBytes,
    headerAt: size(42),
  };
};

const longValues = (view: DataView, start: number, extraBytes: number): number[] => {
  const end = start + extraBytes;
  for (let at = start; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== ZIP64_EXTRA) continue;
    const values: number[] = [];
    const valuesEnd = Math.min(end, at + 4 + view.getUint16(at + 2, true));
    for (let valueAt = at + 4; valueAt + 8 <= valuesEnd; valueAt += 8) values.push(readLong(view, valueAt));
    return values;
  }
  return [];
};

/** The bytes of an entry as they are packed; undefined if they are not where the directory says. */
export const packedContent = (bytes: Uint8Array, { headerAt, packedBytes }: ZipEntry): Uint8Array | undefined => {
  if (headerAt + LOCAL_BYTES > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(headerAt, true) !== LOCAL) return undefined;
  const start = headerAt + LOCAL_BYTES + view.getUint16(headerAt + 26, true) + view.getUint16(headerAt + 28, true);
  return start + packedBytes <= bytes.length ? bytes.subarray(start, start + packedBytes) : undefined;
};
