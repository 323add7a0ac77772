/** Headings that the file itself names, by its tags or its outline, weighed against those that the page shows. */
import type { Heading } from './headings.ts';
import type { LayoutBlock, TextBlock } from './layout-model.ts';
import { numberDepth, readHeadingNumber } from './markers.ts';
import { lookOf, prominenceOf, textOf } from './text-look.ts';

export type Headings = Map<TextBlock, Heading>;

/** Level of each block that the file names a heading; 0 where it gives none. */
export type NamedLevels = ReadonlyMap<TextBlock, number>;

const MAX_LEVEL = 6;
const MAX_LETTERS = 220;
const MAX_LINES = 4;
/** Longer ones without a number are sentences; */
const MAX_UNNUMBERED = 120;
/** so are those with a full stop. */
const MAX_SENTENCE = 100;
/** Named headings that hold more of the document's letters than this are not headings. */
const MAX_SHARE = 0.35;
/** Share of the named ones that the page must show as headings for the rest to be believed. */
const CONFIRMED = 0.5;
/** So many pairs of numbered headings tell whether levels follow numbers, */
const MIN_PAIRS = 3;
/** and this share of them must. */
const IN_STEP = 0.7;

const isPlausible = (block: TextBlock): boolean => {
  const text = textOf(block);
  return (
    /\p{L}/u.test(text) &&
    text.length <= MAX_LETTERS &&
    block.lines.length <= MAX_LINES &&
    block.marker?.kind !== 'bullet' &&
    !/^\p{Ll}+(?:\s|$)/u.test(text) &&
    !(text.length > MAX_UNNUMBERED && readHeadingNumber(text) === undefined) &&
    !(text.length > MAX_SENTENCE && /[.;]$/.test(text))
  );
};

const numberOf = (block: TextBlock): string | undefined => readHeadingNumber(textOf(block));
export const lookKey = (block: TextBlock): number => prominenceOf(lookOf(block, numberOf(block)));

const lettersIn = (blocks: Iterable<TextBlock>): number => {
  let letters = 0;
  for (const block of blocks) letters += textOf(block).length;
  return letters;
};

/** Those that can be headings; none where so much is named that the names say nothing. */
export const plausibleNames = (blocks: readonly LayoutBlock[], named: NamedLevels): Map<TextBlock, number> => {
  const plausible = new Map([...named].filter(([block]) => isPlausible(block)));
  const texts = blocks.filter((block) => block.kind === 'text');
  return lettersIn(plausible.keys()) > MAX_SHARE * lettersIn(texts) ? new Map() : plausible;
};

/** Whether levels go down where numbers do, and are not one level where the page shows several. */
const areLevelsSound = (named: ReadonlyMap<TextBlock, number>, found: Headings): boolean => {
  if ([...named.values()].some((level) => level === 0)) return false;
  const shown = new Set(
    [...named.keys()].map((block) => found.get(block)?.level).filter((level) => level !== undefined),
  );
  if (new Set(named.values()).size === 1 && shown.size > 1) return false;
  const numbered = [...named].flatMap(([block, level]) => {
    const number = numberOf(block);
    const depth = number === undefined ? undefined : numberDepth(number);
    return depth === undefined ? [] : [{ level, depth }];
  });
  const steps = numbered.slice(1).flatMap(({ level, depth }, index) => {
    const before = numbered[index];
    return before && before.depth !== depth
      ? [Math.sign(level - before.level) === Math.sign(depth - before.depth)]
      : [];
  });
  return steps.length < MIN_PAIRS || steps.filter(Boolean).length >= IN_STEP * steps.length;
};

/** The level that most blocks of this kind have; the higher one of two. */
const mostUsual = <K>(entries: Iterable<readonly [K, number]>): Map<K, number> => {
  const counts = new Map<K, Map<number, number>>();
  for (const [key, level] of entries) {
    const levels = counts.get(key) ?? new Map<number, number>();
    counts.set(key, levels.set(level, (levels.get(level) ?? 0) + 1));
  }
  return new Map(
    [...counts].map(([key, levels]) => [key, [...levels].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 1]),
  );
};

const kindKey = (block: TextBlock): string => {
  const number = numberOf(block);
  return `${lookKey(block)} ${number === undefined ? '-' : (numberDepth(number) ?? '-')}`;
};

/** Share of the headings of one kind that the file must name for the others of this kind to have their level. */
const SPEAKS_FOR_KIND = 0.5;

/** Those of `named` that speak for their kind: an outline that goes no deeper than some level may name one heading of the next, as if it were a higher one. */
const speakers = <K>(
  named: ReadonlyMap<TextBlock, number>,
  found: Headings,
  kindOf: (block: TextBlock) => K,
): Map<TextBlock, number> => {
  const counts = new Map<K, { all: number; named: number }>();
  for (const block of new Set([...found.keys(), ...named.keys()])) {
    const count = counts.get(kindOf(block)) ?? { all: 0, named: 0 };
    count.all += 1;
    if (named.has(block)) count.named += 1;
    counts.set(kindOf(block), count);
  }
  return new Map(
    [...named].filter(([block]) => {
      const count = counts.get(kindOf(block));
      return count !== undefined && count.named >= SPEAKS_FOR_KIND * count.all;
    }),
  );
};

/** Levels from those of the `known` ones that are set and numbered alike, or only set alike; else by `fallback`. */
const levelLike = (
  known: ReadonlyMap<TextBlock, number>,
  fallback: (block: TextBlock) => number | undefined,
): ((block: TextBlock) => number) => {
  const byKind = mostUsual([...known].map(([block, level]) => [kindKey(block), level] as const));
  const byLook = mostUsual([...known].map(([block, level]) => [lookKey(block), level] as const));
  return (block) => byKind.get(kindKey(block)) ?? fallback(block) ?? byLook.get(lookKey(block)) ?? 1;
};

/** The level that the file gives to what the page shows at level `shown`; one below the next higher one that it gives where it gives none, and no deeper than the next lower one. */
const translatedLevel = (shown: number, translated: ReadonlyMap<number, number>): number => {
  const same = translated.get(shown);
  if (same !== undefined) return same;
  const above = Math.max(...[...translated.keys()].filter((level) => level < shown));
  const below = Math.min(...[...translated.keys()].filter((level) => level > shown));
  return Math.min(MAX_LEVEL, (translated.get(above) ?? shown - 1) + 1, translated.get(below) ?? MAX_LEVEL);
};

const toHeading = (block: TextBlock, level: number): Heading => {
  const numbering = numberOf(block);
  return { level, ...(numbering === undefined ? {} : { numbering }) };
};

/** `added` at the levels of what is set and numbered alike, all in reading order. */
export const addedHeadings = (
  known: Headings,
  added: readonly TextBlock[],
  blocks: readonly LayoutBlock[],
): Headings => {
  const levelOf = levelLike(new Map([...known].map(([block, { level }]) => [block, level] as const)), () => undefined);
  const all = new Map([...known, ...added.map((block) => [block, toHeading(block, levelOf(block))] as const)]);
  return new Map(
    blocks.flatMap((block) => {
      const heading = block.kind === 'text' ? all.get(block) : undefined;
      return block.kind === 'text' && heading ? [[block, heading] as const] : [];
    }),
  );
};

/** `named`: plausible ones. Levels are the file's where they are sound, and the page's where they are not. */
export const withNamed = (found: Headings, named: ReadonlyMap<TextBlock, number>): Headings => {
  const confirmed = [...named.keys()].filter((block) => found.has(block)).length;
  if (named.size === 0 || (found.size > 0 && confirmed < CONFIRMED * named.size)) return found;
  const shownLevels = new Map([...found].map(([block, { level }]) => [block, level] as const));
  if (!areLevelsSound(named, found)) {
    const levelOf = levelLike(shownLevels, () => undefined);
    const added = [...named.keys()].filter((block) => !found.has(block));
    return new Map([...found, ...added.map((block) => [block, toHeading(block, levelOf(block))] as const)]);
  }
  const translated = mostUsual(
    [...speakers(named, found, (block) => shownLevels.get(block))].flatMap(([block, level]) => {
      const shown = shownLevels.get(block);
      return shown === undefined ? [] : [[shown, level] as const];
    }),
  );
  const levelOf = levelLike(speakers(named, found, kindKey), (block) => {
    const shown = shownLevels.get(block);
    return shown === undefined ? undefined : translatedLevel(shown, translated);
  });
  return new Map(
    [...new Set([...found.keys(), ...named.keys()])].map((block) => [
      block,
      toHeading(block, named.get(block) ?? levelOf(block)),
    ]),
  );
};
