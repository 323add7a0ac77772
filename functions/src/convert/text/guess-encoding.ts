/** Which encoding bytes are in that are no UTF-8: by what is valid, and by how usual the letters are that come out. */
import encodings from './encodings.json' with { type: 'json' };

const SAMPLE_BYTES = 65_536;
/** Below this the usual letters are too few for any guess but the most usual encoding. */
const LEAST_SCORE = 0.4;
const DEFAULT = 'windows-1252';
const ASCII_LETTER = /[A-Za-z]/;
const LETTER = /\p{L}/u;

interface Candidate {
  encoding: string;
  /** `latin`: letters with marks stand among plain ones; `script`: words without plain ones; `wide`: two bytes to a character. */
  kind: string;
  common: ReadonlySet<string>;
}

const CANDIDATES: readonly Candidate[] = encodings.map(({ encoding, kind, common }) => ({
  encoding,
  kind,
  common: new Set(common),
}));

/** Always one; windows-1252 where nothing speaks for another. */
export const guessEncoding = (bytes: Uint8Array): string => {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let best = { encoding: DEFAULT, score: LEAST_SCORE };
  for (const candidate of CANDIDATES) {
    const text = decodeStrictly(sample, candidate.encoding, bytes.length > SAMPLE_BYTES);
    const score = text === undefined ? 0 : scoreOf(text, candidate);
    if (score > best.score) best = { encoding: candidate.encoding, score };
  }
  return best.encoding;
};

const decodeStrictly = (bytes: Uint8Array, encoding: string, isCut: boolean): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
};

/** What an unusual letter speaks for its encoding; a sign that is no letter speaks for none. */
const UNUSUAL: Readonly<Record<string, number>> = { latin: 0, script: 0.3, wide: 0.2 };

/** Mean over all characters that are not ASCII: 1 for a usual one, less for others, below 0 where none of its kind stands. */
const scoreOf = (text: string, candidate: Candidate): number => {
  const characters = [...text];
  let sum = 0;
  let count = 0;
  let run = 0;
  characters.forEach((character, index) => {
    if (character < '\u0080') {
      run = 0;
      return;
    }
    count += 1;
    run = LETTER.test(character) ? run + 1 : 0;
    sum += isOutOfPlace(characters, index, run, candidate) ? -1 : weightOf(character, candidate);
  });
  return count === 0 ? 0 : sum / count;
};

const weightOf = (character: string, { kind, common }: Candidate): number => {
  if (common.has(character)) return 1;
  if (common.has(character.toLowerCase())) return 0.6;
  return LETTER.test(character) ? (UNUSUAL[kind] ?? 0) : 0;
};

/** `run`: how many letters that are not ASCII have come in a row, this one included; 0 if it is no letter. */
const isOutOfPlace = (characters: readonly string[], index: number, run: number, { kind }: Candidate): boolean => {
  const [before = '', character = '', after = ''] = [characters[index - 1], characters[index], characters[index + 1]];
  if (isControl(character)) return true;
  if (run === 0) return false;
  if (kind === 'latin') return run > LONGEST_MARKED_RUN;
  return (ASCII_LETTER.test(before) && ASCII_LETTER.test(after)) || isCapitalInside(before, character);
};

/** In languages written in Latin letters, more letters with marks in a row are next to never seen. */
const LONGEST_MARKED_RUN = 2;

const isCapitalInside = (before: string, character: string): boolean =>
  /\p{Lu}/u.test(character) && /\p{Ll}/u.test(before);

const isControl = (character: string): boolean => character >= '\u0080' && character <= '\u009f';
