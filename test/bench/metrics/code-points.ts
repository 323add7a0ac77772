/** Texts as small numbers over one alphabet, so that a bit mask per letter can be kept in an array. */

export interface EncodedTexts {
  texts: Uint32Array[];
  /** Number of different letters. */
  letters: number;
}

export const encodeTexts = (texts: readonly string[]): EncodedTexts => {
  const alphabet = new Map<string, number>();
  const encode = (letter: string): number => {
    const known = alphabet.get(letter);
    if (known !== undefined) return known;
    alphabet.set(letter, alphabet.size);
    return alphabet.size - 1;
  };
  return { texts: texts.map((text) => Uint32Array.from(text, encode)), letters: alphabet.size };
};

/** Where each letter stands in a text: bit b of word w of its row is position w × bits + b. */
export interface LetterMasks {
  words: number;
  /** letter × words + word */
  masks: Int32Array;
}

export const maskLetters = (text: Uint32Array, letters: number, bits: number): LetterMasks => {
  const words = Math.ceil(text.length / bits);
  const masks = new Int32Array(words * letters);
  text.forEach((letter, position) => {
    const word = letter * words + Math.floor(position / bits);
    masks[word] = (masks[word] ?? 0) | (1 << (position % bits));
  });
  return { words, masks };
};
