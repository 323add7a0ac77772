/** Bytes of a text file to a string. */
import type { ConversionMessage } from '../contracts/document.ts';
import { AppError } from '../errors.ts';
import { guessEncoding } from './text/guess-encoding.ts';
import { decodeWide, wideEncodingOf } from './text/wide-encodings.ts';

/**
 * The text without its byte order mark; line ends as they are. UTF-16 and UTF-32 by their mark or their NUL bytes, then strict UTF-8,
 * then the encoding that the file declares; what is none of these is guessed, with the message TEXT_ENCODING_GUESSED. Throws
 * FORMAT_UNSUPPORTED if there are NUL characters.
 */
export const decodeText = (
  bytes: Uint8Array,
  fileName: string,
  declaredEncoding?: string,
): { text: string; messages: ConversionMessage[] } => {
  const { text, guessed } = decode(bytes, declaredEncoding);
  if (text.includes('\0')) {
    const problem = 'it holds NUL characters, so it is not a text file';
    throw new AppError('FORMAT_UNSUPPORTED', { fileName, problem, supported: 'text in Unicode or an encoding of old' });
  }
  if (guessed === undefined) return { text, messages: [] };
  const warning = `The file is not UTF-8. It was read as ${guessed}; check letters with accents and quotation marks.`;
  return { text, messages: [{ level: 'warning', code: 'TEXT_ENCODING_GUESSED', text: warning }] };
};

/** Japanese mail switches to and from its characters with escape sequences and is ASCII otherwise. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: this is how they begin
const ISO_2022_JP = /\u001b(?:\$[@B]|\([JI])/;

const decode = (bytes: Uint8Array, declared: string | undefined): { text: string; guessed?: string } => {
  const wide = wideEncodingOf(bytes);
  if (wide) return { text: decodeWide(bytes, wide) ?? decodeAs(wide, bytes) };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return ISO_2022_JP.test(text) ? { text: decodeAs('iso-2022-jp', bytes) } : { text };
  } catch {
    if (declared && knownEncoding(declared)) return { text: decodeAs(declared, bytes) };
    const guessed = guessEncoding(bytes);
    return { text: decodeAs(guessed, bytes), guessed };
  }
};

/** UTF-32 that is not valid has no decoder; its NUL characters then say that it is no text. */
const decodeAs = (encoding: string, bytes: Uint8Array): string =>
  new TextDecoder(encoding.startsWith('utf-32') ? 'latin1' : encoding).decode(bytes);

const knownEncoding = (label: string): boolean => {
  try {
    return new TextDecoder(label).encoding !== 'utf-8';
  } catch {
    return false;
  }
};
