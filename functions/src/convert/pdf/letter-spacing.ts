/** Where words end in letters that stand closer or wider than usual: squeezed lines, titles that are spaced out, small capitals. */

/** Letters of a line in their order, with what stands between them. */
interface LetterRow {
  /** Letters, and a space for each that is written or that a gap makes. */
  parts: readonly string[];
  /** Before each letter but the first, in ems of the larger one. */
  gaps: readonly number[];
  /** How many of its spaces are made by gaps. */
  shownSpaces: number;
  /** Indexes of the gaps in which the file itself writes a space. */
  writtenSpaces: readonly number[];
}

/** In ems: a gap this much wider than those inside of words parts two words of a squeezed line. */
const SQUEEZED_SPACE_EM = 0.15;
/** So many gaps tell how a line is spaced. */
const MIN_GAPS = 3;

/** Whether a gap is a space by those before it; `usual` is their mean and negative where letters overlap. */
export const isSqueezedSpace = (gap: number, usual: number, count: number): boolean =>
  count >= MIN_GAPS && usual < 0 && gap > 0 && gap - usual > SQUEEZED_SPACE_EM;

/** Fewer letters are no title; */
const MIN_SPACED = 4;
/** a row of so few may be letters with a space between them, */
const FEW_SPACED = 6;
/** which are so far apart, in ems. */
const TYPED_SPACE_EM = 0.24;
/** In ems: letters that stand this far apart are spaced out; */
const SPACED_EM = 0.1;
/** nearly all of them, */
const NEARLY_ALL = 0.85;
/** and a gap this much wider parts two words. */
const WORD_SPACE_EM = 0.18;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** How far the letters of a title are spaced out, in ems; undefined for others, and where the file itself writes the spaces between them. */
const spacingOf = ({ gaps, shownSpaces, writtenSpaces }: LetterRow, letters: readonly string[]): number | undefined => {
  if (shownSpaces < gaps.length / 2 || writtenSpaces.length > gaps.length / 2) return undefined;
  if (gaps.filter((gap) => gap > SPACED_EM).length < NEARLY_ALL * gaps.length) return undefined;
  if (!letters.every((letter) => /[\p{L}\p{N}\p{P}]/u.test(letter)) || !letters.some((letter) => /\p{L}/u.test(letter)))
    return undefined;
  const spacing = median(gaps);
  return letters.length < FEW_SPACED && spacing >= TYPED_SPACE_EM ? undefined : spacing;
};

/** The words of a title that is spaced out; undefined where the row is none. */
export const spacedOutText = (row: LetterRow): string | undefined => {
  const { parts, gaps, shownSpaces, writtenSpaces } = row;
  if (gaps.length + 1 < MIN_SPACED || shownSpaces < gaps.length / 2) return undefined;
  const letters = parts.filter((part) => part !== ' ');
  const spacing = spacingOf(row, letters);
  if (spacing === undefined) return undefined;
  const written = new Set(writtenSpaces);
  return letters
    .map((letter, index) => {
      const isSpace = index > 0 && (written.has(index - 1) || (gaps[index - 1] ?? 0) > spacing + WORD_SPACE_EM);
      return isSpace ? ` ${letter}` : letter;
    })
    .join('');
};
