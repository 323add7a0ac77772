/** Headings by their tags. A tag is evidence for what it names; what it leaves out counts only where it has left out next to nothing. */
import { withAlike } from '../alike-headings.ts';
import type { LayoutBlock, TextBlock } from '../layout-model.ts';
import { isListLikeNumber, readHeadingNumber } from '../markers.ts';
import { type Headings, lookKey, type NamedLevels, plausibleNames, withNamed } from '../named-headings.ts';
import { textOf } from '../text-look.ts';

/** So many headings must be tagged, */
const MIN_TAGGED = 5;
/** and this share of what looks like a heading, for what looks like none of them to be text; */
const MOST = 0.6;
/** this share, for paragraphs that look like headings to be text. */
const NEARLY_ALL = 0.9;

const taggedLevels = (blocks: readonly LayoutBlock[]): NamedLevels =>
  new Map(
    blocks.flatMap((block) => {
      if (block.kind !== 'text') return [];
      const isNamed = block.lines.every(({ tag }) => tag?.role === 'heading');
      return isNamed ? [[block, block.lines[0]?.tag?.level ?? 0] as const] : [];
    }),
  );

/** Whether the file names this share of the headings that the page shows and that have tags. */
const namesMost = (found: Headings, named: ReadonlyMap<TextBlock, number>, share: number): boolean => {
  const tagged = [...found.keys()].filter((block) => block.lines[0]?.tag !== undefined);
  const both = tagged.filter((block) => named.has(block));
  return both.length >= MIN_TAGGED && both.length >= share * tagged.length;
};

/** Those of `found` that stay: the file calls them headings, or is not to be believed in what it does not say. */
const keep = (
  found: Headings,
  named: ReadonlyMap<TextBlock, number>,
  share: number,
  isText: (block: TextBlock) => boolean,
): Headings =>
  namesMost(found, named, share) ? new Map([...found].filter(([block]) => named.has(block) || !isText(block))) : found;

const roleOf = (block: TextBlock): string | undefined => block.lines[0]?.tag?.role;

/** Numbered headings are tagged as items too: only a number that lists begin with is no heading's. */
const isPlainItem = (block: TextBlock): boolean => {
  const number = readHeadingNumber(textOf(block));
  return block.lines[0]?.tag?.item !== undefined && number !== undefined && isListLikeNumber(number);
};

/** With a number that no list has. */
const isNumbered = (block: TextBlock): boolean => {
  const number = readHeadingNumber(textOf(block));
  return number !== undefined && !isListLikeNumber(number);
};

export const withTaggedHeadings = (found: Headings, blocks: readonly LayoutBlock[]): Headings => {
  const own = new Map([...found].filter(([block]) => roleOf(block) !== 'contents'));
  const named = plausibleNames(blocks, taggedLevels(blocks));
  if (named.size === 0) return own;
  const looks = new Set([...named.keys()].map(lookKey));
  const most = Math.max(...looks);
  const isLess = (block: TextBlock): boolean => lookKey(block) <= most && !looks.has(lookKey(block));
  const kept = keep(own, named, MOST, (block) => roleOf(block) !== undefined && isLess(block) && !isNumbered(block));
  const isParagraph = (block: TextBlock): boolean => roleOf(block) === 'paragraph' || isPlainItem(block);
  const headings = withNamed(keep(kept, named, NEARLY_ALL, isParagraph), named);
  if (namesMost(kept, named, NEARLY_ALL)) return headings;
  return withAlike(headings, blocks, (block) => roleOf(block) === 'contents' || isPlainItem(block));
};
