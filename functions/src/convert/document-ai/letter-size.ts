/** Font sizes and baselines from the boxes of recognised lines, which fit the letters and so differ from line to line. */
import type { BoundingBox } from '../../contracts/document.ts';
import { medianOf } from '../pdf/page-model.ts';

/** Parts of an em, about the same in all text fonts. */
const CAPITAL_EM = 0.7;
const SMALL_LETTER_EM = 0.48;
const DESCENDER_EM = 0.21;
const COMMA_EM = 0.13;

const TALL = /[\p{Lu}\p{N}bdfhijklt()[\]{}|/\\'"“”‘’!?%&$#@§]/u;
const DEEP = /[gjpqyQ()[\]{}|]/;

const belowBaseline = (text: string): number => {
  if (DEEP.test(text)) return DESCENDER_EM;
  return /[,;]/.test(text) ? COMMA_EM : 0;
};

/** In points. */
export const letterSize = (text: string, { height }: BoundingBox): number =>
  height / ((TALL.test(text) ? CAPITAL_EM : SMALL_LETTER_EM) + belowBaseline(text));

export const baselineOf = (text: string, { y, height }: BoundingBox, size: number): number =>
  y + height - belowBaseline(text) * size;

/** Sizes this near to each other are one. */
const SAME_SIZE = 0.12;

/**
 * Measured sizes to the few that a document has: the body's first, then the others from the largest down. `weights`: letters of each.
 */
export const snapSizes = (measured: readonly { size: number; weight: number }[]): ((size: number) => number) => {
  const body = medianOf(measured.flatMap(({ size, weight }) => Array.from({ length: weight }, () => size)));
  const isNear = (size: number, to: number): boolean => Math.abs(size - to) <= SAME_SIZE * to;
  const groups: number[][] = [];
  for (const { size } of measured.filter((one) => !isNear(one.size, body)).toSorted((a, b) => b.size - a.size)) {
    const first = groups.at(-1)?.[0];
    if (first !== undefined && isNear(size, first)) groups.at(-1)?.push(size);
    else groups.push([size]);
  }
  return (size) => {
    if (isNear(size, body)) return body;
    return medianOf(groups.find((group) => group.includes(size)) ?? [size]);
  };
};
