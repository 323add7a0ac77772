/** Headings of documents that were written without heading styles: short lines, bold or underlined from end to end. */
import type { PhrasingContent, RootContent } from 'mdast';
import type { XmlElement } from '../ooxml/xml.ts';
import { child, childValue, descendants, textOf, toggle } from '../ooxml/xml.ts';
import { heading } from './headings.ts';
import type { DocxReading, TitleLook } from './reading.ts';
import { readLook } from './run-look.ts';
import type { Style } from './styles.ts';

/** So many lines in a row are a title page or a letterhead. */
const MOST_IN_A_ROW = 3;
/** Headings are a part of a document only. */
const LARGEST_SHARE = 0.4;
const LEAST_HEADINGS = 2;
const DEEPEST = 4;

/** Undefined if some of the paragraph is neither bold nor underlined. */
export const titleLook = (
  reading: DocxReading,
  paragraph: XmlElement,
  style: Style | undefined,
): TitleLook | undefined => {
  let halfPoints = 0;
  const runs = descendants(paragraph, 'w:r').filter((run) => textOf(run).trim() !== '');
  for (const run of runs) {
    const properties = child(run, 'w:rPr');
    const named = reading.styles.get(childValue(properties, 'w:rStyle'));
    const isBold = toggle(properties, 'w:b') ?? named?.bold ?? style?.bold ?? false;
    const isUnderlined = toggle(properties, 'w:u') ?? false;
    if (!isBold && !isUnderlined) return undefined;
    const look = { ...style?.look, ...named?.look, ...readLook(properties) };
    halfPoints = Math.max(halfPoints, look.halfPoints ?? reading.styles.halfPoints);
  }
  return runs.length === 0 ? undefined : { halfPoints };
};

interface Candidate {
  at: number;
  numbering: string;
  children: PhrasingContent[];
  text: string;
  rank: number;
}

/** `blocks` as they are if the document marks its headings; else with the lines that look like headings as such. */
export const headUnmarked = (
  blocks: readonly RootContent[],
  looks: ReadonlyMap<RootContent, TitleLook>,
): RootContent[] => {
  const marked = blocks.filter(({ type }) => type === 'heading').length;
  if (marked > 1) return [...blocks];
  const found = candidatesIn(blocks, looks);
  if (found.length < LEAST_HEADINGS || found.length > blocks.length * LARGEST_SHARE) return [...blocks];
  const ranks = [...new Set(found.map(({ rank }) => rank))].sort((a, b) => b - a);
  const headed = [...blocks];
  for (const { at, numbering, children, rank, text } of found) {
    const parts =
      /^\d+(?:\.\d+)*/
        .exec(numbering || text)?.[0]
        .split('.')
        .filter(Boolean).length ?? 0;
    const depth = Math.min(DEEPEST, Math.max(ranks.indexOf(rank) + 1, parts) + marked);
    headed[at] = heading(depth as 1, numbering === '' ? undefined : { text: numbering, isBullet: false }, children);
  }
  return headed;
};

const candidatesIn = (blocks: readonly RootContent[], looks: ReadonlyMap<RootContent, TitleLook>): Candidate[] => {
  const rows: Candidate[][] = [[]];
  blocks.forEach((block, at) => {
    const look = looks.get(block);
    const candidate = look && toCandidate(block, at, look);
    if (candidate) rows.at(-1)?.push(candidate);
    else rows.push([]);
  });
  // Nothing follows the last line of a document, so it heads nothing.
  return rows.filter((row) => row.length <= MOST_IN_A_ROW && row.at(-1)?.at !== blocks.length - 1).flat();
};

const toCandidate = (block: RootContent, at: number, { halfPoints }: TitleLook): Candidate | undefined => {
  const item = block.type === 'list' && block.children.length === 1 ? block.children[0] : undefined;
  const numbering = item?.data?.provenance?.numbering ?? '';
  const paragraph = item ? (item.children.length === 1 && numbering !== '' ? item.children[0] : undefined) : block;
  if (paragraph?.type !== 'paragraph' || paragraph.data?.provenance?.blockKind) return undefined;
  const text = plain(paragraph.children).trim();
  // A line that ends like a sentence, or leads into what follows it, is none.
  if (!/\p{L}{2}/u.test(text) || /[.,;:]$/.test(text)) return undefined;
  const isCapitals = text === text.toUpperCase() && text !== text.toLowerCase();
  return { at, numbering, children: paragraph.children, text, rank: halfPoints * 2 + (isCapitals ? 1 : 0) };
};

const plain = (children: readonly PhrasingContent[]): string =>
  children.map((node) => ('children' in node ? plain(node.children) : 'value' in node ? node.value : ' ')).join('');
