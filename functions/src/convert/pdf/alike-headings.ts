/** Headings that are set and numbered like those that the file names: no file names all of its headings. */
import { type Scored, scoreAll } from './heading-score.ts';
import { kindOf, LIKELY } from './headings.ts';
import type { LayoutBlock, TextBlock } from './layout-model.ts';
import { addedHeadings, type Headings } from './named-headings.ts';

/** So many headings of one kind, */
const MIN_KIND = 3;
/** and this share of all that is set and numbered like them and has the shape of one, make the rest headings. */
const MOST = 0.5;

/** What is centred stands on covers too. */
const keyOf = (one: Scored): string => `${kindOf(one)} ${one.look.centred}`;

/** `known`: headings by the page and by the file. `isText`: what the file says is something else. */
export const withAlike = (
  known: Headings,
  blocks: readonly LayoutBlock[],
  isText: (block: TextBlock) => boolean,
): Headings => {
  const counts = new Map<string, { all: number; known: number }>();
  const possible = scoreAll(blocks).filter(({ score, isEntry }) => score > 0 && !isEntry);
  for (const one of possible) {
    const count = counts.get(keyOf(one)) ?? { all: 0, known: 0 };
    count.all += 1;
    if (known.has(one.block)) count.known += 1;
    counts.set(keyOf(one), count);
  }
  const isKnownKind = (one: Scored): boolean => {
    const count = counts.get(keyOf(one));
    return count !== undefined && count.known >= MIN_KIND && count.known >= MOST * count.all;
  };
  const alike = possible.filter(
    (one) => one.score >= LIKELY && !known.has(one.block) && !isText(one.block) && isKnownKind(one),
  );
  return alike.length === 0
    ? known
    : addedHeadings(
        known,
        alike.map(({ block }) => block),
        blocks,
      );
};
