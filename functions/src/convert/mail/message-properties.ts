/** The properties of an object in an Outlook message ([MS-OXMSG] 2.4, [MS-OXPROPS]). */
import type { Ole2Entry } from '../ole2/read-ole2.ts';
import { findEntry, streamBytes } from '../ole2/read-ole2.ts';
import { encodingOf } from '../rtf/charsets.ts';

/** How many bytes stand before the entries in the property stream: by what the object is. */
const HEADER_BYTES = { message: 32, embedded: 24, part: 8 } as const;
const ENTRY_BYTES = 16;
const STRING8 = '001E';
const UNICODE = '001F';
const BINARY = '0102';
const INTERNET_CODE_PAGE = 0x3fde;
const MESSAGE_CODE_PAGE = 0x3ffd;
/** FILETIME counts 100 nanoseconds from 1601. */
const FILETIME_EPOCH_MS = 11_644_473_600_000n;
const FILETIME_PER_MS = 10_000n;

export interface Properties {
  /** '' if there is none. A trailing NUL is left out. */
  text(id: number): string;
  binary(id: number): Uint8Array | undefined;
  number(id: number): number | undefined;
  /** Milliseconds since 1970. */
  time(id: number): number | undefined;
  storage(id: number): Ole2Entry | undefined;
  /** Of its 8-bit text, as TextDecoder names it. */
  encoding: string;
  decode(bytes: Uint8Array): string;
}

/** `encoding`: that of the message around it, for objects that state none. */
export const readProperties = (object: Ole2Entry, kind: keyof typeof HEADER_BYTES, encoding?: string): Properties => {
  const fixed = readFixed(streamBytes(object, '__properties_version1.0') ?? new Uint8Array(0), HEADER_BYTES[kind]);
  const number = (id: number): number | undefined => fixed.get(id)?.getUint32(0, true);
  const codePage = (id: number): string | undefined => encodingOf(number(id) ?? 0);
  const label = codePage(INTERNET_CODE_PAGE) ?? codePage(MESSAGE_CODE_PAGE) ?? encoding ?? 'windows-1252';
  const decode = (bytes: Uint8Array): string => new TextDecoder(label).decode(bytes);
  const stream = (id: number, type: string): Uint8Array | undefined => streamBytes(object, streamName(id, type));
  return {
    number,
    encoding: label,
    decode,
    text: (id) => {
      const unicode = stream(id, UNICODE);
      const text = unicode
        ? new TextDecoder('utf-16le').decode(unicode)
        : decode(stream(id, STRING8) ?? new Uint8Array(0));
      return text.replace(/\0+$/, '');
    },
    binary: (id) => stream(id, BINARY),
    time: (id) => {
      const ticks = fixed.get(id)?.getBigUint64(0, true) ?? 0n;
      return ticks === 0n ? undefined : Number(ticks / FILETIME_PER_MS - FILETIME_EPOCH_MS);
    },
    storage: (id) => {
      const entry = findEntry(object, streamName(id, '000D'));
      return entry?.kind === 'storage' ? entry : undefined;
    },
  };
};

const streamName = (id: number, type: string): string =>
  `__substg1.0_${id.toString(16).toUpperCase().padStart(4, '0')}${type}`;

/** The eight bytes of each value that has a fixed length. */
const readFixed = (bytes: Uint8Array, headerBytes: number): Map<number, DataView> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fixed = new Map<number, DataView>();
  for (let at = headerBytes; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) {
    fixed.set(view.getUint16(at + 2, true), new DataView(view.buffer, view.byteOffset + at + 8, 8));
  }
  return fixed;
};
