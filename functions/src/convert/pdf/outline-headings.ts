/** Headings by the outline: a line of the page that an entry names. What is not on the page is never made up. */
import type { LayoutBlock, TextBlock } from './layout-model.ts';
import { readHeadingNumber } from './markers.ts';
import { type Headings, plausibleNames, withNamed } from './named-headings.ts';
import type { OutlineEntry } from './outline.ts';
import { medianOf } from './page-model.ts';
import { textOf } from './text-look.ts';

const CAPTION = /^(?:figure|fig|table|chart)\s*\d/i;

/** Letters and digits alone. */
const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** As printed, and without its number: an outline may have numbers that are not in the text, or the other way round. */
const keysOf = (text: string): string[] => {
  const number = readHeadingNumber(text);
  const keys = [bare(text), ...(number === undefined ? [] : [bare(text.slice(number.length))])];
  return keys.filter((key) => /\p{L}{2}/u.test(key));
};

const levelsBy = (entries: readonly OutlineEntry[]): Map<string, number> => {
  const levels = new Map<string, number>();
  for (const { title, pageNumber, depth } of entries) {
    if (CAPTION.test(title)) continue;
    for (const key of keysOf(title)) {
      const place = `${pageNumber} ${key}`;
      if (!levels.has(place)) levels.set(place, Math.min(depth, 6));
    }
  }
  return levels;
};

/** An outline often begins below the title of the document: its levels are moved to where most of them stand on the pages. */
const atLevelsOf = (found: Headings, named: ReadonlyMap<TextBlock, number>): Map<TextBlock, number> => {
  const shifts = [...named].flatMap(([block, level]) => {
    const shown = found.get(block)?.level;
    return shown === undefined ? [] : [shown - level];
  });
  const shift = medianOf(shifts);
  return new Map([...named].map(([block, level]) => [block, Math.min(6, Math.max(1, level + shift))]));
};

/** No level left out: titles of a cover, which outlines seldom name, stand at levels of their own. */
const withoutGaps = (headings: Headings): Headings => {
  const levels = [...new Set([...headings.values()].map(({ level }) => level))].toSorted((a, b) => a - b);
  const first = levels[0] ?? 1;
  return new Map(
    [...headings].map(([block, heading]) => [block, { ...heading, level: first + levels.indexOf(heading.level) }]),
  );
};

export const withOutlineHeadings = (
  found: Headings,
  blocks: readonly LayoutBlock[],
  outline: readonly OutlineEntry[],
): Headings => {
  if (outline.length === 0) return found;
  const levels = levelsBy(outline);
  const named = blocks.flatMap((block): [TextBlock, number][] => {
    if (block.kind !== 'text' || block.lines.length > 4) return [];
    const level = keysOf(textOf(block))
      .map((key) => levels.get(`${block.pageNumber} ${key}`))
      .find((one) => one !== undefined);
    return level === undefined ? [] : [[block, level]];
  });
  const plausible = plausibleNames(blocks, atLevelsOf(found, new Map(named)));
  const headings = withNamed(found, plausible);
  return headings === found ? found : withoutGaps(headings);
};
