/** Which headings were found, and at which level. */
import { keyOf } from './plain-text.ts';

interface Heading {
  level: number;
  key: string;
}

type Pair = readonly [truth: number, prediction: number];

const headingsOf = (plainMarkdown: string): Heading[] =>
  Array.from(plainMarkdown.matchAll(/^(#{1,6}) (.*)$/gm), ([, marks = '', title = '']) => ({
    level: marks.length,
    key: keyOf(title),
  }));

/** The longest run of equal keys in a[fromA, toA) and b[fromB, toB), the earliest of equally long ones. */
const longestRun = (a: readonly string[], b: readonly string[], [fromA, toA]: Pair, [fromB, toB]: Pair) => {
  let best = { length: 0, atA: fromA, atB: fromB };
  let endingAbove = new Int32Array(b.length + 1);
  for (let x = fromA; x < toA; x += 1) {
    const endingHere = new Int32Array(b.length + 1);
    for (let y = fromB; y < toB; y += 1) {
      if (a[x] !== b[y]) continue;
      const length = (endingAbove[y] ?? 0) + 1;
      endingHere[y + 1] = length;
      if (length > best.length) best = { length, atA: x - length + 1, atB: y - length + 1 };
    }
    endingAbove = endingHere;
  }
  return best;
};

/** Gestalt matching (Ratcliff and Metzener 1988): the longest common run, then the same on either side of it. */
const matchInOrder = (
  a: readonly string[],
  b: readonly string[],
  [fromA, toA]: Pair = [0, a.length],
  [fromB, toB]: Pair = [0, b.length],
): Pair[] => {
  const { length, atA, atB } = longestRun(a, b, [fromA, toA], [fromB, toB]);
  if (length === 0) return [];
  return [
    ...matchInOrder(a, b, [fromA, atA], [fromB, atB]),
    ...Array.from({ length }, (_, step): Pair => [atA + step, atB + step]),
    ...matchInOrder(a, b, [atA + length, toA], [atB + length, toB]),
  ];
};

/** A document may begin at another level than the truth does, as long as it keeps to it. */
const LEVEL_OFFSETS = [-4, -3, -2, -1, 0, 1, 2, 3, 4];

/** `f1`: headings paired in order, at any level; `level`: share of the pairs at the right level. null: the truth has none. */
export const scoreHeadings = (truth: string, prediction: string): { f1: number | null; level: number | null } => {
  const [wanted, got] = [headingsOf(truth), headingsOf(prediction)];
  if (wanted.length === 0) return { f1: null, level: null };
  const keys = ({ key }: Heading): string => key;
  const pairs = matchInOrder(wanted.map(keys), got.map(keys));
  const differences = pairs.map(([i, j]) => (wanted[i]?.level ?? 0) - (got[j]?.level ?? 0));
  const atOffset = LEVEL_OFFSETS.map((offset) => differences.filter((difference) => difference === offset).length);
  return {
    f1: (2 * pairs.length) / (wanted.length + got.length),
    level: pairs.length === 0 ? 0 : Math.max(...atOffset) / pairs.length,
  };
};
