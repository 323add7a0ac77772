/** Gathers letters, in the order of the file, into segments. */
import { isSqueezedSpace, spacedOutText } from './letter-spacing.ts';
import { isNoteMarkAfter, type NoteMark, withMarks } from './note-marks.ts';
import type { Rule, Segment } from './page-model.ts';
import type { Tag } from './tags/tag-model.ts';

export interface Letter {
  text: string;
  x0: number;
  x1: number;
  top: number;
  bottom: number;
  baseline: number;
  size: number;
  bold: boolean;
  italic: boolean;
  mono?: boolean;
  coloured?: boolean;
  rotated: boolean;
  /** The first of a piece that the file sets on its own. */
  startsObject: boolean;
  tag?: Tag | undefined;
}

/** In ems. A gap this wide between letters is a space; */
const SPACE_GAP_EM = 0.16;
/** behind a ligature, whose width is only known by its letters, this wide; */
const LIGATURE_GAP_EM = 0.35;
/** this wide, with a space in it or not, it parts two cells or columns; */
export const WIDE_GAP_EM = 0.6;
/** a step back this far starts another line. */
const BACK_STEP_EM = 0.6;
/** Letters this far above or below are raised or lowered, not on another line. */
const SAME_LINE_EM = 0.45;

export interface SegmentBuilder {
  /** `letter` may be changed and used again by the caller afterwards. */
  letter(letter: Letter): void;
  /** `isGuess`: the file writes none, PDFium takes a gap for one. */
  space(isGuess?: boolean): void;
  /** Ends the last segment and gives all of them, in the order of the file. */
  finish(): Segment[];
}

interface Open extends Letter {
  /** Joined when the segment ends: a string that grows letter by letter takes many times its size in memory. */
  parts: string[];
  /** See `LetterRow`. */
  gaps: number[];
  shownSpaces: number;
  writtenSpaces: number[];
  /** Indexes of the parts of each number that may refer to a note: the first, and the one behind its last. */
  noteMarks: { from: number; to: number }[];
  /** Sum and count of the gaps inside of words. */
  innerGaps: number;
  innerCount: number;
  letters: number;
  boldLetters: number;
  italicLetters: number;
  monoLetters: number;
  colouredLetters: number;
  /** Size of the smallest letter that is a capital, and of the largest that is not. */
  capitalSize: number;
  smallSize: number;
  sizeSum: number;
  firstLetterBold: boolean;
  lastLetterBold: boolean;
  firstWordEnd: number | undefined;
  /** Where the file says the last letter begins. */
  lastX0: number;
  /** Where the last letter ends by its own box, if it is the end of a ligature: some files give each of its letters the box of all. */
  ligatureX1: number | undefined;
}

/** How far a letter may begin left of the rule it stands behind. */
const RULE_SLACK_PT = 1;

/**
 * Whether a vertical rule parts a letter from what stands left of it: the rule is in the gap; or a new piece begins right behind the rule, because
 * the cell to the left runs over its edge.
 */
const createDivider = (rules: readonly Rule[]): ((left: Letter, right: Letter) => boolean) => {
  const vertical = rules.filter(({ direction }) => direction === 'vertical');
  if (vertical.length === 0) return () => false;
  return (left, right) => {
    const middle = (right.top + right.bottom) / 2;
    const from = right.startsObject ? left.x0 + right.size : left.x1 - RULE_SLACK_PT;
    return vertical.some(
      ({ at, from: top, to: bottom }) =>
        at >= from &&
        at <= right.x0 + RULE_SLACK_PT &&
        right.x0 - at < 2 * right.size &&
        top <= middle &&
        bottom >= middle,
    );
  };
};

const isCapital = (letter: string): boolean => letter >= 'A' && letter <= 'Z';
const isSmall = (letter: string): boolean => letter >= 'a' && letter <= 'z';

/** Small capitals are set smaller than the letters that begin their words; a number raised behind capitals stands higher and stays smaller. */
const SMALL_CAPITALS = 0.62;

/** In ems: some files give small capitals the widths of small letters, so that gaps seem to stand between them. */
const SMALL_CAPITALS_GAP_EM = 0.22;

const isSmallCapital = ({ size }: Open, letter: Letter): boolean =>
  isSmall(letter.text) && letter.size < 0.9 * size && letter.size > SMALL_CAPITALS * size;

/** The mean of all letters, but for text in small capitals the size of its large ones. */
const sizeOf = ({ parts, sizeSum, letters, size, capitalSize, smallSize }: Open): number => {
  const mean = sizeSum / letters;
  if (
    smallSize > 0 &&
    capitalSize < Infinity &&
    capitalSize > 1.1 * smallSize &&
    smallSize > SMALL_CAPITALS * capitalSize
  )
    return capitalSize;
  if (mean > size * 0.97 || mean < size * SMALL_CAPITALS) return mean;
  const text = parts.join('');
  return /\p{Lu}{3}/u.test(text) && !/\p{Ll}/u.test(text) ? size : mean;
};

const marksOf = ({ parts, noteMarks }: Open): NoteMark[] =>
  noteMarks.map(({ from, to }) => ({ at: parts.slice(0, from).join('').length, length: to - from }));

const close = (open: Open): Segment => ({
  text: spacedOutText(open) ?? open.parts.join(''),
  x0: open.x0,
  x1: open.x1,
  top: open.top,
  bottom: open.bottom,
  baseline: open.baseline,
  size: Math.round(sizeOf(open) * 10) / 10,
  bold: open.boldLetters > open.letters * 0.6,
  italic: open.italicLetters > open.letters * 0.6,
  ...(open.monoLetters === open.letters ? { mono: true } : {}),
  ...(open.colouredLetters > open.letters * 0.6 ? { coloured: true } : {}),
  boldLead: open.firstLetterBold && !open.lastLetterBold,
  firstWordWidth: (open.firstWordEnd ?? open.x1) - open.x0,
  rotated: open.rotated,
  ...withMarks(marksOf(open)),
  ...(open.tag === undefined ? {} : { tag: open.tag }),
});

/** A segment of one letter. */
const opened = (letter: Letter): Open => ({
  ...letter,
  parts: [letter.text],
  gaps: [],
  shownSpaces: 0,
  writtenSpaces: [],
  noteMarks: [],
  innerGaps: 0,
  innerCount: 0,
  letters: 1,
  boldLetters: letter.bold ? 1 : 0,
  italicLetters: letter.italic ? 1 : 0,
  monoLetters: letter.mono ? 1 : 0,
  colouredLetters: letter.coloured ? 1 : 0,
  capitalSize: isCapital(letter.text) ? letter.size : Number.POSITIVE_INFINITY,
  smallSize: isSmall(letter.text) ? letter.size : 0,
  sizeSum: letter.size,
  firstLetterBold: letter.bold,
  lastLetterBold: letter.bold,
  firstWordEnd: undefined,
  lastX0: letter.x0,
  ligatureX1: undefined,
});

/** The letters of a ligature all come with the place of its first; each is put behind the one before. */
const afterLigature = (current: Open, letter: Letter): Letter => {
  if (letter.startsObject || letter.rotated || Math.abs(letter.x0 - current.lastX0) > 0.01) return letter;
  return { ...letter, x0: current.x1, x1: current.x1 + letter.x1 - letter.x0 };
};

/** Of the two ends that a ligature may have, the one that the next letter stands closer to. */
const ligatureEnd = ({ x1, ligatureX1 = x1 }: Open, nextX0: number): number =>
  Math.abs(nextX0 - ligatureX1) < Math.abs(nextX0 - x1) ? ligatureX1 : x1;

const isNoteMark = (current: Open, letter: Letter): boolean =>
  !letter.rotated && letter.size < current.size && isNoteMarkAfter(current.parts.slice(-10).join(''), current, letter);

/** Notes the letter, which comes next, if it begins such a mark or is a further digit of it. */
const addToMarks = ({ parts, noteMarks }: Open, { text }: Letter, begins: boolean): void => {
  const mark = noteMarks.at(-1);
  if (begins) noteMarks.push({ from: parts.length, to: parts.length + 1 });
  else if (mark?.to === parts.length && /^\d$/.test(text)) mark.to += 1;
};

/** In ems: how far apart two letters of turned text may be. */
const TURNED_GAP_EM = 1.5;

const isBeside = (current: Open, letter: Letter): boolean => {
  const across = Math.max(letter.x0 - current.x1, current.x0 - letter.x1);
  const down = Math.max(letter.top - current.bottom, current.top - letter.bottom);
  return Math.max(across, down) < TURNED_GAP_EM * letter.size;
};

export const createSegmentBuilder = (rules: readonly Rule[]): SegmentBuilder => {
  const segments: Segment[] = [];
  const isDivided = createDivider(rules);
  let open: Open | undefined;
  let spaceBefore: 'none' | 'guessed' | 'written' = 'none';

  const flush = (): void => {
    if (open) segments.push(close({ ...open, x1: Math.min(open.x1, open.ligatureX1 ?? open.x1) }));
    open = undefined;
    spaceBefore = 'none';
  };

  const goesOn = (current: Open, letter: Letter): boolean => {
    if (current.rotated || letter.rotated) return current.rotated && letter.rotated && isBeside(current, letter);
    if (letter.tag?.cell !== current.tag?.cell) return false;
    const em = Math.max(current.size, letter.size);
    const gap = letter.x0 - current.x1;
    if (Math.abs(letter.baseline - current.baseline) > SAME_LINE_EM * em) return false;
    if (gap > WIDE_GAP_EM * em || gap < -BACK_STEP_EM * em) return false;
    return (gap < SPACE_GAP_EM * em && !letter.startsObject) || !isDivided(current, letter);
  };

  const append = (current: Open, letter: Letter, given: Letter): void => {
    const gap = letter.x0 - current.x1;
    const em = Math.max(current.size, letter.size);
    const inSmallCapitals = isSmallCapital(current, letter);
    const least =
      current.ligatureX1 !== undefined ? LIGATURE_GAP_EM : inSmallCapitals ? SMALL_CAPITALS_GAP_EM : SPACE_GAP_EM;
    const isMark = isNoteMark(current, letter);
    const isShown =
      isMark ||
      (!letter.rotated && gap > least * em) ||
      (spaceBefore === 'guessed' && !inSmallCapitals) ||
      (letter.startsObject && isSqueezedSpace(gap / em, current.innerGaps / current.innerCount, current.innerCount));
    if (spaceBefore === 'written') current.writtenSpaces.push(current.gaps.length);
    else if (isShown) current.shownSpaces += 1;
    if (spaceBefore === 'written' || isShown) {
      current.parts.push(' ');
      current.firstWordEnd ??= current.x1;
    } else {
      current.innerGaps += gap / em;
      current.innerCount += 1;
    }
    current.gaps.push(gap / em);
    addToMarks(current, letter, isMark);
    current.parts.push(letter.text);
    if (letter.size > current.size * 1.2) current.baseline = letter.baseline;
    current.size = Math.max(current.size, letter.size);
    current.x0 = Math.min(current.x0, letter.x0);
    current.x1 = Math.max(current.x1, letter.x1);
    current.top = Math.min(current.top, letter.top);
    current.bottom = Math.max(current.bottom, letter.bottom);
    current.letters += 1;
    current.sizeSum += letter.size;
    current.boldLetters += letter.bold ? 1 : 0;
    current.italicLetters += letter.italic ? 1 : 0;
    current.monoLetters += letter.mono ? 1 : 0;
    current.colouredLetters += letter.coloured ? 1 : 0;
    if (isCapital(letter.text)) current.capitalSize = Math.min(current.capitalSize, letter.size);
    else if (isSmall(letter.text)) current.smallSize = Math.max(current.smallSize, letter.size);
    current.lastLetterBold = letter.bold;
    current.lastX0 = given.x0;
    current.ligatureX1 = letter === given ? undefined : given.x1;
  };

  return {
    letter(letter) {
      const placed = open ? afterLigature(open, letter) : letter;
      if (open && placed === letter) open.x1 = ligatureEnd(open, letter.x0);
      if (open && goesOn(open, placed)) append(open, placed, letter);
      else {
        flush();
        open = opened(letter);
      }
      spaceBefore = 'none';
    },
    space(isGuess = false) {
      if (!isGuess) spaceBefore = 'written';
      else if (spaceBefore === 'none') spaceBefore = 'guessed';
    },
    finish() {
      flush();
      return segments;
    },
  };
};
