/** Which text blocks are headings, and at what level: by the fonts of the whole document and by numbers such as C.3.1. */
import type { LayoutBlock, TextBlock } from './layout-model.ts';
import { numberDepth, readHeadingNumber } from './markers.ts';
import { medianOf } from './page-model.ts';

const MAX_HEADING_LETTERS = 220;
const MAX_HEADING_LINES = 4;
const MAX_PLAIN_LETTERS = 95;
/** Such numbers introduce list items as often as headings. */
const LIST_LIKE_NUMBER = /^(?:\d{1,3}\.|[A-Z]\.|[IVXLC]+\.)$/;
/** A font this much larger than the body's makes a heading. */
const LARGER_PT = 0.9;
const MAX_LEVEL = 6;

const KEYWORD =
  /^(?:SECTION|PART|ARTICLE|ATTACHMENT|APPENDIX|EXHIBIT|ANNEX|VOLUME|CHAPTER)\s+(?:[A-Z]|[IVXLC]+|\d+)(?:\b|$)/;

export interface Heading {
  level: number;
  numbering?: string;
}

interface FontStatistics {
  bodySize: number;
  /** Usual distance between two paragraphs. */
  paragraphGap: number;
  bodyIsBold: boolean;
}

const textOf = ({ lines }: TextBlock): string => lines.map(({ text }) => text).join(' ');

const sizeKey = (size: number): number => Math.round(size * 2) / 2;

const statisticsOf = (blocks: readonly TextBlock[]): FontStatistics => {
  const letters = new Map<number, number>();
  let bold = 0;
  let all = 0;
  for (const { lines } of blocks)
    for (const line of lines) {
      letters.set(sizeKey(line.size), (letters.get(sizeKey(line.size)) ?? 0) + line.text.length);
      all += line.text.length;
      if (line.bold) bold += line.text.length;
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
  return { bodySize, paragraphGap: medianOf(gaps), bodyIsBold: bold > all / 2 };
};

const isAllCaps = (text: string): boolean => /\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text);

/** Set apart from what stands above it more than paragraphs are, or bound to what follows. */
const isSetApart = ({ gapAbove, gapBelow, lines }: TextBlock, { paragraphGap }: FontStatistics): boolean => {
  const size = lines[0]?.size ?? 0;
  if (gapAbove === undefined) return gapBelow !== undefined && gapBelow < paragraphGap - 0.15 * size;
  if (gapAbove > paragraphGap + 0.25 * size) return true;
  return gapBelow !== undefined && gapAbove > gapBelow + 0.25 * size;
};

/** Why the block is a heading: by its size, its weight, or only its number or keyword; undefined when it is none. */
type Ground = 'size' | 'bold' | 'number' | undefined;

const groundOf = (block: TextBlock, statistics: FontStatistics): Ground => {
  const text = textOf(block);
  const [first] = block.lines;
  if (!first || !mayBeHeading(block, text)) return undefined;
  if (first.size >= statistics.bodySize + LARGER_PT) return 'size';
  if (first.size < statistics.bodySize - LARGER_PT || block.lines.length > 2) return undefined;
  const number = readHeadingNumber(text);
  const endsLikeText = /[.;,]$/.test(text) && !/^\S+\.$/.test(text) && !(number && isAllCaps(text));
  const bold = block.lines.every((line) => line.bold) && !statistics.bodyIsBold;
  if (bold && !endsLikeText) {
    if (number && !LIST_LIKE_NUMBER.test(number)) return 'bold';
    if (KEYWORD.test(text) || isSetApart(block, statistics)) return 'bold';
  }
  return block.lines.length === 1 && !endsLikeText ? groundOfPlain(text, number) : undefined;
};

/** A line in the body's own font is a heading only if it is in capitals and says so by a keyword or a number. */
const groundOfPlain = (text: string, number: string | undefined): Ground => {
  if (!isAllCaps(text) || text.length >= MAX_PLAIN_LETTERS) return undefined;
  const isNumbered = number !== undefined && /\p{Lu}{4}/u.test(text) && numberDepth(number) !== undefined;
  return KEYWORD.test(text) || isNumbered ? 'number' : undefined;
};

const mayBeHeading = ({ lines, marker }: TextBlock, text: string): boolean =>
  text.length <= MAX_HEADING_LETTERS &&
  lines.length <= MAX_HEADING_LINES &&
  /\p{L}/u.test(text) &&
  !/\.{4,}|(?:\.\s){4,}/.test(text) &&
  marker?.kind !== 'bullet';

interface Candidate {
  block: TextBlock;
  ground: Ground;
  size: number;
  bold: boolean;
  depth: number | undefined;
  numbering: string | undefined;
}

/** Fonts from the most to the least prominent. */
const classKey = ({ size, bold, ground }: Candidate): string =>
  `${ground === 'number' ? 0 : sizeKey(size)} ${bold ? 1 : 0}`;

const levelsByFont = (candidates: readonly Candidate[]): Map<string, number> => {
  const keys = [...new Set(candidates.map(classKey))].toSorted((a, b) => {
    const [sizeA = 0, boldA = 0] = a.split(' ').map(Number);
    const [sizeB = 0, boldB = 0] = b.split(' ').map(Number);
    return sizeB - sizeA || boldB - boldA;
  });
  return new Map(keys.map((key, index) => [key, index + 1]));
};

/** Headings by block. Numbers that differ in depth within one font differ in level. */
export const findHeadings = (blocks: readonly LayoutBlock[]): Map<TextBlock, Heading> => {
  const texts = blocks.filter((block) => block.kind === 'text');
  const statistics = statisticsOf(texts);
  const candidates = texts.flatMap((block): Candidate[] => {
    const ground = groundOf(block, statistics);
    if (!ground) return [];
    const numbering = readHeadingNumber(textOf(block));
    const [first] = block.lines;
    const depth = numbering === undefined ? undefined : numberDepth(numbering);
    return [{ block, ground, size: first?.size ?? 0, bold: first?.bold ?? false, depth, numbering }];
  });
  const levels = levelsByFont(candidates);
  const depths = new Map<string, number[]>();
  for (const candidate of candidates)
    if (candidate.depth !== undefined) {
      const key = classKey(candidate);
      depths.set(key, [...(depths.get(key) ?? []), candidate.depth]);
    }
  return new Map(
    candidates.map((candidate) => {
      const key = classKey(candidate);
      const inClass = depths.get(key) ?? [];
      const shallowest = inClass.length > 0 ? Math.min(...inClass) : 0;
      const depth = candidate.depth ?? (inClass.length > 0 ? medianOf(inClass) : 0);
      const level = Math.min(MAX_LEVEL, (levels.get(key) ?? 1) + depth - shallowest);
      return [
        candidate.block,
        { level, ...(candidate.numbering === undefined ? {} : { numbering: candidate.numbering }) },
      ];
    }),
  );
};
