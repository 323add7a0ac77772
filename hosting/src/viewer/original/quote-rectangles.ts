/** Where a quote stands on a page, by the words that pdf.js reads from it. Pure. */
import type { BoundingBox } from '../../../../functions/src/contracts/document.ts';
import type { TextWidth } from './text-widths.ts';

/** A run of text as pdf.js gives it: `transform` places it in the PDF's user space, `width` and `height` are measured there. */
export interface TextPiece {
  str: string;
  transform: readonly number[];
  width: number;
  height: number;
  /** The CSS generic family that resembles its font. */
  family: string;
}

export interface PageText {
  pieces: readonly TextPiece[];
  /** User space to points from the page's top left corner, as the page is shown. */
  toPage: readonly number[];
  widthOf: TextWidth;
}

interface Place {
  piece: number;
  /** UTF-16 offset into the piece. */
  char: number;
}

/** Letters and digits alone: what white space, hyphens at line ends, ligatures and Markdown marks leave the same. */
const bare = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** The bare text of the page, and for each of its characters where it comes from. */
const readPage = (pieces: readonly TextPiece[]): { text: string; places: Place[] } => {
  let text = '';
  const places: Place[] = [];
  pieces.forEach(({ str }, piece) => {
    let char = 0;
    for (const character of str) {
      const found = bare(character);
      text += found;
      for (let each = 0; each < found.length; each++) places.push({ piece, char });
      char += character.length;
    }
  });
  return { text, places };
};

/** What stands before the first and after the last letter or digit of the quote, and is not looked for. */
const marksAround = (quote: string): { before: string; after: string } => {
  const [before = '', after = ''] = [/^[^\p{L}\p{N}]*/u, /[^\p{L}\p{N}]*$/u].map(
    (ends) => quote.match(ends)?.[0].replace(/\s/g, '') ?? '',
  );
  return { before, after };
};

/** The first place from `at` on where no such mark stands. */
const overMarks = (text: string, at: number, step: 1 | -1, marks: string): number => {
  let end = at;
  for (let mark = text[end]; mark !== undefined && marks.includes(mark); mark = text[end]) end += step;
  return end;
};

const point = ([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: readonly number[], x: number, y: number) => ({
  x: a * x + c * y + e,
  y: b * x + d * y + f,
});

const DESCENT = 0.22;
const ASCENT = 0.82;
/** Of the font's size, at both ends: less than the space to the next word, and more than widths are usually wrong by. */
const SPARE = 0.15;

const boxOfPiece = (
  { str, transform, width, height, family }: TextPiece,
  from: number,
  to: number,
  { toPage, widthOf }: PageText,
) => {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = transform;
  const along = Math.hypot(a, b) || 1;
  const across = Math.hypot(c, d) || 1;
  const tall = height || across;
  const whole = widthOf(str, family) || 1;
  const [start, end] = [from, to].map((at) => (widthOf(str.slice(0, at), family) / whole) * width) as [number, number];
  const ends = [start - SPARE * tall, end + SPARE * tall];
  const corners = ends.flatMap((x) =>
    [-DESCENT, ASCENT].map((share) => {
      const y = share * tall;
      return point(toPage, e + (a / along) * x + (c / across) * y, f + (b / along) * x + (d / across) * y);
    }),
  );
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
};

const touches = (a: BoundingBox, b: BoundingBox, slack: number): boolean =>
  a.x < b.x + b.width + slack &&
  b.x < a.x + a.width + slack &&
  a.y < b.y + b.height + slack &&
  b.y < a.y + a.height + slack;

const joined = (a: BoundingBox, b: BoundingBox): BoundingBox => {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
};

const isSameLine = (a: BoundingBox, b: BoundingBox): boolean => {
  const shared = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const gap = Math.max(a.x, b.x) - Math.min(a.x + a.width, b.x + b.width);
  return shared > 0.6 * Math.min(a.height, b.height) && gap < 2 * Math.max(a.height, b.height);
};

const joinLines = (boxes: readonly BoundingBox[]): BoundingBox[] => {
  const lines: BoundingBox[] = [];
  for (const box of boxes) {
    const last = lines.at(-1);
    if (last && isSameLine(last, box)) lines[lines.length - 1] = joined(last, box);
    else lines.push(box);
  }
  return lines;
};

const SLACK_PT = 4;
const ANCHOR = 24;

const occurrences = (text: string, needle: string): number[] => {
  const found: number[] = [];
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) found.push(at);
  return found;
};

/** [from, to) in the bare text: the quote itself, or else what stands between its first and last words when that is about as long. */
const candidatesOf = (text: string, needle: string): [number, number][] => {
  const exact = occurrences(text, needle).map((at): [number, number] => [at, at + needle.length]);
  if (exact.length > 0 || needle.length < 2 * ANCHOR) return exact;
  const tail = needle.slice(-ANCHOR);
  return occurrences(text, needle.slice(0, ANCHOR)).flatMap((at): [number, number][] => {
    const end = text.indexOf(tail, at + ANCHOR);
    const length = end + ANCHOR - at;
    return end !== -1 && length < needle.length * 1.25 && length > needle.length * 0.8 ? [[at, end + ANCHOR]] : [];
  });
};

/**
 * A rectangle for each line of the quote, in points from the page's top left corner. Of several places the one in `near`, the box
 * of its block, is taken. Empty when the page does not have it.
 */
export const quoteRectangles = (page: PageText, quote: string, near: BoundingBox | null): BoundingBox[] => {
  const needle = bare(quote);
  if (needle === '') return [];
  const { pieces } = page;
  const { text, places } = readPage(pieces);
  const { before, after } = marksAround(quote);
  const boxesOf = ([from, to]: [number, number]): BoundingBox[] => {
    const spans = new Map<number, { from: number; to: number }>();
    for (const { piece, char } of places.slice(from, to)) {
      const span = spans.get(piece);
      spans.set(piece, { from: Math.min(span?.from ?? char, char), to: Math.max(span?.to ?? 0, char + 1) });
    }
    return [...spans].flatMap(([index, span]) => {
      const piece = pieces[index];
      if (!piece) return [];
      const first = index === places[from]?.piece ? overMarks(piece.str, span.from - 1, -1, before) + 1 : span.from;
      const end = index === places[to - 1]?.piece ? overMarks(piece.str, span.to, 1, after) : span.to;
      return [boxOfPiece(piece, first, end, page)];
    });
  };
  const found = candidatesOf(text, needle).map(boxesOf);
  if (near === null) return joinLines(found[0] ?? []);
  const isNear = (boxes: readonly BoundingBox[]) => boxes.some((box) => touches(box, near, SLACK_PT));
  return joinLines(found.find(isNear) ?? []);
};
