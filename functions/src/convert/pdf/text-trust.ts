/**
 * Whether the text layer of a page can be believed: fonts that do not say what their letters are, letters that are other letters than those
 * shown, and recognised text that is noise.
 */
import letterPairs from './letter-pairs.json' with { type: 'json' };
import type { PageContent } from './page-model.ts';

/** Share of characters without a meaning from which on the rest makes no text either. */
const MOST_UNMAPPED = 0.3;
/** With fewer letters than this, chance decides. */
const LEAST_LETTERS = 200;
const LEAST_LETTERS_OF_LAYER = 50;
/** Share of the letters that have to be Latin: of other scripts nothing is known here. */
const LEAST_LATIN = 0.9;
/**
 * Share of pairs of letters that are usual in some language. Words of 40 languages in Latin letters reach .76 in all but one of a hundred pieces of
 * 60 words; the same words with their letters exchanged reach .44 at the median.
 */
const LEAST_USUAL = 0.6;
/** How likely two letters taken at random are the same: .06 to .08 in any language, whatever its letters stand for; .04 in part numbers. */
const LEAST_COINCIDENCE = 0.05;
/** Short words in capitals are names of things that need not be pronounced. */
const SHORTEST_WORD = 3;
const LEAST_MEAN_LENGTH = 4;
/** Share of small letters from which on words in capitals are left out of account. */
const MIXED_CASE = 0.2;
/** Share of letters and digits in what was recognised on a picture. */
const LEAST_ALPHANUMERIC = 0.6;
/** Share of the text that has to come from recognition to be judged as such. */
const MOSTLY_LAYER = 0.8;

const LETTERS = 26;
const A = 97;
/** What a small letter of ASCII has and its capital has not. */
const SMALL = 0x20;

const USUAL = new Uint8Array(LETTERS * LETTERS);
for (const [first, seconds] of Object.entries(letterPairs))
  for (const second of seconds) USUAL[(first.charCodeAt(0) - A) * LETTERS + second.charCodeAt(0) - A] = 1;

const folded = (text: string): string =>
  (/[^\0-\x7f]/.test(text) ? text.normalize('NFD').replace(/\p{M}+/gu, '') : text).toLowerCase();

/** Words of Latin letters alone: what holds digits is a number of something. */
const WORD = /(?<![\p{L}\d])[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+(?![\p{L}\d])/gu;

const wordsOf = (text: string): string[] => {
  const words = (text.match(WORD) ?? []).filter(({ length }) => length >= SHORTEST_WORD);
  const small = text.match(/\p{Ll}/gu)?.length ?? 0;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return small < MIXED_CASE * letters ? words : words.filter((word) => word !== word.toUpperCase());
};

interface LetterStatistics {
  letters: number;
  meanLength: number;
  /** 0 to 1. */
  usualPairs: number;
  coincidence: number;
}

const statisticsOf = (words: readonly string[]): LetterStatistics => {
  const counts = new Uint32Array(LETTERS);
  let [letters, pairs, usual] = [0, 0, 0];
  for (const word of words) {
    let before = -1;
    for (const letter of folded(word)) {
      const at = letter.charCodeAt(0) - A;
      const known = at >= 0 && at < LETTERS;
      if (known) {
        counts[at] = (counts[at] ?? 0) + 1;
        letters += 1;
      }
      if (known && before >= 0) {
        pairs += 1;
        usual += USUAL[before * LETTERS + at] ?? 0;
      }
      before = known ? at : -1;
    }
  }
  const same = counts.reduce((sum, count) => sum + count * (count - 1), 0);
  return {
    letters,
    meanLength: letters / Math.max(1, words.length),
    usualPairs: pairs === 0 ? 1 : usual / pairs,
    coincidence: letters < 2 ? 0 : same / (letters * (letters - 1)),
  };
};

const isLatin = (text: string): boolean => {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return letters > 0 && latin >= LEAST_LATIN * letters;
};

/** Share of all pairs of letters, in words or not, that tells at a glance that a text is one. */
const SURELY_USUAL = 0.8;

/** A quick look: nearly every page is settled by it. */
const looksUsual = (text: string): boolean => {
  let [pairs, usual, before] = [0, 0, -1];
  for (let index = 0; index < text.length; index++) {
    const small = (text.charCodeAt(index) | SMALL) - A;
    const at = small >= 0 && small < LETTERS ? small : -1;
    if (at >= 0 && before >= 0) {
      pairs += 1;
      usual += USUAL[before * LETTERS + at] ?? 0;
    }
    before = at;
  }
  return usual >= SURELY_USUAL * pairs;
};

/** Whether the letters of a text are not those that its author wrote. Numbers, acronyms and other languages are not taken for it. */
export const isGarbled = (text: string): boolean => {
  if (text.length < LEAST_LETTERS || looksUsual(text) || !isLatin(text)) return false;
  const { letters, meanLength, usualPairs, coincidence } = statisticsOf(wordsOf(text));
  return (
    letters >= LEAST_LETTERS &&
    meanLength >= LEAST_MEAN_LENGTH &&
    coincidence >= LEAST_COINCIDENCE &&
    usualPairs < LEAST_USUAL
  );
};

/** Whether text recognised on a picture is noise: marks of all kinds, or letters in no order. */
const isNoise = (text: string): boolean => {
  const characters = text.replace(/\s/g, '').length;
  if (characters < LEAST_LETTERS_OF_LAYER) return false;
  if ((text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < LEAST_ALPHANUMERIC * characters) return true;
  const { letters, usualPairs } = statisticsOf(wordsOf(text));
  return isLatin(text) && letters >= LEAST_LETTERS_OF_LAYER && usualPairs < LEAST_USUAL;
};

export type Distrust = 'unmapped' | 'garbled' | 'noise';

/** Why the text of a page is not what the page shows; `undefined` when it may be believed. */
export const distrustOf = ({ segments, textLayer }: PageContent): Distrust | undefined => {
  if (!textLayer || textLayer.characters === 0) return undefined;
  const { characters, unmapped, onPicture } = textLayer;
  if (unmapped > MOST_UNMAPPED * characters) return 'unmapped';
  const text = segments.map((segment) => segment.text).join(' ');
  if (onPicture >= MOSTLY_LAYER * characters && isNoise(text)) return 'noise';
  return isGarbled(text) ? 'garbled' : undefined;
};
