/**
 * Normalised indel similarity: 2 × LCS / (length + length) in code points, LCS being the longest common subsequence.
 * Its length is found bit-parallel: H. Hyyrö, "Bit-parallel LCS-length computation revisited" (2004).
 */
import { encodeTexts, type LetterMasks, maskLetters } from './code-points.ts';

// Taken once: a look-up of a global is slow where tests run, and these stand in the innermost loops.
const { ceil, floor, max, min } = Math;

/** 30 bits to a word: the sum of two words and a carry then never leaves a small integer. */
const BITS = 30;
const FULL = 2 ** BITS - 1;
/** Shares of the shorter text that are tried as a lower bound of the LCS; a high one makes for a narrow band. */
const GUESSES = [0.97, 0.8, 0];

const countZeros = (words: Int32Array): number => {
  let zeros = 0;
  for (const word of words) for (let rest = ~word & FULL; rest !== 0; rest &= rest - 1) zeros += 1;
  return zeros;
};

/**
 * The length of the LCS if it is at least `atLeast`, else some smaller number. A common subsequence of that length skips at
 * most `length - atLeast` letters of one text and `columns.length - atLeast` of the other: only the words within that
 * distance of the diagonal are looked at.
 */
const lcsWithinBand = (
  { words, masks }: LetterMasks,
  length: number,
  columns: Uint32Array,
  atLeast: number,
): number => {
  const state = new Int32Array(words).fill(FULL);
  const skippedRows = length - atLeast;
  const skippedColumns = columns.length - atLeast;
  for (let column = 0; column < columns.length; column += 1) {
    const row = (columns[column] ?? 0) * words;
    const first = max(0, floor((column - skippedColumns) / BITS));
    const end = min(words, ceil((column + 1 + skippedRows) / BITS));
    let carry = 0;
    for (let word = first; word < end; word += 1) {
      const now = state[word] ?? 0;
      const matches = now & (masks[row + word] ?? 0);
      const sum = now + matches + carry;
      carry = sum > FULL ? 1 : 0;
      state[word] = (sum & FULL) | (now & ~matches);
    }
  }
  // A zero is a step of the common subsequence. Bits behind the end of the text never match and stay set.
  return countZeros(state);
};

const lcsLength = (long: Uint32Array, short: Uint32Array, letters: number): number => {
  const masks = maskLetters(long, letters, BITS);
  for (const guess of GUESSES) {
    const atLeast = floor(guess * short.length);
    const found = lcsWithinBand(masks, long.length, short, atLeast);
    if (found >= atLeast) return found;
  }
  return 0;
};

const commonStart = (a: Uint32Array, b: Uint32Array): number => {
  const most = min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length += 1;
  return length;
};

const commonEnd = (a: Uint32Array, b: Uint32Array): number => {
  const most = min(a.length, b.length);
  let length = 0;
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  return length;
};

/** 0 to 1; two empty texts are alike. */
export const indelSimilarity = (left: string, right: string): number => {
  const { texts, letters } = encodeTexts([left, right]);
  const [a = new Uint32Array(), b = new Uint32Array()] = texts;
  if (a.length + b.length === 0) return 1;
  const start = commonStart(a, b);
  const [restA, restB] = [a.subarray(start), b.subarray(start)];
  const end = commonEnd(restA, restB);
  const [innerA, innerB] = [restA.subarray(0, restA.length - end), restB.subarray(0, restB.length - end)];
  const inner =
    innerA.length >= innerB.length ? lcsLength(innerA, innerB, letters) : lcsLength(innerB, innerA, letters);
  return (2 * (start + inner + end)) / (a.length + b.length);
};
