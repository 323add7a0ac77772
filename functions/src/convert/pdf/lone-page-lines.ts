/** Running lines of documents with too few pages to see what comes back: known by their page number, their place and their look. */
import { type Segment, unionOf } from './page-model.ts';
import { type EdgeSegment, SAME_HEIGHT_PT } from './repetitions.ts';

/** "7", "- 7 -", "Page 7", "B-7", "iv", "7/12" */
const PAGE_NUMBER =
  /^(?:[-–—[(]\s*)?(?:page\s*)?(?:[a-z]{1,2}[-–.])?(?:[1-9]\d{0,2}|[ivxl]{2,7})(?:\s*(?:of|\/)\s*\d{1,3})?(?:\s*[-–—\])])?$/i;
const BARE_NUMBER = /^[1-9]\d{0,2}$/;
const LAST_NUMBER = /\s[1-9]\d{0,2}$/;

/** Share of the page's height, from its edge, in which a line of words with its page number stands. */
const MARGIN_SHARE = 0.08;
/** In ems: such a line stands off the text by this much; */
const GAP_EM = 1;
/** beside its words, the number of a head stands off by this much. Less is the number of a heading. */
const NUMBER_GAP_EM = 3;
/** In ems: so does a number where no other line begins. */
const OWN_PLACE_GAP_EM = 0.4;
/** In ems: a line in the look of the page number may stand closer to a title. */
const SAME_LOOK_GAP_EM = 0.75;
const SMALLER_PT = 0.4;
const LARGER_PT = 1;
/** So many further numbers in one line above or below it make a column of figures. */
const COLUMN_NUMBERS = 2;

interface Row {
  position: 'head' | 'foot';
  /** Left to right. */
  items: EdgeSegment[];
}

/** From the edge to the text. */
const rowsFromEdge = (edge: readonly EdgeSegment[], position: Row['position']): Row[] => {
  const sign = position === 'head' ? 1 : -1;
  const rows: Row[] = [];
  for (const item of edge
    .filter((one) => one.position === position)
    .toSorted((a, b) => sign * (a.segment.baseline - b.segment.baseline))) {
    const row = rows.at(-1);
    const first = row?.items[0];
    if (row && first && Math.abs(first.segment.baseline - item.segment.baseline) < SAME_HEIGHT_PT) row.items.push(item);
    else rows.push({ position, items: [item] });
  }
  return rows.map((row) => ({ ...row, items: row.items.toSorted((a, b) => a.segment.x0 - b.segment.x0) }));
};

interface PageText {
  height: number;
  segments: readonly Segment[];
}

/** What most letters of the page look like. */
const usualLook = (segments: readonly Segment[]): string => {
  const letters = new Map<string, number>();
  for (const segment of segments)
    letters.set(lookOf(segment), (letters.get(lookOf(segment)) ?? 0) + segment.text.length);
  return [...letters].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? '';
};

const lookOf = ({ bold, italic }: Segment): string => `${bold ? 'bold' : ''} ${italic ? 'italic' : ''}`;

const gapToText = ({ position, items }: Row, segments: readonly Segment[]): number => {
  const row = unionOf(items.map(({ segment }) => segment));
  const own = new Set(items.map(({ segment }) => segment));
  const text = unionOf(segments.filter((segment) => !own.has(segment) && !segment.rotated));
  return position === 'head' ? text.top - row.bottom : row.top - text.bottom;
};

const isInMargin = ({ position, items }: Row, height: number): boolean =>
  items.every(({ segment }) => (position === 'head' ? segment.bottom : height - segment.top) < height * MARGIN_SHARE);

const beginsWhereOthersDo = (number: Segment, segments: readonly Segment[]): boolean =>
  segments.some((other) => other !== number && Math.abs(other.x0 - number.x0) < SAME_HEIGHT_PT);

/** Whether other numbers stand right above or below the one at the end of a row: a column of figures, or a table of contents. */
const isInColumn = (number: Segment, segments: readonly Segment[]): boolean =>
  segments.filter(
    (other) =>
      other !== number &&
      /\d$/.test(other.text) &&
      /^\S{1,6}$|\.\s?\d+$|\s\d{1,3}$/.test(other.text) &&
      Math.abs(other.x1 - number.x1) < SAME_HEIGHT_PT,
  ).length >= COLUMN_NUMBERS;

/** The piece of a row that is or ends in a page number beside words. A number close before or behind the words of a head is that of a heading. */
const numberBeside = ({ position, items }: Row): Segment | undefined => {
  const [first, last] = [items[0]?.segment, items.at(-1)?.segment];
  if (!first || !last) return undefined;
  if (position === 'foot') {
    const ends =
      items.length > 1 ? BARE_NUMBER.test(last.text) || BARE_NUMBER.test(first.text) : LAST_NUMBER.test(last.text);
    return ends ? last : undefined;
  }
  const far = (left: Segment | undefined, right: Segment | undefined): boolean =>
    left !== undefined && right !== undefined && right.x0 - left.x1 >= NUMBER_GAP_EM * right.size;
  if (BARE_NUMBER.test(last.text) && far(items.at(-2)?.segment, last)) return last;
  return BARE_NUMBER.test(first.text) && far(first, items[1]?.segment) ? first : undefined;
};

/** The running lines at the edges of one page; `edge` is what stands there and is not known to be one, the rest of `page` what is no running line. */
export const loneRunningLines = (
  edge: readonly EdgeSegment[],
  { height, segments }: PageText,
  usualSize: number,
): EdgeSegment[] => {
  const usual = usualLook(segments);
  const isUnlikeText = ({ segment }: EdgeSegment): boolean =>
    segment.size <= usualSize - SMALLER_PT || (lookOf(segment) !== usual && segment.size <= usualSize + LARGER_PT);

  const isNumberAlone = ({ items: [item, ...others] }: Row): boolean =>
    item !== undefined &&
    others.length === 0 &&
    PAGE_NUMBER.test(item.segment.text.trim()) &&
    item.segment.size <= usualSize + LARGER_PT &&
    !isInColumn(item.segment, segments);

  const isNumbered = (row: Row): boolean => {
    const number = numberBeside(row);
    return (
      number !== undefined &&
      isInMargin(row, height) &&
      row.items.every((item) => BARE_NUMBER.test(item.segment.text) || isUnlikeText(item)) &&
      row.items.some(isUnlikeText) &&
      !isInColumn(number, segments)
    );
  };

  const outermost = (['head', 'foot'] as const).flatMap((position) => rowsFromEdge(edge, position).slice(0, 1));
  const clear = (row: Row, ems: number): boolean => gapToText(row, segments) > ems * (row.items[0]?.segment.size ?? 0);
  const isApart = (row: Row): boolean =>
    clear(row, GAP_EM) ||
    (clear(row, OWN_PLACE_GAP_EM) && !row.items.some(({ segment }) => beginsWhereOthersDo(segment, segments)));
  const numbered = outermost.filter(
    (row) => (isNumberAlone(row) && isApart(row)) || (isNumbered(row) && clear(row, GAP_EM)),
  );
  const looks = new Set(
    numbered
      .flatMap(({ items }) => items)
      .filter(isUnlikeText)
      .map(({ segment }) => `${lookOf(segment)} ${segment.size.toFixed(1)}`),
  );
  const alike = outermost.filter(
    (row) =>
      isInMargin(row, height) &&
      clear(row, SAME_LOOK_GAP_EM) &&
      row.items.every(({ segment }) => looks.has(`${lookOf(segment)} ${segment.size.toFixed(1)}`)),
  );
  return [...new Set([...numbered, ...alike])].flatMap(({ items }) => items);
};
