/** Gathers letters, in the order of the file, into segments. */
import type { Rule, Segment } from './page-model.ts';

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
  rotated: boolean;
  /** The first of a piece that the file sets on its own. */
  startsObject: boolean;
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
  space(): void;
  /** Ends the last segment and gives all of them, in the order of the file. */
  finish(): Segment[];
}

interface Open extends Letter {
  /** Joined when the segment ends: a string that grows letter by letter takes many times its size in memory. */
  parts: string[];
  letters: number;
  boldLetters: number;
  italicLetters: number;
  sizeSum: number;
  firstLetterBold: boolean;
  lastLetterBold: boolean;
  firstWordEnd: number | undefined;
  /** Where the file says the last letter begins. */
  lastX0: number;
  endsInLigature: boolean;
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

const close = (open: Open): Segment => ({
  text: open.parts.join(''),
  x0: open.x0,
  x1: open.x1,
  top: open.top,
  bottom: open.bottom,
  baseline: open.baseline,
  size: Math.round((open.sizeSum / open.letters) * 10) / 10,
  bold: open.boldLetters > open.letters * 0.6,
  italic: open.italicLetters > open.letters * 0.6,
  boldLead: open.firstLetterBold && !open.lastLetterBold,
  firstWordWidth: (open.firstWordEnd ?? open.x1) - open.x0,
  rotated: open.rotated,
});

/** The letters of a ligature all come with the place of its first; each is put behind the one before. */
const afterLigature = (current: Open, letter: Letter): Letter => {
  if (letter.startsObject || letter.rotated || Math.abs(letter.x0 - current.lastX0) > 0.01) return letter;
  return { ...letter, x0: current.x1, x1: current.x1 + letter.x1 - letter.x0 };
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
  let spaceBefore = false;

  const flush = (): void => {
    if (open) segments.push(close(open));
    open = undefined;
    spaceBefore = false;
  };

  const goesOn = (current: Open, letter: Letter): boolean => {
    if (current.rotated || letter.rotated) return current.rotated && letter.rotated && isBeside(current, letter);
    const em = Math.max(current.size, letter.size);
    const gap = letter.x0 - current.x1;
    if (Math.abs(letter.baseline - current.baseline) > SAME_LINE_EM * em) return false;
    if (gap > WIDE_GAP_EM * em || gap < -BACK_STEP_EM * em) return false;
    return (gap < SPACE_GAP_EM * em && !letter.startsObject) || !isDivided(current, letter);
  };

  const append = (current: Open, given: Letter): void => {
    const letter = afterLigature(current, given);
    const gap = letter.x0 - current.x1;
    const least = current.endsInLigature ? LIGATURE_GAP_EM : SPACE_GAP_EM;
    const spaced = spaceBefore || (!letter.rotated && gap > least * Math.max(current.size, letter.size));
    if (spaced) {
      current.parts.push(' ');
      current.firstWordEnd ??= current.x1;
    }
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
    current.lastLetterBold = letter.bold;
    current.lastX0 = given.x0;
    current.endsInLigature = letter !== given;
  };

  return {
    letter(letter) {
      if (open && goesOn(open, letter)) append(open, letter);
      else {
        flush();
        open = {
          ...letter,
          parts: [letter.text],
          letters: 1,
          boldLetters: letter.bold ? 1 : 0,
          italicLetters: letter.italic ? 1 : 0,
          sizeSum: letter.size,
          firstLetterBold: letter.bold,
          lastLetterBold: letter.bold,
          firstWordEnd: undefined,
          lastX0: letter.x0,
          endsInLigature: false,
        };
      }
      spaceBefore = false;
    },
    space() {
      spaceBefore = true;
    },
    finish() {
      flush();
      return segments;
    },
  };
};
