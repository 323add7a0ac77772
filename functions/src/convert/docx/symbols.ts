/** Characters of the fonts Symbol and Wingdings, which Word stores in the private use area. */
import fontSymbols from './font-symbols.json' with { type: 'json' };
import symbols from './symbols.json' with { type: 'json' };

type Glyphs = Readonly<Record<string, string>>;
/** Where the font is not known: what bullets and check boxes usually are. */
const SHOWN: Glyphs = symbols;
const BY_FONT: Readonly<Record<string, Glyphs>> = fontSymbols;

/** Whether plain letters in a font are signs. */
export const isSymbolFont = (font: string): boolean => /^(?:symbol|wingdings(?: [23])?|webdings)$/i.test(font.trim());

/**
 * What a reader sees; `symbolFont`: also plain letters are glyphs; `font`: its name, if known. A glyph without a known equivalent is a
 * bullet in lists, U+FFFD in text.
 */
export const showSymbol = (character: string, symbolFont: boolean, unknown = '•', font = ''): string => {
  const code = character.codePointAt(0) ?? 0;
  const isPrivate = code >= 0xf000 && code <= 0xf0ff;
  if (!isPrivate && (!symbolFont || code > 0xff)) return character;
  const glyph = (code & 0xff).toString(16);
  return (BY_FONT[font.trim().toLowerCase()] ?? SHOWN)[glyph] ?? unknown;
};
