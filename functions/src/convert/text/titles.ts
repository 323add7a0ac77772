/** Titles in plain text: lines alone that stand over what follows, and the level of each. */
import { headingDepth } from './headings.ts';
import words from './unlikely-titles.json' with { type: 'json' };

export type Depth = 1 | 2 | 3 | 4 | 5 | 6;

/** A paragraph and what stands around it. */
interface Surroundings {
  lines: readonly string[];
  /** Empty lines above it. */
  blanksAbove: number;
  /** As in most places of the document. */
  usualBlanks: number;
  /** Nothing has come yet. */
  isFirst: boolean;
  /** Its number is the next one of the open list. */
  inList: boolean;
  /** A line alone that was no title: of an address, of a title page. */
  isAfterLine: boolean;
  /** What stands right above it. */
  lastLine: string;
  /** The lines that follow, up to the next empty one. */
  next: readonly string[];
  /** Those after that. */
  afterNext: readonly string[];
}

const LONGEST = 100;
const LONGEST_PLAIN = 80;
const MOST_PLAIN_WORDS = 8;
const MOST_WORDS = 12;
const NUMBERED = /^(?:[A-Z](?:\.\d+)+|\d+(?:\.\d+)+|\d+|[IVX]+)[.)]?\s/;
const DIVISION = /^(?:sec(?:tion|\.)?|§|part|article|chapter)\s*(\d+(?:\.\d+)*)\.?(?=[\s:–—-]|$)/i;
const PARTS = /^([A-Z](?:\.\d+)+|\d+(?:\.\d+)*)[.)]?\s+(?=[\p{L}"“(])/u;
const UNLIKELY = new Set([...words.greetings, ...words.closings]);
const MONTH = new RegExp(`^(?:\\d{1,2} )?(?:${words.months.join('|')})\\b[ \\d,]*$`, 'i');
const NO_TITLE = /[@|<>=]|:\/\/|www\.|\.{3,}|(?:\. ){3,}|_{3,}|^[^\p{L}]*$|\d{3}[-. ]\d{4}|\b[A-Z]{2} \d{5}\b|\$\s?\d/u;

type Title = { kind: 'plain' } | { kind: 'capitals' } | { kind: 'division' | 'numbered'; parts: number };

/** What kind of title a paragraph is; undefined for text. It is one line, or a numbered one of two, and never a sentence. */
export const titleOf = (place: Surroundings): Title | undefined => {
  const { lines, next, inList } = place;
  const line = lines.map((text) => text.trim().replace(/\s+/g, ' ')).join(' ');
  if (isCentredCapitals(lines)) return { kind: 'capitals' };
  if (lines.length > 2 || (lines.length === 2 && !PARTS.test(line) && !DIVISION.test(line))) return undefined;
  if (line.length > LONGEST || /[.,;:!]$|[a-z]\. [A-Z]/.test(line) || /\.{4,}|(?:\. ){4,}/.test(line)) return undefined;
  const division = DIVISION.exec(line)?.[1];
  if (isOneOfMany(line, place)) return undefined;
  if (division !== undefined && line.split(/\s+/).length <= MOST_WORDS + 2)
    return { kind: 'division', parts: partsOf(division) };
  const known = headingDepth([line], next[0] ?? '', inList);
  if (known === 1) return { kind: 'division', parts: 1 };
  const number = PARTS.exec(line)?.[1];
  if (number !== undefined) {
    const isTitle = known !== undefined || isNumberedTitle(line, number, place);
    return isTitle ? { kind: 'numbered', parts: partsOf(number) } : undefined;
  }
  if (known !== undefined) return isCapitalTitle(line, place) ? { kind: 'capitals' } : undefined;
  return isPlainTitle(line, place) ? { kind: 'plain' } : undefined;
};

const CENTRED = 8;
const MOST_LINES = 3;
const isCapitals = (text: string): boolean => /\p{Lu}{4}/u.test(text) && !/\p{Ll}/u.test(text);

/** A title in the middle of the page may have several lines. */
const isCentredCapitals = (lines: readonly string[]): boolean =>
  lines.length > 1 &&
  lines.length <= MOST_LINES &&
  lines.every((line) => line.startsWith(' '.repeat(CENTRED))) &&
  lines.every((line) => isCapitals(line) && !/[.,;:]$|\d{3}/.test(line));

/** A title that text follows on the next line already: one in capitals or with a number, over a sentence. */
export const isRunInTitle = (line: string, title: Title, below: string): boolean =>
  (title.kind === 'division' ||
    isCapitals(line) ||
    (title.kind === 'numbered' && isTitleCase(line) && /\.\d/.test(line))) &&
  !isCapitals(below) &&
  isBody([below]);

/** "3.0" is "3". */
const partsOf = (number: string): number => number.split('.').filter((part) => part !== '0').length;

/** "Appendix 2" between "Appendix 1" and "Appendix 3" is a line of contents. */
const isOneOfMany = (line: string, { next, isAfterLine, lastLine }: Surroundings): boolean => {
  const [, word] = /^(\p{L}+)\s+[\dA-Z]+\b/u.exec(line) ?? [];
  const isAlike = (other: string) => word !== undefined && other.startsWith(`${word} `);
  return (next.length === 1 && isAlike(next[0] ?? '')) || (isAfterLine && isAlike(lastLine));
};

/** With more parts than one it is hardly an item; with one, something of another kind has to follow that is no text of the item. */
const isNumberedTitle = (line: string, number: string, { next, lines, inList }: Surroundings): boolean => {
  if (number.includes('.')) return line.split(/\s+/).length <= MOST_WORDS + 4 && !/\?$/.test(line);
  const [below = ''] = next;
  const isItem = inList || lines.length === 2 || /^\s/.test(lines[0] ?? '') || /^\s/.test(below);
  const isOver = (isBody(next) || isTitleCase(line)) && (!NUMBERED.test(below) || below.startsWith(`${number}.`));
  return !isItem && isOver && isCapital(line);
};

/** Not the last words of a text, nor one line of an address or of a cell. */
const isCapitalTitle = (line: string, { next, inList }: Surroundings): boolean =>
  next.length > 0 && !(inList && line.length < 4) && !/\d{3}[-. ]\d{4}|@/.test(line);

const isPlainTitle = (line: string, place: Surroundings): boolean => {
  const { next, afterNext, blanksAbove, usualBlanks, isFirst, lastLine, lines } = place;
  const spaced = blanksAbove > usualBlanks;
  if (line.length > LONGEST_PLAIN || !/^[“"(]?[\p{Lu}\d]/u.test(line) || NO_TITLE.test(line) || MONTH.test(line))
    return false;
  if (/^\s/.test(lines[0] ?? '') || (/[:,]$/.test(lastLine) && !spaced) || next.length === 0) return false;
  const all = line.toLowerCase().match(/[\p{L}’']+/gu) ?? [];
  if (all.length > MOST_WORDS || UNLIKELY.has(all[0] ?? '')) return false;
  if (spaced) return true;
  if (/\?$/.test(line)) return false;
  if (/:\s/.test(line) && !(isFirst && isTitleCase(line) && /^\S+\s[^:\d]+:\s\D+$/.test(line))) return false;
  if (isFirst && isTitleCase(line) && all.length > 1) return true;
  const [below = ''] = next;
  const isOver =
    isBody(next) ||
    ((isTitleCase(line) || isFirst) && next.length === 1 && isBody(afterNext) && !below.startsWith(' '));
  return isOver && !place.isAfterLine && (isTitleCase(line) || all.length <= MOST_PLAIN_WORDS);
};

const isCapital = (line: string): boolean => /^\S+\s+[“"(]?\p{Lu}/u.test(line);

/** Text that a title can stand over: long, a sentence, an item, a table, or indented. */
const isBody = (lines: readonly string[]): boolean => {
  const [first = ''] = lines;
  return (
    lines.length > 1 ||
    first.length >= 60 ||
    /[.:;!?]$/.test(first) ||
    /^(?:\s{2,}|[-*+•|]|\(?\w{1,3}[.)]\s|[ivx\d]+\.\d)/.test(first)
  );
};

const isTitleCase = (line: string): boolean => {
  const long = line.split(/[\s/-]+/).filter((word) => /^\p{L}{4,}/u.test(word));
  return long.every(
    (word) =>
      /^\p{Lu}/u.test(word) || /^(?:with|from|into|over|upon|than|that|this|under|between|through|within)$/.test(word),
  );
};

const clamp = (depth: number): Depth => Math.min(6, Math.max(1, depth)) as Depth;

/** Levels of titles one after another: those with numbers by their parts, those without one below the last of a stronger kind. */
export class TitleLevels {
  #above = 0;
  #hasDivisions = false;

  /** `isFirst`: the document begins with it. */
  levelOf(title: Title, isFirst: boolean): Depth {
    if (title.kind === 'plain') return isFirst ? 1 : clamp(Math.max(2, this.#above + 1));
    const depth = this.#ownDepth(title, isFirst);
    if (title.kind === 'division') this.#hasDivisions = true;
    this.#above = depth;
    return depth;
  }

  #ownDepth(title: Exclude<Title, { kind: 'plain' }>, isFirst: boolean): Depth {
    if (title.kind === 'capitals') return isFirst ? 1 : 2;
    return clamp(title.parts + (title.kind === 'division' || this.#hasDivisions ? 0 : 1));
  }

  /** A level that is known without them. */
  note(depth: Depth): void {
    this.#above = depth;
  }
}
