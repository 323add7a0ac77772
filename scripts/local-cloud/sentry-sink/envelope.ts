/** Sentry's envelope format: https://develop.sentry.dev/sdk/data-model/envelopes/ */
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

export interface EnvelopeItem {
  /** event, transaction, session, attachment, … */
  type: string;
  header: Readonly<Record<string, unknown>>;
  /** Parsed JSON; bytes for attachments and whatever else is not JSON. */
  payload: unknown;
}

export interface Envelope {
  header: Readonly<Record<string, unknown>>;
  items: EnvelopeItem[];
}

const LINE_END = 10;

/** @throws when the body does not unpack. */
export const unpack = (body: Buffer, encoding: string | undefined): Buffer => {
  if (encoding === 'gzip' || (body[0] === 0x1f && body[1] === 0x8b)) return gunzipSync(body);
  if (encoding === 'deflate') return inflateSync(body);
  return encoding === 'br' ? brotliDecompressSync(body) : body;
};

const objectOf = (bytes: Buffer): Record<string, unknown> => {
  const value: unknown = JSON.parse(bytes.toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('not an object');
  return value as Record<string, unknown>;
};

const payloadOf = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return bytes;
  }
};

/** @throws SyntaxError when a header is not a JSON object, an item has no type or is shorter than it says. */
export const parseEnvelope = (bytes: Buffer): Envelope => {
  let position = 0;
  const nextLine = (): Buffer => {
    const end = bytes.indexOf(LINE_END, position);
    const line = bytes.subarray(position, end < 0 ? bytes.length : end);
    position = end < 0 ? bytes.length : end + 1;
    return line;
  };
  const header = objectOf(nextLine());
  const items: EnvelopeItem[] = [];
  while (position < bytes.length) {
    const line = nextLine();
    if (line.length === 0) continue;
    const itemHeader = objectOf(line);
    if (typeof itemHeader.type !== 'string') throw new SyntaxError('item without a type');
    const start = position;
    if (typeof itemHeader.length === 'number') position += itemHeader.length;
    else nextLine();
    if (position > bytes.length) throw new SyntaxError('item shorter than its length');
    const end = typeof itemHeader.length === 'number' ? start + itemHeader.length : position;
    const payload = payloadOf(bytes.subarray(start, end));
    items.push({ type: itemHeader.type, header: itemHeader, payload });
    if (bytes[position] === LINE_END) position += 1;
  }
  return { header, items };
};
