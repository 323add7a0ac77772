/** The records of a BIFF8 stream ([MS-XLS] 2.1.4): a type, a length, and what they hold; long ones go on in CONTINUE records. */
import { ByteView } from '../ole2/byte-view.ts';

export interface XlsRecord {
  type: number;
  /** Where it begins in the stream. */
  at: number;
  /** What it holds; more than one part if it goes on. */
  parts: ByteView[];
}

const CONTINUE = 0x003c;

/** From a place in the stream on. A last record that is cut short is left out. */
export const recordsFrom = function* (stream: ByteView, start: number): Generator<XlsRecord> {
  let record: XlsRecord | undefined;
  let at = start;
  while (at + 4 <= stream.length) {
    const type = stream.u16(at);
    const length = stream.u16(at + 2);
    if (at + 4 + length > stream.length) break;
    const part = stream.slice(at + 4, length);
    if (type === CONTINUE && record) record.parts.push(part);
    else {
      if (record) yield record;
      record = { type, at, parts: [part] };
    }
    at += 4 + length;
  }
  if (record) yield record;
};

/** The first part of a record; those with cells and numbers have no other. */
export const bodyOf = ({ parts }: XlsRecord): ByteView => parts[0] ?? new ByteView(new Uint8Array(0));
