/** The tokens of RTF 1.9.1: groups, control words, control symbols, and bytes of text between them. */

export type RtfToken =
  | { type: 'open' | 'close' }
  /** "\b0": name "b", parameter 0. */
  | { type: 'word'; name: string; parameter: number | undefined }
  /** "\~", "\_", "\*". */
  | { type: 'symbol'; text: string }
  /** Text as it is in the file, or one byte written as "\'e9". */
  | { type: 'bytes'; bytes: Uint8Array; isHex: boolean };

const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;
const QUOTE = 0x27;
const MINUS = 0x2d;
/** Longest control word that is read as one; the specification has none over 32 letters. */
const MAX_WORD = 40;
const MAX_DIGITS = 10;

/** Binary data (\bin) is skipped over; it is part of no token. */
export class RtfTokens {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Undefined at the end of the file. */
  next(): RtfToken | undefined {
    const bytes = this.#bytes;
    while (bytes[this.#at] === CR || bytes[this.#at] === LF) this.#at += 1;
    const first = bytes[this.#at];
    switch (first) {
      case undefined:
        return undefined;
      case OPEN:
        this.#at += 1;
        return { type: 'open' };
      case CLOSE:
        this.#at += 1;
        return { type: 'close' };
      case BACKSLASH:
        return this.#control();
      default:
        return this.#text();
    }
  }

  #text(): RtfToken {
    const bytes = this.#bytes;
    const start = this.#at;
    let at = start;
    for (; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === BACKSLASH || byte === OPEN || byte === CLOSE || byte === CR || byte === LF) break;
    }
    this.#at = at;
    return { type: 'bytes', bytes: bytes.subarray(start, at), isHex: false };
  }

  #control(): RtfToken {
    const bytes = this.#bytes;
    const start = this.#at + 1;
    let at = start;
    while (isLetter(bytes[at] ?? 0) && at - start < MAX_WORD) at += 1;
    if (at > start) return this.#word(start, at);
    const byte = bytes[start] ?? SPACE;
    this.#at = start + 1;
    if (byte === QUOTE) return this.#hex(start + 1);
    if (byte === CR || byte === LF) return { type: 'word', name: 'par', parameter: undefined };
    return { type: 'symbol', text: String.fromCharCode(byte) };
  }

  #hex(start: number): RtfToken {
    const digits = String.fromCharCode(...this.#bytes.subarray(start, start + 2));
    if (!/^[0-9a-f]{2}$/i.test(digits)) return { type: 'symbol', text: "'" };
    this.#at = start + 2;
    return { type: 'bytes', bytes: Uint8Array.of(Number.parseInt(digits, 16)), isHex: true };
  }

  #word(start: number, end: number): RtfToken {
    const bytes = this.#bytes;
    const name = String.fromCharCode(...bytes.subarray(start, end));
    let at = end;
    if (bytes[at] === MINUS && isDigit(bytes[at + 1] ?? 0)) at += 1;
    while (isDigit(bytes[at] ?? 0) && at - end < MAX_DIGITS) at += 1;
    const parameter = at === end ? undefined : Number.parseInt(String.fromCharCode(...bytes.subarray(end, at)), 10);
    if (bytes[at] === SPACE) at += 1;
    if (name === 'bin' && parameter !== undefined && parameter > 0) at += parameter;
    this.#at = at;
    return { type: 'word', name, parameter };
  }
}

const isLetter = (byte: number): boolean => (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
