/** The words of a search, and where they stand in a text. */

const MOST_WORDS = 20;
/** Characters that fit before a match without it being cut off at the end of the third line. */
const KEEPS_FROM_START = 110;
const BEFORE_MATCH = 40;

/** In small letters, each once. */
export const searchWords = (search: string): string[] =>
  [...new Set(search.toLowerCase().split(/\s+/).filter(Boolean))].slice(0, MOST_WORDS);

export interface TextPart {
  /** In the text, from 0: tells equal parts apart. */
  at: number;
  text: string;
  isMatch: boolean;
}

/** Null without words. A longer word goes before a shorter one that begins it. */
export const matcherOf = (words: readonly string[]): RegExp | null => {
  if (words.length === 0) return null;
  const escaped = words
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(escaped.join('|'), 'giu');
};

/** The whole text in order, cut where matches begin and end. */
export const markWords = (text: string, matcher: RegExp | null): TextPart[] => {
  if (matcher === null) return [{ at: 0, text, isMatch: false }];
  const parts: TextPart[] = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(matcher)) {
    if (index > done) parts.push({ at: done, text: text.slice(done, index), isMatch: false });
    parts.push({ at: index, text: found, isMatch: true });
    done = index + found.length;
  }
  if (done < text.length) parts.push({ at: done, text: text.slice(done), isMatch: false });
  return parts;
};

/** The text from shortly before its first match on, when that stands too far back to be seen in a few lines. */
export const excerpt = (text: string, matcher: RegExp | null): string => {
  if (matcher === null) return text;
  const first = text.search(matcher);
  if (first < KEEPS_FROM_START) return text;
  const from = text.indexOf(' ', first - BEFORE_MATCH);
  return `… ${text.slice(from === -1 || from >= first ? first : from + 1)}`;
};
