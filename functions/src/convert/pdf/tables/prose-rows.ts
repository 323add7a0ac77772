/** Lines of prose that fall into pieces as the rows of a table do. */
import type { Row } from '../rows.ts';
import { isRunInTitle } from '../run-in-titles.ts';

/** In ems: the gap behind a full stop or a colon is no wider, */
const PROSE_GAP_EM = 0.9;
/** and so many words stand around it. */
const PROSE_WORDS = 10;
const SAME_EDGE_PT = 3;

/** Two sentences, or a word and what it announces, in a line that is set to both edges. */
export const isSpacedProse = ([first, second, ...others]: Row): boolean =>
  first !== undefined &&
  second !== undefined &&
  others.length === 0 &&
  second.x0 - first.x1 < PROSE_GAP_EM * first.size &&
  /[.!?:;]$/.test(first.text) &&
  `${first.text} ${second.text}`.split(' ', PROSE_WORDS).length === PROSE_WORDS;

/** A title in bold and its text, which begins where nothing of the other rows does: it stands in no column. */
export const isRunIn = (row: Row, others: readonly Row[]): boolean => {
  const x0 = row[1]?.x0 ?? 0;
  const isAtEdge = (other: Row): boolean =>
    other !== row && other.some((piece) => Math.abs(piece.x0 - x0) < SAME_EDGE_PT);
  return isRunInTitle(row) && !others.some(isAtEdge);
};
