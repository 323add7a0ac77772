/** Short blocks in columns, each under a title in larger type, as slides and brochures have them. */
import type { Segment } from './page-model.ts';

/** A title is this many times as large as the text. */
const LARGER = 1.15;
const MIN_TITLES = 2;
/** In points: titles of a column begin at one edge. */
const SAME_EDGE_PT = 6;

/** Titles that begin at one edge, each with smaller text right below it. */
const isTitled = (column: readonly Segment[]): boolean => {
  const least = Math.min(...column.map(({ size }) => size));
  const lines = column.toSorted((a, b) => a.baseline - b.baseline);
  const titles = lines.filter(({ size }) => size >= LARGER * least);
  const [first] = titles;
  return (
    first !== undefined &&
    titles.length >= MIN_TITLES &&
    titles.every(({ size, x0 }) => Math.abs(size - first.size) < 1 && Math.abs(x0 - first.x0) < SAME_EDGE_PT) &&
    lines[0] === first &&
    lines.every((line, index) => !titles.includes(line) || (lines[index + 1]?.size ?? line.size) < line.size)
  );
};

/** Both sides are such blocks, of the same sizes: they are read one side after the other. */
export const areTitledBlocks = (left: readonly Segment[], right: readonly Segment[]): boolean => {
  const largest = (column: readonly Segment[]): number => Math.max(...column.map(({ size }) => size));
  return isTitled(left) && isTitled(right) && Math.abs(largest(left) - largest(right)) < 1;
};
