/** Strings of BIFF8, which may break off anywhere and go on in the next part of their record ([MS-XLS] 2.5.293, 2.5.294). */
import type { ByteView } from '../ole2/byte-view.ts';

const IS_WIDE = 0x01;
const HAS_PRONUNCIATION = 0x04;
const HAS_FORMATTING = 0x08;

export class StringReader {
  readonly #parts: readonly ByteView[];
  #part = 0;
  #at: number;

  /** `at`: where in the first part to begin. */
  constructor(parts: readonly ByteView[], at: number) {
    this.#parts = parts;
    this.#at = at;
  }

  get isAtEnd(): boolean {
    this.#toNextPart();
    return this.#part >= this.#parts.length;
  }

  /** A string with its length before it, in two bytes or one; formatting and pronunciation are passed over. */
  string(lengthBytes: 1 | 2 = 2): string {
    const length = lengthBytes === 2 ? this.#number(2) : this.#number(1);
    return this.characters(length);
  }

  /** The same where the length is known from elsewhere. */
  characters(length: number): string {
    const flags = this.#number(1);
    const formats = (flags & HAS_FORMATTING) === 0 ? 0 : this.#number(2);
    const pronunciation = (flags & HAS_PRONUNCIATION) === 0 ? 0 : this.#number(4);
    const text = this.#text(length, (flags & IS_WIDE) !== 0);
    this.#skip(formats * 4 + pronunciation);
    return text;
  }

  /** Each further part begins with a byte that says how wide its characters are. */
  #text(length: number, wide: boolean): string {
    const pieces: string[] = [];
    let left = length;
    let isWide = wide;
    while (left > 0) {
      const part = this.#parts[this.#part];
      if (!part) break;
      const width = isWide ? 2 : 1;
      const here = Math.min(left, Math.floor((part.length - this.#at) / width));
      const bytes = part.slice(this.#at, here * width).bytes;
      pieces.push(isWide ? new TextDecoder('utf-16le').decode(bytes) : latin1(bytes));
      this.#at += here * width;
      left -= here;
      if (left === 0) break;
      this.#part += 1;
      this.#at = 1;
      isWide = ((this.#parts[this.#part]?.u8(0) ?? 0) & IS_WIDE) !== 0;
    }
    return pieces.join('');
  }

  #number(bytes: 1 | 2 | 4): number {
    this.#toNextPart();
    const part = this.#parts[this.#part];
    const at = this.#at;
    this.#at += bytes;
    if (!part) return 0;
    if (bytes === 1) return part.u8(at);
    return bytes === 2 ? part.u16(at) : part.u32(at);
  }

  #skip(bytes: number): void {
    let left = bytes;
    while (left > 0) {
      this.#toNextPart();
      const part = this.#parts[this.#part];
      if (!part) return;
      const here = Math.min(left, part.length - this.#at);
      this.#at += here;
      left -= here;
    }
  }

  #toNextPart(): void {
    while (this.#part < this.#parts.length && this.#at >= (this.#parts[this.#part]?.length ?? 0)) {
      this.#part += 1;
      this.#at = 0;
    }
  }
}

/** Characters in one byte are the first 256 of Unicode, not windows-1252. */
const latin1 = (bytes: Uint8Array): string => {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return pieces.join('');
};
