/** Numbers raised behind words that may refer to a note: where they stand in the text of their line. */

/** UTF-16 offsets. */
export interface NoteMark {
  at: number;
  length: number;
}

const NUMBER = /^\d{1,3}(?!\d)/;

export const shiftedMarks = (marks: readonly NoteMark[] | undefined, by: number): NoteMark[] =>
  (marks ?? []).map(({ at, length }) => ({ at: at + by, length }));

/** The mark that a piece of text, put behind `offset` letters, begins with. */
export const leadingMark = (text: string, offset: number): NoteMark[] => {
  const number = NUMBER.exec(text)?.[0];
  return number === undefined ? [] : [{ at: offset, length: number.length }];
};

/** For spreading into a segment or line. */
export const withMarks = (marks: readonly NoteMark[]): { noteMarks?: NoteMark[] } =>
  marks.length === 0 ? {} : { noteMarks: [...marks] };

/** Raised this far, in ems, and this much smaller, a digit behind a whole word refers to a note: it is no part of the word. */
const RAISED_EM = 0.2;
const NOTE_SIZE = 0.8;

interface OnBaseline {
  size: number;
  baseline: number;
}

/** Units and formulas (m2, ft3) are shorter than words, and what stands lower than its line is no note. */
export const isNoteMarkAfter = (word: string, line: OnBaseline, mark: OnBaseline & { text: string }): boolean =>
  mark.size < NOTE_SIZE * line.size &&
  line.baseline - mark.baseline > RAISED_EM * line.size &&
  /^\d/.test(mark.text) &&
  /\p{L}{4}(?:\S*\)|[.,;:!?]?[”’"]?)?$/u.test(word);
