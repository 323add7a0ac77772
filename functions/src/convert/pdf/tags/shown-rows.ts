/** Which rows without text a tagged table really shows: their tags alone do not tell them from groups and other elements beside rows. */
import { type Box, medianOf, unionOf } from '../page-model.ts';

/** In points: a row takes at least so much more room than there is between two rows. */
const LEAST_ROW_PT = 3;

/** What the rows above and below leave free between them; undefined where one of them is empty. */
const roomBetween = (above: Box, below: Box): number | undefined => {
  const room = below.top - above.bottom;
  return Number.isFinite(room) ? room : undefined;
};

/** `boxes`: for each row those of its filled cells. True for rows with text, and for those without for which there is room. */
export const areShown = (boxes: readonly (readonly Box[])[]): boolean[] => {
  const rows = boxes.map((cells) => unionOf([...cells]));
  const usual = rows.slice(1).flatMap((row, index) => roomBetween(rows[index] ?? row, row) ?? []);
  const isEmpty = (index: number): boolean => boxes[index]?.length === 0;
  return rows.map((_, index) => {
    if (!isEmpty(index) || usual.length === 0) return true;
    let [from, to] = [index, index];
    while (from > 0 && isEmpty(from)) from -= 1;
    while (to < rows.length - 1 && isEmpty(to)) to += 1;
    const [above, below] = [rows[from], rows[to]];
    const room = above && below ? roomBetween(above, below) : undefined;
    return room === undefined || room - medianOf(usual) > LEAST_ROW_PT;
  });
};
