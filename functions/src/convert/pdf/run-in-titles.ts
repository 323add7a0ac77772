/** Titles in bold that are set into the first line of their text, with a gap between them: no columns of a table. */
import type { Row } from './rows.ts';

/** In ems: a wider gap is that of a column. */
const WIDEST_GAP_EM = 1.5;
const MAX_TITLE_WORDS = 8;
const MIN_TEXT_WORDS = 4;

/** A few words in bold, none of them the end of a sentence, right before one that is not. */
export const isRunInTitle = ([title, text, ...others]: Row): boolean => {
  if (!title?.bold || !text || [text, ...others].some(({ bold }) => bold)) return false;
  const words = title.text.split(' ').length;
  return (
    words <= MAX_TITLE_WORDS &&
    /\p{L}[^.:;,]*$/u.test(title.text) &&
    text.x0 - title.x1 < WIDEST_GAP_EM * text.size &&
    /^\p{Lu}/u.test(text.text) &&
    text.text.split(' ', MIN_TEXT_WORDS).length === MIN_TEXT_WORDS
  );
};
