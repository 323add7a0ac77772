/** Little-endian numbers at places that a file names; outside of it they are 0, so that a wrong place gives nothing and no crash. */

export class ByteView {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  u8(at: number): number {
    return this.bytes[at] ?? 0;
  }

  u16(at: number): number {
    return this.#has(at, 2) ? this.#view.getUint16(at, true) : 0;
  }

  i16(at: number): number {
    return this.#has(at, 2) ? this.#view.getInt16(at, true) : 0;
  }

  u32(at: number): number {
    return this.#has(at, 4) ? this.#view.getUint32(at, true) : 0;
  }

  i32(at: number): number {
    return this.#has(at, 4) ? this.#view.getInt32(at, true) : 0;
  }

  f64(at: number): number {
    return this.#has(at, 8) ? this.#view.getFloat64(at, true) : 0;
  }

  /** Cut where the bytes end. */
  slice(at: number, length: number): ByteView {
    const start = Math.min(Math.max(0, at), this.length);
    return new ByteView(this.bytes.subarray(start, Math.max(start, start + length)));
  }

  utf16(at: number, characters: number): string {
    return new TextDecoder('utf-16le').decode(this.slice(at, characters * 2).bytes);
  }

  #has(at: number, length: number): boolean {
    return at >= 0 && at + length <= this.bytes.length;
  }
}
