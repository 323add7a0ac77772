/** Numbered titles whose number stands apart, as a tab sets it: two of them below each other are no table of two columns. */
import { isListLikeNumber, readHeadingNumber } from './markers.ts';
import { shiftedMarks, withMarks } from './note-marks.ts';
import type { Segment } from './page-model.ts';
import type { Row } from './rows.ts';

/** In ems: a tab behind a number is no wider. */
const WIDEST_TAB_EM = 4;

const isNumberedTitle = (number: Segment, title: Segment): boolean =>
  number.bold &&
  title.bold &&
  number.size === title.size &&
  readHeadingNumber(number.text) === number.text &&
  !isListLikeNumber(number.text) &&
  title.x0 - number.x1 < WIDEST_TAB_EM * title.size;

/** The row with its number and its title as one piece. */
export const withTitleJoined = (row: Row): Row => {
  const [number, title, ...others] = row;
  if (!number || !title || others.length > 0 || !isNumberedTitle(number, title)) return row;
  const before = `${number.text} `;
  const joined = {
    ...number,
    text: before + title.text,
    x1: title.x1,
    top: Math.min(number.top, title.top),
    bottom: Math.max(number.bottom, title.bottom),
    ...withMarks(shiftedMarks(title.noteMarks, before.length)),
  };
  return [joined];
};
