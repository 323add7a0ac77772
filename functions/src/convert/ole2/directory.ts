/** The directory: a tree of storages, each a red-black tree of its entries ([MS-CFB] 2.6). */
import type { Damaged, Sectors } from './header.ts';

export interface Ole2Entry {
  name: string;
  kind: 'storage' | 'stream';
  /** Of a stream; 0 for a storage. */
  sizeBytes: number;
  /** Of a storage, in the order of the directory; empty for a stream. */
  children: readonly Ole2Entry[];
  /** What a stream holds. Throws FILE_DAMAGED if its sectors are not all there. Empty for a storage. */
  read(): Uint8Array;
}

interface Record {
  name: string;
  type: number;
  left: number;
  right: number;
  child: number;
  start: number;
  sizeBytes: number;
}

const RECORD_BYTES = 128;
const STORAGE = 1;
const STREAM = 2;
const ROOT = 5;
/** Of storages in storages; the deepest real ones, messages attached to messages, stay far below. */
const MAX_DEPTH = 60;

export const readDirectory = (sectors: Sectors, damaged: Damaged): Ole2Entry => {
  const records = readRecords(sectors.chain(sectors.directoryStart), sectors.version);
  const root = records[0];
  if (root?.type !== ROOT) throw damaged('its directory has no root');
  let miniStream: Uint8Array | undefined;
  const read = ({ start, sizeBytes }: Record): Uint8Array => {
    if (sizeBytes === 0) return new Uint8Array(0);
    if (sizeBytes >= sectors.miniCutoff) return sectors.chain(start, sizeBytes);
    miniStream ??= sectors.chain(root.start, root.sizeBytes);
    return sectors.miniChain(miniStream, start, sizeBytes);
  };
  const met = new Set<number>([0]);
  const build = (record: Record, depth: number): Ole2Entry => {
    if (depth > MAX_DEPTH) throw damaged(`its folders are nested more than ${MAX_DEPTH} deep`);
    if (record.type === STREAM) {
      return { name: record.name, kind: 'stream', sizeBytes: record.sizeBytes, children: [], read: () => read(record) };
    }
    const children = siblings(records, record.child, met).map((inner) => build(inner, depth + 1));
    return { name: record.name, kind: 'storage', sizeBytes: 0, children, read: () => new Uint8Array(0) };
  };
  return build(root, 0);
};

const readRecords = (bytes: Uint8Array, version: number): Record[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records: Record[] = [];
  for (let at = 0; at + RECORD_BYTES <= bytes.length; at += RECORD_BYTES) {
    const nameBytes = Math.max(0, Math.min(64, view.getUint16(at + 64, true)) - 2);
    const high = version >= 4 ? view.getUint32(at + 124, true) : 0;
    records.push({
      name: new TextDecoder('utf-16le').decode(bytes.subarray(at, at + nameBytes)),
      type: bytes[at + 66] ?? 0,
      left: view.getUint32(at + 68, true),
      right: view.getUint32(at + 72, true),
      child: view.getUint32(at + 76, true),
      start: view.getUint32(at + 116, true),
      sizeBytes: high * 2 ** 32 + view.getUint32(at + 120, true),
    });
  }
  return records;
};

/** Each record is taken once, so that links that go round in circles come to an end. */
const siblings = (records: readonly Record[], first: number, met: Set<number>): Record[] => {
  const found: number[] = [];
  const open = [first];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const record = records[index];
    if (!record || met.has(index)) continue;
    met.add(index);
    if (record.type === STORAGE || record.type === STREAM) found.push(index);
    open.push(record.left, record.right);
  }
  return found.sort((one, other) => one - other).flatMap((index) => records[index] ?? []);
};
