/** Puts the lines of a paragraph together again. */
import wordEndings from './word-endings.json' with { type: 'json' };

/** Words of the document, to tell a broken word from one that has a hyphen of its own. */
export interface Vocabulary {
  has(word: string): boolean;
  /** Whether the word stands amid a line, where nothing can have cut it. */
  isWhole(word: string): boolean;
  /** Whether the document breaks words at all, many programs never do: a word whole elsewhere, or an ending that is no word, shows it. */
  breaksWords: boolean;
  /** Whether U+2010 stands at ends of lines only: it comes from the program that broke the words, the author's own hyphens are U+002D. */
  breaksByHyphen2010: boolean;
}

const HYPHEN_2010 = '\u2010';
const LAST_PART = /([\p{L}\p{N}'’]+(?:[-\u2010][\p{L}\p{N}'’]+)*)[-\u2010]$/u;
const FIRST_PART = /^([\p{Ll}][\p{L}'’]*)/u;

const ENDINGS: ReadonlySet<string> = new Set(wordEndings.endings);

/** By which words are compared: both hyphens are one. */
const keyOf = (word: string): string => word.toLowerCase().replaceAll(HYPHEN_2010, '-');

/**
 * What stands between two lines: a space, nothing, or nothing and the hyphen gone. A hyphen at the end of a line is dropped only where the whole
 * word stands elsewhere in the document, or where what follows is no word of its own; "well-known" and "A-76" keep theirs. A hyphen that only ends
 * of lines have is dropped but in compounds that stand elsewhere.
 */
const jointOf = (line: string, next: string, vocabulary: Vocabulary): 'space' | 'none' | 'drop' => {
  if (line === '' || next === '') return 'none';
  if (!/(?<![\s-])[-\u2010]$/.test(line)) return /\S[—–/]$/.test(line) ? 'none' : 'space';
  const before = keyOf(LAST_PART.exec(line)?.[1] ?? '');
  const after = FIRST_PART.exec(next)?.[1]?.toLowerCase();
  if (before === '') return 'space';
  const isAddress = /[/@#_\d]\S*$/.test(line) || /^\S*[/@#_\d]/.test(next);
  if (after === undefined || isAddress || vocabulary.has(`${before}-${after}`)) return 'none';
  if (vocabulary.breaksByHyphen2010 && line.endsWith(HYPHEN_2010)) return 'drop';
  if (!vocabulary.breaksWords) return 'none';
  const lastPart = before.slice(before.lastIndexOf('-') + 1);
  return vocabulary.has(lastPart + after) || !vocabulary.has(after) ? 'drop' : 'none';
};

/** A letter alone in small type that is no word, or a sign that ends one. */
const LONE_END = /^(?:[b-hj-z]|[.,;:)]+)$/;
const MIN_STEM = /\p{L}{3}$/u;

/** Whether a narrow cell has cut a word or a number in two without a hyphen: "Refer" and "ence", "77." and "2", "REQUISITI" and "ON". */
const isCut = (line: string, next: string, vocabulary: Vocabulary): boolean => {
  const before = /(?:^|\s)(\S+)$/.exec(line)?.[1] ?? '';
  const after = /^\S+/.exec(next)?.[0] ?? '';
  if (/^\d+\.$/.test(before) && /^\d{1,2}$/.test(next)) return line === before;
  if (/^\d+$/.test(before) && /^\.\d/.test(after)) return true;
  if (LONE_END.test(after)) return /^[.,;:)]/.test(after) ? /\p{L}$/u.test(before) : MIN_STEM.test(before);
  const isOneCase = /^\p{L}+$/u.test(before) && /^\p{Ll}+$/u.test(after);
  if (!isOneCase && !/^\p{Lu}{2,} \p{Lu}{2,}$/u.test(`${before} ${after}`)) return false;
  const [left, right] = [before.toLowerCase(), after.toLowerCase()];
  return vocabulary.has(left + right) && !(vocabulary.isWhole(left) && vocabulary.isWhole(right));
};

/** Text and what joins it to the next line, for each line: put together they are the paragraph. Cells (`inCell`) may be so narrow that words are cut where no word ends. */
export const joinPieces = (lines: readonly string[], vocabulary: Vocabulary, inCell = false): string[] => {
  let whole = '';
  return lines.map((line, index) => {
    whole += line;
    const next = lines[index + 1];
    if (next === undefined || (inCell && isCut(whole, next, vocabulary))) return line;
    const joint = jointOf(whole, next, vocabulary);
    whole = '';
    if (joint === 'drop') return line.slice(0, -1);
    return joint === 'space' ? `${line} ` : line;
  });
};

const WORD = /[\p{L}][\p{L}'’]*(?:[-\u2010][\p{L}][\p{L}'’]*)*/gu;
const AMID_LINE = /\u2010\S/u;

/** All words of the lines, without the halves that stand on either side of a line's end. */
export const collectVocabulary = (lines: Iterable<string>): Vocabulary => {
  const words = new Set<string>();
  const whole = new Set<string>();
  const brokenWords: string[] = [];
  let half: string | undefined;
  let cutsEndings = false;
  let breaksByHyphen2010 = true;
  for (const line of lines) {
    const found = line.match(WORD) ?? [];
    const endsBroken = /[-\u2010]$/u.test(line);
    if (AMID_LINE.test(line)) breaksByHyphen2010 = false;
    found.forEach((word, index) => {
      if (index === 0 && half !== undefined) {
        if (/^\p{Ll}/u.test(word)) brokenWords.push(keyOf(half + word));
        return;
      }
      if (index === found.length - 1 && endsBroken) return;
      words.add(keyOf(word));
      if (index > 0 && index < found.length - 1) whole.add(keyOf(word));
      const parts = keyOf(word).split('-');
      if (parts.length > 1) for (const part of parts) words.add(part);
    });
    cutsEndings ||= half !== undefined && ENDINGS.has(found[0] ?? '');
    half = endsBroken ? found.at(-1) : undefined;
  }
  return {
    has: (word) => words.has(word),
    isWhole: (word) => whole.has(word),
    breaksWords: cutsEndings || brokenWords.some((word) => words.has(word)),
    breaksByHyphen2010,
  };
};
