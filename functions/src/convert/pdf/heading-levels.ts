/** Levels of headings: the more a font stands out the higher, and numbers of one depth on one level throughout the document. */
import { isKeywordNumber, isListLikeNumber, numberDepth } from './markers.ts';
import { prominenceOf, type TextLook } from './text-look.ts';

const MAX_LEVEL = 6;

export interface NumberedLook {
  look: TextLook;
  numbering: string | undefined;
  pageNumber: number;
}

/** Words that divide a document, from its largest parts to its smaller ones. */
const KEYWORD_RANK: Readonly<Record<string, number>> = { volume: 0, part: 1, chapter: 2 };
const SECTION_RANK = 3;

/** What kind of number it is. Numbers of one kind and one depth share a level; the kinds of one family grow from the same root. */
const kindOf = (number: string): { family: string; depth: number } => {
  if (isKeywordNumber(number)) {
    const word = /^\p{L}+/u.exec(number)?.[0].toLowerCase() ?? '';
    const rank = KEYWORD_RANK[word] ?? SECTION_RANK;
    return { family: rank === SECTION_RANK ? 'section' : word, depth: numberDepth(number) };
  }
  if (/^[IVXLC]+\.$/.test(number) && !/^[CDL]\.$/.test(number)) return { family: 'roman', depth: 1 };
  if (/^[A-Z]\.$/.test(number)) return { family: 'letter', depth: 1 };
  if (isListLikeNumber(number)) return { family: 'figure', depth: 1 };
  return { family: /^[A-Z]/.test(number) ? 'section' : 'decimal', depth: numberDepth(number) };
};

const keyOf = (number: string): string => {
  const { family, depth } = kindOf(number);
  return `${family} ${depth}`;
};

/** Sizes so far apart, in points, are two levels whatever their numbers say. */
const OTHER_SIZE_PT = 1.5;

/** "1." above "1.1": where a document has both, they count as one family. */
const unified = (numbers: readonly string[]): ((number: string) => string) => {
  const keys = new Set(numbers.map(keyOf));
  const isOutline = keys.has('roman 1') || keys.has('letter 1');
  return (number) => {
    const key = keyOf(number);
    return key === 'figure 1' && !isOutline ? 'decimal 1' : key;
  };
};

const depthIn = (key: string): number => Number(key.split(' ')[1]);

interface FontClass {
  look: TextLook;
  members: NumberedLook[];
}

const classKey = (look: TextLook): string => String(prominenceOf(look));

/** What tells higher headings from lower ones wherever they stand; italics are used either way. */
const rankOf = (look: TextLook): number => prominenceOf({ ...look, italic: false });

/** Classes of one look, from the most to the least prominent; of two that only italics tell apart, the one that comes first is higher. */
const classesOf = (headings: readonly NumberedLook[]): FontClass[] => {
  const classes = new Map<string, FontClass>();
  for (const heading of headings) {
    const key = classKey(heading.look);
    const known = classes.get(key);
    if (known) known.members.push(heading);
    else classes.set(key, { look: heading.look, members: [heading] });
  }
  return [...classes.values()].toSorted((a, b) => rankOf(b.look) - rankOf(a.look));
};

/** "Attachment A" and the like: titles without numbers in the same look stand below them. */
const isKeywordOnly = (key: string, members: readonly NumberedLook[], unify: (number: string) => string): boolean =>
  members.every(({ numbering }) => numbering === undefined || unify(numbering) !== key || isKeywordNumber(numbering));

/** Share of all numbers of a kind, and of a class, up to which a number is there by an oversight: it has the level of its class. */
const STRAY = 0.25;

type CountOf = (key: string, among?: readonly NumberedLook[]) => number;

/** `alike`: headings of about the size of `members`, which share their levels. */
const isStray = (key: string, members: readonly NumberedLook[], alike: readonly NumberedLook[], countOf: CountOf) =>
  countOf(key, alike) <= STRAY * countOf(key) && countOf(key, members) <= STRAY * members.length;

const familyOf = (key: string): string => key.split(' ')[0] ?? '';

/** The kinds of numbers of a class, from the highest to the lowest level: those of the family that most of them have, and before them what comes first. */
const levelKeys = (keys: readonly string[], countOf: (key: string) => number): string[] => {
  const count = (family: string): number =>
    keys.reduce((sum, key) => (familyOf(key) === family ? sum + countOf(key) : sum), 0);
  const main = [...new Set(keys.map(familyOf))].toSorted((a, b) => count(b) - count(a))[0];
  const from = keys.findIndex((key) => familyOf(key) === main);
  const own = keys.filter((key, index) => index < from || familyOf(key) === main);
  return own.toSorted((a, b) => depthIn(a) - depthIn(b));
};

/** A title at the very beginning, set like nothing else in the document and no smaller than anything, stands above all. */
const hasTitle = (headings: readonly NumberedLook[]): boolean => {
  const [title, ...others] = headings;
  if (!title || title.numbering !== undefined || others.length < 2) return false;
  return others.every(({ look }) => look.size <= title.look.size && classKey(look) !== classKey(title.look));
};

/** How many headings stand on a cover: at the beginning, alone on their page, without numbers, and set like nothing behind them. */
const coverLength = (headings: readonly NumberedLook[]): number => {
  const first = headings[0]?.pageNumber;
  const length = headings.findIndex(({ pageNumber }) => pageNumber !== first);
  const [cover, body] = [headings.slice(0, Math.max(0, length)), headings.slice(Math.max(0, length))];
  const looks = new Set(body.map(({ look }) => classKey(look)));
  return cover.every(({ numbering, look }) => numbering === undefined && !looks.has(classKey(look))) ? cover.length : 0;
};

const levelsBelow = (headings: readonly NumberedLook[]): number[] =>
  levelsWithin(headings).map((level) => Math.min(MAX_LEVEL, level + 1));

/** A level for each heading, in the same order. However many looks a cover has, what stands behind it begins at the second level. */
export const levelsOf = (headings: readonly NumberedLook[]): number[] => {
  const length = coverLength(headings);
  if (length > 0 && headings.length - length > 1) {
    const cover = levelsWithin(headings.slice(0, length)).map((level) => Math.min(2, level));
    return [...cover, ...levelsBelow(headings.slice(length))];
  }
  return hasTitle(headings) ? [1, ...levelsBelow(headings.slice(1))] : levelsWithin(headings);
};

const levelsWithin = (headings: readonly NumberedLook[]): number[] => {
  const unify = unified(headings.flatMap(({ numbering }) => numbering ?? []));
  const countOf: CountOf = (key, among = headings) =>
    among.filter(({ numbering }) => numbering !== undefined && unify(numbering) === key).length;
  const byNumber = new Map<string, { level: number; size: number }>();
  const byLookAndNumber = new Map<string, number>();
  const byClass = new Map<string, number>();
  let deepest = 0;
  for (const { look, members } of classesOf(headings)) {
    const alike = headings.filter((one) => Math.abs(one.look.size - look.size) < OTHER_SIZE_PT);
    const all = [...new Set(members.flatMap(({ numbering }) => (numbering === undefined ? [] : unify(numbering))))];
    const sound = all.filter((key) => !isStray(key, members, alike, countOf));
    const keys = levelKeys(sound, (key) => countOf(key, members));
    let isNew = false;
    for (const key of keys) {
      const known = byNumber.get(key);
      if (known && known.size - look.size < OTHER_SIZE_PT) continue;
      deepest += 1;
      isNew = true;
      byNumber.set(key, { level: deepest, size: look.size });
    }
    const levelOf = (key: string): number | undefined =>
      (byNumber.get(key) ?? byNumber.get(keys.find((other) => depthIn(other) >= depthIn(key)) ?? ''))?.level;
    for (const key of sound) byLookAndNumber.set(`${classKey(look)} ${key}`, levelOf(key) ?? deepest);
    const titled = keys.filter((key) => !isKeywordOnly(key, members, unify));
    const usual = titled.toSorted((a, b) => countOf(b, members) - countOf(a, members) || depthIn(b) - depthIn(a))[0];
    const like = isNew ? titled[0] : usual;
    if (like !== undefined) byClass.set(classKey(look), levelOf(like) ?? deepest);
    else if (members.some(({ numbering }) => numbering === undefined) || keys.length === 0) {
      deepest += 1;
      byClass.set(classKey(look), deepest);
    }
  }
  return headings.map(({ look, numbering }) => {
    const ofClass = byClass.get(classKey(look));
    const ofNumber = numbering === undefined ? undefined : byLookAndNumber.get(`${classKey(look)} ${unify(numbering)}`);
    return Math.min(MAX_LEVEL, ofNumber ?? ofClass ?? 1);
  });
};
