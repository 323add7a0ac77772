/** Number format codes of spreadsheets (ECMA-376 part 1, 18.8.31) as lists of tokens. */

export type FormatToken =
  | { type: 'literal'; text: string }
  /** A place for a digit: "0", "#" or "?". */
  | { type: 'digit'; text: string }
  | { type: 'point' | 'comma' | 'percent' | 'slash' | 'text' | 'general' }
  /** "E+" or "E-". */
  | { type: 'exponent'; text: string }
  /** A part of a date or a time in lower case: "yyyy", "mm"; `elapsed`: "[h]", hours beyond a day. */
  | { type: 'date'; text: string; elapsed: boolean }
  | { type: 'halfDay'; text: string };

export interface FormatSection {
  tokens: FormatToken[];
  kind: 'number' | 'date' | 'general' | 'text';
  /** As in "[>=100]". */
  condition?: { operator: string; limit: number };
}

const TOKEN =
  /"([^"]*)"?|\\(.?)|[_*].?|\[\$([^\]-]*)[^\]]*\]|\[(h+|m+|s+)\]|\[([<>=]{1,2})(-?[\d.]+)\]|\[[^\]]*\]|(General)|(AM\/PM|A\/P)|(E[+-])|(y+|m+|d+|h+|s+)|([0#?])|([.,%/@;])|(.)/gisu;

const SIGNS: Readonly<Record<string, FormatToken>> = {
  '.': { type: 'point' },
  ',': { type: 'comma' },
  '%': { type: 'percent' },
  '/': { type: 'slash' },
  '@': { type: 'text' },
};

/** The sections of a code, in the order written: positive, negative, zero, text. Colours and fill characters are dropped. */
export const parseFormat = (code: string): FormatSection[] => {
  const sections: FormatSection[] = [{ tokens: [], kind: 'text' }];
  for (const match of code.matchAll(TOKEN)) {
    const section = sections.at(-1);
    if (match[12] === ';') sections.push({ tokens: [], kind: 'text' });
    else if (match[5] !== undefined && section) section.condition = { operator: match[5], limit: Number(match[6]) };
    else section?.tokens.push(...toToken(match));
  }
  for (const section of sections) section.kind = kindOf(section.tokens);
  return sections;
};

const toToken = (match: RegExpExecArray): FormatToken[] => {
  const [, quoted, escaped, currency, elapsed, , , general, halfDay, exponent, date, digit, sign, other] = match;
  const literal = quoted ?? escaped ?? currency ?? other;
  if (literal !== undefined) return literal === '' ? [] : [{ type: 'literal', text: literal }];
  if (elapsed !== undefined) return [{ type: 'date', text: elapsed.toLowerCase(), elapsed: true }];
  if (general !== undefined) return [{ type: 'general' }];
  if (halfDay !== undefined) return [{ type: 'halfDay', text: halfDay }];
  if (exponent !== undefined) return [{ type: 'exponent', text: exponent }];
  if (date !== undefined) return [{ type: 'date', text: date.toLowerCase(), elapsed: false }];
  if (digit !== undefined) return [{ type: 'digit', text: digit }];
  const known = sign === undefined ? undefined : SIGNS[sign];
  return known ? [known] : [];
};

const kindOf = (tokens: readonly FormatToken[]): FormatSection['kind'] => {
  const has = (type: FormatToken['type']) => tokens.some((token) => token.type === type);
  if (has('date') || has('halfDay')) return 'date';
  if (has('general')) return 'general';
  return has('digit') || has('percent') ? 'number' : 'text';
};
