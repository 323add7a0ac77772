/** Characters of the fonts Symbol and Wingdings, which Word stores in the private use area. */
import symbols from './symbols.json' with { type: 'json' };

const SHOWN: Readonly<Record<string, string>> = symbols;

/** What a reader sees; `symbolFont`: also plain letters are glyphs. A glyph without a known equivalent is a bullet in lists, U+FFFD in text. */
export const showSymbol = (character: string, symbolFont: boolean, unknown = '•'): string => {
  const code = character.codePointAt(0) ?? 0;
  const isPrivate = code >= 0xf000 && code <= 0xf0ff;
  if (!isPrivate && !symbolFont) return character;
  return SHOWN[(code & 0xff).toString(16)] ?? (isPrivate || symbolFont ? unknown : character);
};
