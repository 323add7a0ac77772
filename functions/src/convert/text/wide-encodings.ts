/** Encodings in which a character takes two or four bytes, so that plain text has NUL bytes in it. */

export type WideEncoding = 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

const SAMPLE_BYTES = 65_536;
/** Byte order marks; that of UTF-32LE begins like that of UTF-16LE. */
const MARKS: readonly (readonly [WideEncoding, readonly number[]])[] = [
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
const NOT_TEXT = /[\p{Cn}\p{Co}\p{Cs}]|(?![\t\n\f\r])\p{Cc}/u;

/** By its mark, or, where NUL bytes say that it is one of these, by trying: what comes out has to be text throughout. */
export const wideEncodingOf = (bytes: Uint8Array): WideEncoding | undefined => {
  const marked = MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (marked) return marked[0];
  const sample = bytes.subarray(0, Math.min(bytes.length, SAMPLE_BYTES));
  if (!sample.includes(0)) return undefined;
  const utf32 = (['utf-32le', 'utf-32be'] as const).filter(() => bytes.length % 4 === 0);
  const utf16 = (['utf-16le', 'utf-16be'] as const).filter(() => bytes.length % 2 === 0);
  return [...utf32, ...utf16].find((encoding) => isText(decodeWide(sample, encoding)));
};

/** Some space, line end or other ASCII stands in every text; a few bytes of anything may be letters by chance. */
const isText = (text: string | undefined): boolean =>
  text !== undefined && /[\n\r -~]/.test(text) && /[\p{L}\p{N}]/u.test(text) && !NOT_TEXT.test(text);

/** Without the mark; undefined if it is not valid. */
export const decodeWide = (bytes: Uint8Array, encoding: WideEncoding): string | undefined => {
  if (encoding === 'utf-32le' || encoding === 'utf-32be') return decodeUtf32(bytes, encoding === 'utf-32le');
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: bytes.length === SAMPLE_BYTES });
  } catch {
    return undefined;
  }
};

const CHARACTERS_AT_ONCE = 4096;
const MARK = 0xfeff;

const decodeUtf32 = (bytes: Uint8Array, littleEndian: boolean): string | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: string[] = [];
  let codes: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, littleEndian);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
    if (at > 0 || code !== MARK) codes.push(code);
    if (codes.length === CHARACTERS_AT_ONCE) {
      pieces.push(String.fromCodePoint(...codes));
      codes = [];
    }
  }
  return [...pieces, String.fromCodePoint(...codes)].join('');
};
