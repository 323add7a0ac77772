/**
 * Levenshtein distance over the longer length, in code points, bit-parallel: G. Myers, "A fast bit-vector algorithm for
 * approximate string matching based on dynamic programming" (1999), in blocks as H. Hyyrö writes it (2003).
 */
import { encodeTexts, type LetterMasks, maskLetters } from './code-points.ts';

const BITS = 32;

/** `compiled` are the masks of a text of `length` > 0 letters. */
const levenshtein = ({ words, masks }: LetterMasks, length: number, other: Uint32Array): number => {
  // Vertical differences of +1 and -1 in the column of the matrix that is being looked at.
  const rises = new Int32Array(words).fill(-1);
  const falls = new Int32Array(words);
  const lastBit = 1 << ((length - 1) % BITS);
  let distance = length;
  for (const letter of other) {
    let riseIn = 1;
    let fallIn = 0;
    for (let word = 0; word < words; word += 1) {
      const rise = rises[word] ?? 0;
      const fall = falls[word] ?? 0;
      const matches = masks[letter * words + word] ?? 0;
      const matchesOrFall = matches | fallIn;
      const diagonalZero = (((matchesOrFall & rise) + rise) ^ rise) | matchesOrFall | fall;
      const risesAcross = fall | ~(diagonalZero | rise);
      const fallsAcross = rise & diagonalZero;
      if (word === words - 1 && (risesAcross & lastBit) !== 0) distance += 1;
      else if (word === words - 1 && (fallsAcross & lastBit) !== 0) distance -= 1;
      const shiftedRises = (risesAcross << 1) | riseIn;
      const shiftedFalls = (fallsAcross << 1) | fallIn;
      riseIn = risesAcross >>> 31;
      fallIn = fallsAcross >>> 31;
      rises[word] = shiftedFalls | ~(diagonalZero | shiftedRises);
      falls[word] = shiftedRises & diagonalZero;
    }
  }
  return distance;
};

export type TextDistance = (left: number, right: number) => number;

/** (i, j) → distance of text i of the left list and text j of the right list, 0 to 1. Each left text is compiled once. */
export const textDistances = (left: readonly string[], right: readonly string[]): TextDistance => {
  const { texts, letters } = encodeTexts([...left, ...right]);
  const compiled = new Map<number, LetterMasks>();
  return (i, j) => {
    if (left[i] === right[j]) return 0;
    const a = texts[i] ?? new Uint32Array();
    const b = texts[left.length + j] ?? new Uint32Array();
    if (a.length === 0 || b.length === 0) return 1;
    const masks = compiled.get(i) ?? maskLetters(a, letters, BITS);
    compiled.set(i, masks);
    return levenshtein(masks, a.length, b) / Math.max(a.length, b.length);
  };
};
