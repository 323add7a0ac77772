/** The order in which the shapes of a slide are read. */
import type { Box } from './boxes.ts';

/** Frames are larger than their text, so neighbours may overlap a little: a tenth of an inch. */
const OVERLAP = 91_440;
/** Beyond this a slide is a drawing, and only its author's order means anything. */
const MAX_SHAPES = 120;

type Axis = 'rows' | 'columns';

/**
 * By position where empty strips divide the slide cleanly, in rows or in columns, whichever keeps more of the neighbours of the
 * order in which the shapes were put there (rows if both keep as many); else in that order.
 */
export const inReadingOrder = <T extends { box: Box | undefined }>(shapes: readonly T[]): T[] => {
  if (shapes.length < 2 || shapes.length > MAX_SHAPES || shapes.some(({ box }) => !box)) return [...shapes];
  const [byRows, byColumns] = [cut(shapes, 'rows'), cut(shapes, 'columns')];
  return neighboursKept(byColumns, shapes) > neighboursKept(byRows, shapes) ? byColumns : byRows;
};

const cut = <T extends { box: Box | undefined }>(shapes: readonly T[], first: Axis): T[] => {
  if (shapes.length < 2) return [...shapes];
  const second: Axis = first === 'rows' ? 'columns' : 'rows';
  for (const axis of [first, second]) {
    const strips = split(shapes, axis);
    if (strips.length > 1) return strips.flatMap((strip) => cut(strip, first));
  }
  return [...shapes];
};

/** Strips with nothing across their borders; in each the shapes keep their order. */
const split = <T extends { box: Box | undefined }>(shapes: readonly T[], axis: Axis): T[][] => {
  const start = ({ box }: T) => (axis === 'rows' ? box?.y : box?.x) ?? 0;
  const size = ({ box }: T) => (axis === 'rows' ? box?.height : box?.width) ?? 0;
  const sorted = shapes.map((shape, index) => ({ shape, index })).sort((a, b) => start(a.shape) - start(b.shape));
  const strips: (typeof sorted)[] = [];
  let end = -Infinity;
  for (const entry of sorted) {
    const from = start(entry.shape);
    const isApart = from >= end - Math.min(OVERLAP, size(entry.shape) / 2);
    if (isApart) strips.push([entry]);
    else strips.at(-1)?.push(entry);
    end = Math.max(end, from + size(entry.shape));
  }
  return strips.map((strip) => strip.sort((a, b) => a.index - b.index).map(({ shape }) => shape));
};

/** How many shapes are still followed by the same one. */
const neighboursKept = <T>(ordered: readonly T[], original: readonly T[]): number => {
  const places = new Map(original.map((shape, index) => [shape, index]));
  return ordered.filter((shape, index) => {
    const before = ordered[index - 1];
    return before !== undefined && places.get(shape) === (places.get(before) ?? 0) + 1;
  }).length;
};
