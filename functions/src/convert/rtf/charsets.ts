/** Which encoding bytes of text are in: by the font's character set, or the document's code page (RTF 1.9.1, "Character Set"). */
import charsets from './charsets.json' with { type: 'json' };

const CODEPAGES: Readonly<Record<string, string>> = charsets.codepages;
const FONT_CHARSETS: Readonly<Record<string, number>> = charsets.fontCharsets;

/** Of fonts whose letters are pictures: Symbol, Wingdings. */
export const SYMBOL_CHARSET = 2;

/** The encoding of a code page by its number; undefined for one that is not known. */
export const encodingOf = (codepage: number): string | undefined => CODEPAGES[String(codepage)];

/** The encoding that a font's \fcharset stands for; undefined where the document's own is meant. */
export const encodingOfCharset = (charset: number): string | undefined =>
  encodingOf(FONT_CHARSETS[String(charset)] ?? -1);

const decoders = new Map<string, TextDecoder>();

export const decodeBytes = (bytes: Uint8Array, encoding: string): string => {
  let decoder = decoders.get(encoding);
  if (!decoder) {
    decoder = new TextDecoder(encoding);
    decoders.set(encoding, decoder);
  }
  return decoder.decode(bytes);
};
