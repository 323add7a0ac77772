/** Puts the lines of a paragraph together again. */

/** Words of the document, to tell a broken word from one that has a hyphen of its own. */
export interface Vocabulary {
  has(word: string): boolean;
  /** Whether the word stands amid a line, where nothing can have cut it. */
  isWhole(word: string): boolean;
  /** Whether the document breaks words at all: many programs never do. */
  breaksWords: boolean;
}

const LAST_PART = /([\p{L}\p{N}'’]+(?:-[\p{L}\p{N}'’]+)*)-$/u;
const FIRST_PART = /^([\p{Ll}][\p{L}'’]*)/u;

/**
 * What stands between two lines: a space, nothing, or nothing and the hyphen gone. A hyphen at the end of a line is dropped only where the whole
 * word stands elsewhere in the document, or where what follows is no word of its own; "well-known" and "A-76" keep theirs.
 */
const jointOf = (line: string, next: string, vocabulary: Vocabulary): 'space' | 'none' | 'drop' => {
  if (line === '' || next === '') return 'none';
  if (!line.endsWith('-') || line.endsWith(' -') || line.endsWith('--'))
    return /\S[—–/]$/.test(line) ? 'none' : 'space';
  const before = LAST_PART.exec(line)?.[1]?.toLowerCase();
  const after = FIRST_PART.exec(next)?.[1]?.toLowerCase();
  if (before === undefined) return 'space';
  const isAddress = /[/@#_\d]\S*$/.test(line) || /^\S*[/@#_\d]/.test(next);
  if (after === undefined || isAddress || !vocabulary.breaksWords || vocabulary.has(`${before}-${after}`))
    return 'none';
  const lastPart = before.slice(before.lastIndexOf('-') + 1);
  return vocabulary.has(lastPart + after) || !vocabulary.has(after) ? 'drop' : 'none';
};

/** Whether a narrow cell has cut a word or a number in two without a hyphen: "Refer" and "ence", "77." and "2". */
const isCut = (line: string, next: string, vocabulary: Vocabulary): boolean => {
  const before = /(?:^|\s)(\S+)$/.exec(line)?.[1] ?? '';
  const after = /^\S+/.exec(next)?.[0] ?? '';
  if (/^\d+\.$/.test(before) && /^\d{1,2}$/.test(next)) return line === before;
  if (/^\d+$/.test(before) && /^\.\d/.test(after)) return true;
  if (!/^\p{L}+$/u.test(before) || !/^\p{Ll}+$/u.test(after)) return false;
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

const WORD = /[\p{L}][\p{L}'’]*(?:-[\p{L}][\p{L}'’]*)*/gu;

/** All words of the lines, without the halves that stand on either side of a line's end. */
export const collectVocabulary = (lines: Iterable<string>): Vocabulary => {
  const words = new Set<string>();
  const whole = new Set<string>();
  const brokenWords: string[] = [];
  let half: string | undefined;
  for (const line of lines) {
    const found = line.match(WORD) ?? [];
    const endsBroken = line.endsWith('-');
    found.forEach((word, index) => {
      if (index === 0 && half !== undefined) {
        if (/^\p{Ll}/u.test(word)) brokenWords.push((half + word).toLowerCase());
        return;
      }
      if (index === found.length - 1 && endsBroken) return;
      words.add(word.toLowerCase());
      if (index > 0 && index < found.length - 1) whole.add(word.toLowerCase());
      if (word.includes('-')) for (const part of word.split('-')) words.add(part.toLowerCase());
    });
    half = endsBroken ? found.at(-1) : undefined;
  }
  return {
    has: (word) => words.has(word),
    isWhole: (word) => whole.has(word),
    breaksWords: brokenWords.some((word) => words.has(word)),
  };
};
