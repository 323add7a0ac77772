/** How much speaks for a text block being a heading: its look, its number, its place. */
import { contentsEntries, entryKey, isEntry } from './contents-entries.ts';
import type { LayoutBlock, TextBlock } from './layout-model.ts';
import { isKeywordNumber, isListLikeNumber, readHeadingNumber } from './markers.ts';
import { medianOf } from './page-model.ts';
import { lookOf, sizeKey, type TextLook, textOf } from './text-look.ts';

const MAX_HEADING_LETTERS = 220;
const MAX_HEADING_LINES = 4;
/** Of the body's size, headings are shorter. */
const MAX_BODY_SIZE_LETTERS = 140;
const MAX_BODY_SIZE_LINES = 2;
const SHORT_LETTERS = 60;
/** A font this much larger than the body's makes a heading. */
const LARGER_PT = 0.9;
/** No heading is smaller than the body by more; */
const SMALLEST_PT = 1.5;
/** and what is smaller by less, as nobody sees, needs so many marks of a heading. */
const MARKS_OF_SMALLER = 2;

const CAPTION = /^(?:Figure|Fig\.|Table|Chart|Exhibit)\s+\d[\d.-]*\s*[.:–—-]\s*\S/;
const ADDRESS = /\bhttps?:|\bwww\.|\S@\S+\.\S/i;
/** A label, and behind it a figure: "Solicitation No.: 27-014", "Due: 3 May". */
const FIGURE_BEHIND_LABEL = /^\P{N}{2,40}:\s+[$€£#]?\d/u;
/** "From: the harbour office": alone it may be a title. */
const LABELLED = /^\P{N}{2,30}:\s+\S/u;
/** An arrow, a sign of arithmetic, an ornament. */
const SIGN_FIRST = /^(?:\p{Sm}|\p{So}|=)/u;
/** A clause's title has its month behind it, in the Federal Acquisition Regulation and what follows it; in a list of clauses it has its number before it. */
const CLAUSE_TITLE = /^\P{N}+\((?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\.? \d{4}\)\.?$/u;
/** What a whole sentence has and a title seldom does. */
const FINITE_VERB = /\s(?:shall|must|will|is|are|was|were|has|have|may|can|should)\s/i;

export interface DocumentFonts {
  bodySize: number;
  /** Usual distance between two paragraphs. */
  paragraphGap: number;
  /** How most of the text is set: that alone makes no heading. */
  body: Pick<TextLook, 'bold' | 'italic' | 'capitals' | 'coloured'>;
}

const isMost = (share: number, all: number): boolean => share > all / 2;

export const fontsOf = (blocks: readonly TextBlock[]): DocumentFonts => {
  const letters = new Map<number, number>();
  const counts = { bold: 0, italic: 0, capitals: 0, coloured: 0 };
  let all = 0;
  for (const { lines } of blocks)
    for (const { size, text, bold, italic, coloured } of lines) {
      const { length } = text;
      letters.set(sizeKey(size), (letters.get(sizeKey(size)) ?? 0) + length);
      all += length;
      if (bold) counts.bold += length;
      if (italic) counts.italic += length;
      if (coloured) counts.coloured += length;
      if (!/\p{Ll}/u.test(text)) counts.capitals += length;
    }
  const bodySize = [...letters].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0;
  const isBody = (block: TextBlock | undefined): boolean => {
    const line = block?.lines[0];
    return line !== undefined && !block?.marker && Math.abs(line.size - bodySize) < 0.6 && !line.bold;
  };
  const gaps = blocks.flatMap((block, index) => {
    const { gapAbove } = block;
    return gapAbove !== undefined && gapAbove > 0 && isBody(block) && isBody(blocks[index - 1]) ? [gapAbove] : [];
  });
  return {
    bodySize,
    paragraphGap: medianOf(gaps),
    body: {
      bold: isMost(counts.bold, all),
      italic: isMost(counts.italic, all),
      capitals: isMost(counts.capitals, all),
      coloured: isMost(counts.coloured, all),
    },
  };
};

/** Set apart from what stands above it more than paragraphs are, or bound to what follows. */
const isSetApart = ({ gapAbove, gapBelow, lines }: TextBlock, { paragraphGap }: DocumentFonts): boolean => {
  const size = lines[0]?.size ?? 0;
  if (gapAbove === undefined) return gapBelow !== undefined && gapBelow < paragraphGap - 0.15 * size;
  if (gapAbove > paragraphGap + 0.25 * size) return true;
  return gapBelow !== undefined && gapAbove > gapBelow + 0.25 * size;
};

/** Nothing of this shape is a heading, however it is set. */
const mayBeHeading = ({ lines, marker }: TextBlock, text: string): boolean =>
  text.length <= MAX_HEADING_LETTERS &&
  lines.length <= MAX_HEADING_LINES &&
  /\p{L}{2}|^\p{L}\b/u.test(text) &&
  !/\.{4,}|(?:\.\s){4,}|_{3,}/.test(text) &&
  !lines.some(({ isFormValue }) => isFormValue) &&
  marker?.kind !== 'bullet' &&
  !CAPTION.test(text) &&
  !SIGN_FIRST.test(text) &&
  !ADDRESS.test(text);

/** A numbered title may end with a full stop, as a sentence does. */
const endsLikeText = (text: string, number: string | undefined, look: TextLook): boolean => {
  if (!/[.;,]["”’)]?$/.test(text) || text === number) return false;
  if (number === undefined) return !(look.capitals && CLAUSE_TITLE.test(text));
  const isTitle = (look.bold || look.underlined) && !isListLikeNumber(number) && !FINITE_VERB.test(text);
  return !look.capitals && !(isTitle && text.endsWith('.'));
};

export interface Scored {
  block: TextBlock;
  look: TextLook;
  numbering: string | undefined;
  /** Larger than the body's font: a heading whatever else it is. */
  isLarger: boolean;
  /** 0 for what cannot be a heading. */
  score: number;
  setApart: boolean;
  /** An entry of a table of contents. */
  isEntry: boolean;
}

/** Text in a larger font than the rest: the words on a poster, or what leads into an article. */
const isLargeText = ({ lines }: TextBlock, text: string, number: string | undefined, look: TextLook): boolean =>
  number === undefined && !look.bold && /[.;,]["”’)]?$/.test(text) && (lines.length > 1 || FINITE_VERB.test(text));

/** Lines of labels and what belongs to them: the head of a letter or of a memorandum. */
const isAmidLabels = (text: string, neighbours: readonly (LayoutBlock | undefined)[]): boolean =>
  LABELLED.test(text) && neighbours.some((one) => one?.kind === 'text' && LABELLED.test(textOf(one)));

/** Set apart from the body by more than one mark, though it is smaller. */
const isMarkedSmaller = (look: TextLook, { body }: DocumentFonts): boolean => {
  const marks = [
    look.bold && !body.bold,
    look.underlined,
    look.coloured && !body.coloured,
    look.capitals && !body.capitals,
  ];
  return marks.filter(Boolean).length >= MARKS_OF_SMALLER;
};

const lookScore = (look: TextLook, { body }: DocumentFonts): number => {
  let score = 0;
  if (look.bold && !body.bold) score += 2;
  if (look.underlined) score += 2;
  if (look.coloured && !body.coloured) score += 2;
  if (look.capitals && !body.capitals) score += 1.5;
  if (look.italic && !body.italic) score += 1;
  return score;
};

const numberScore = (number: string | undefined, look: TextLook): number => {
  if (number === undefined) return 0;
  if (isKeywordNumber(number)) return look.capitals || /^\p{Lu}{3}/u.test(number) ? 2.5 : 1.5;
  return isListLikeNumber(number) ? 0.5 : 2;
};

const shapeScore = (text: string, { lines }: TextBlock, look: TextLook): number => {
  let score = lines.length === 1 && text.length <= SHORT_LETTERS ? 0.5 : 0;
  if (look.centred) score += 0.5;
  if (look.capitals && CLAUSE_TITLE.test(text)) score += 1.5;
  if (/:$/.test(text)) score -= 1.25;
  if (FIGURE_BEHIND_LABEL.test(text)) score -= 2;
  if (!look.bold && FINITE_VERB.test(text)) score -= 1.5;
  if (/^(?:\p{Ll}(?!\p{Ll}*\p{Lu})|[(“"‘[*])/u.test(text)) score -= 2;
  return score;
};

/** `previous`, `next`: what stands before and behind it in reading order. */
const scoreOf = (
  block: TextBlock,
  previous: LayoutBlock | undefined,
  next: LayoutBlock | undefined,
  fonts: DocumentFonts,
  entries: ReadonlySet<string>,
): Scored => {
  const text = textOf(block);
  const numbering = readHeadingNumber(text);
  const look = lookOf(block, numbering);
  const setApart = isSetApart(block, fonts);
  const scored: Scored = { block, look, numbering, isLarger: false, score: 0, setApart, isEntry: isEntry(text) };
  const size = block.lines[0]?.size ?? 0;
  if (!mayBeHeading(block, text)) return scored;
  if (size >= fonts.bodySize + LARGER_PT)
    return isLargeText(block, text, numbering, look) ? scored : { ...scored, isLarger: true, score: 10 };
  if (
    size < fonts.bodySize - SMALLEST_PT ||
    (size < fonts.bodySize - LARGER_PT && !isMarkedSmaller(look, fonts)) ||
    block.lines.length > MAX_BODY_SIZE_LINES ||
    text.length > MAX_BODY_SIZE_LETTERS ||
    block.lines.some(({ isSpread }) => isSpread) ||
    endsLikeText(text, numbering, look)
  )
    return scored;
  const byLook = lookScore(look, fonts);
  const byNumber = numberScore(numbering, look) + (entries.has(entryKey(text)) ? 2 : 0);
  if (byLook + byNumber === 0) return scored;
  if (next?.kind === 'text' && (isCounted(numbering, next) || isRestOf(block, next))) return scored;
  const goesOn = next !== undefined && isContent(look, next) ? 0.5 : -0.5;
  const amidLabels = isAmidLabels(text, [previous, next]) ? -2 : 0;
  const score = byLook + byNumber + shapeScore(text, block, look) + (setApart ? 1.5 : 0) + goesOn + amidLabels;
  const shown = { ...look, size: Math.max(look.size, fonts.bodySize) };
  return { ...scored, look: shown, score: Math.max(0, score) };
};

/** All text blocks, in reading order. */
export const scoreAll = (blocks: readonly LayoutBlock[]): Scored[] => {
  const fonts = fontsOf(blocks.filter((block) => block.kind === 'text'));
  const entries = contentsEntries(blocks);
  return blocks.flatMap((block, index) =>
    block.kind === 'text' ? [scoreOf(block, blocks[index - 1], blocks[index + 1], fonts, entries)] : [],
  );
};

/** "1." right above "2.": items of a list, however they are set. */
const isCounted = (number: string | undefined, next: TextBlock): boolean => {
  const following = readHeadingNumber(textOf(next));
  if (number === undefined || following === undefined || !isListLikeNumber(number)) return false;
  return Number.parseInt(following, 10) === Number.parseInt(number, 10) + 1;
};

/** The sentence goes on in another weight. */
const isRestOf = ({ gapBelow }: TextBlock, next: TextBlock): boolean =>
  gapBelow !== undefined && gapBelow < 0.2 * (next.lines[0]?.size ?? 0) && /^\p{Ll}/u.test(textOf(next));

/** What a heading can stand over: another look, or running text. */
const isContent = (look: TextLook, next: LayoutBlock): boolean => {
  if (next.kind !== 'text' || next.lines.length > 1 || /[.:;]$/.test(textOf(next))) return true;
  const other = lookOf(next, readHeadingNumber(textOf(next)));
  return !(
    other.size === look.size &&
    other.bold === look.bold &&
    other.underlined === look.underlined &&
    other.italic === look.italic &&
    other.capitals === look.capitals
  );
};
