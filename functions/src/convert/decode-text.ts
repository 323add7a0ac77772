/** Bytes of a text file to a string. */
import type { ConversionMessage } from '../contracts/document.ts';
import { AppError } from '../errors.ts';

/**
 * The text without its byte order mark; line ends as they are. UTF-8 or UTF-16 by their mark, then strict UTF-8; what is neither is
 * read as windows-1252, with the message TEXT_ENCODING_GUESSED. Throws FORMAT_UNSUPPORTED if there are NUL characters.
 */
export const decodeText = (
  bytes: Uint8Array,
  fileName: string,
  declaredEncoding?: string,
): { text: string; messages: ConversionMessage[] } => {
  const { text, guessed } = decode(bytes, declaredEncoding);
  if (text.includes('\0')) {
    const problem = 'it holds NUL characters, so it is not a text file';
    throw new AppError('FORMAT_UNSUPPORTED', { fileName, problem, supported: 'text in UTF-8, UTF-16 or windows-1252' });
  }
  const warning = 'The file is not UTF-8. It was read as windows-1252; check letters with accents and quotation marks.';
  return { text, messages: guessed ? [{ level: 'warning', code: 'TEXT_ENCODING_GUESSED', text: warning }] : [] };
};

const decode = (bytes: Uint8Array, declared: string | undefined): { text: string; guessed: boolean } => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: decodeAs('utf-16le', bytes), guessed: false };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: decodeAs('utf-16be', bytes), guessed: false };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), guessed: false };
  } catch {
    const named = declared && knownEncoding(declared) ? declared : undefined;
    return { text: decodeAs(named ?? 'windows-1252', bytes), guessed: named === undefined };
  }
};

const decodeAs = (encoding: string, bytes: Uint8Array): string => new TextDecoder(encoding).decode(bytes);

const knownEncoding = (label: string): boolean => {
  try {
    return new TextDecoder(label).encoding !== 'utf-8';
  } catch {
    return false;
  }
};
