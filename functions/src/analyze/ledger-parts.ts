/** The parts in which the ledger shows a document: its pages, or the top-level sections of one without pages. */
import type { LedgerEntry } from '../contracts/analysis.ts';
import { blockKey, type ContextIndex } from './context-index.ts';
import type { DocumentIndex } from './document-index.ts';
import { isLeaf } from './sentences.ts';
import { pageOfBlock } from './source-ref.ts';

export interface DocumentPart {
  /** Null: a section. */
  pageNumber: number | null;
  label: string;
  charStart: number;
  charEnd: number;
  hasText: boolean;
  needsOcr: boolean;
}

export interface DocumentParts {
  /** In order, one at least unless the document says it has pages and has none. */
  parts: readonly DocumentPart[];
  /** Position in `parts` of a sentence or running line. */
  partOf(entry: LedgerEntry): number;
}

/** `start`: where it begins; null when nothing of it is in the Markdown. */
type Draft = Omit<DocumentPart, 'charStart' | 'charEnd'> & { start: number | null };

/** Ranges that follow one another from 0 to `end`, whatever order the text came in. */
const withRanges = (drafts: readonly Draft[], end: number): DocumentPart[] => {
  const parts: DocumentPart[] = [];
  let next = end;
  for (const [at, { start, ...draft }] of [...drafts.entries()].reverse()) {
    const charStart = at === 0 ? 0 : Math.min(start ?? next, next);
    parts.unshift({ ...draft, charStart, charEnd: next });
    next = charStart;
  }
  return parts;
};

const partsFrom = (
  index: DocumentIndex,
  drafts: readonly Draft[],
  known: (entry: LedgerEntry) => number | undefined,
): DocumentParts => {
  const parts = withRanges(drafts, index.document.markdown.length);
  const partAt = (offset: number): number =>
    Math.max(
      0,
      parts.findLastIndex(({ charStart }) => charStart <= offset),
    );
  return {
    parts,
    partOf: (entry) => known(entry) ?? partAt(entry.charStart ?? index.anchorOf.get(entry.blockId) ?? 0),
  };
};

/** Physical page → where its text begins. */
const pageStarts = ({ document }: DocumentIndex): ReadonlyMap<number, number> => {
  const starts = new Map<number, number>();
  const note = (pageNumber: number, charStart: number): void => {
    starts.set(pageNumber, Math.min(charStart, starts.get(pageNumber) ?? charStart));
  };
  for (const { pageNumber, charStart, pageBreaks = [] } of document.blocks) {
    if (pageNumber !== undefined && charStart !== null) note(pageNumber, charStart);
    for (const each of pageBreaks) note(each.pageNumber, each.charStart);
  }
  return starts;
};

const pagesOf = (index: DocumentIndex): DocumentParts => {
  const { pages, pagesNeedingOcr } = index.document;
  const starts = pageStarts(index);
  const drafts = pages.map(({ pageNumber, pageLabel, source }) => {
    const needsOcr = pagesNeedingOcr.includes(pageNumber);
    return {
      pageNumber,
      label: pageLabel ?? String(pageNumber),
      start: starts.get(pageNumber) ?? null,
      hasText: source !== 'none' && !needsOcr,
      needsOcr,
    };
  });
  const position = new Map(pages.map(({ pageNumber }, at) => [pageNumber, at]));
  return partsFrom(index, drafts, ({ blockId, charStart }) =>
    position.get(pageOfBlock(blockId, index, charStart) ?? Number.NaN),
  );
};

/** The level of the chapters: a title alone at the top is none, so it is the uppermost level that has two. */
const topLevel = (levels: readonly number[]): number => {
  const headed = levels.filter((level) => level > 0);
  const repeated = headed.filter((level) => headed.indexOf(level) !== headed.lastIndexOf(level));
  return Math.min(...(repeated.length > 0 ? repeated : headed));
};

const headingOf = ({ number, heading }: { number: string; heading: string }): string =>
  heading.startsWith(number) ? heading : `${number} ${heading}`.trim();

const sectionsOf = (index: DocumentIndex, context: ContextIndex): DocumentParts => {
  const { documentId } = index.document;
  const sections = context.context.sections.filter((section) => section.documentId === documentId);
  const top = topLevel(sections.map(({ level }) => level));
  const drafts: Draft[] = [];
  const partOfSection = new Map<string, number>();
  for (const section of sections) {
    const blocks = section.blockIds.flatMap((blockId) => index.blockById.get(blockId) ?? []);
    if (drafts.length === 0 || section.level <= top) {
      // Running heads that stand before the first heading go with what it heads.
      if (drafts[0]?.start === null) drafts.pop();
      const start = blocks.find(({ charStart }) => charStart !== null)?.charStart ?? null;
      drafts.push({ pageNumber: null, label: headingOf(section), start, hasText: false, needsOcr: false });
    }
    const current = drafts.at(-1);
    if (current && blocks.some((block) => isLeaf(block) && block.text !== '')) current.hasText = true;
    partOfSection.set(section.sectionId, drafts.length - 1);
  }
  if (drafts.length === 0) drafts.push({ pageNumber: null, label: '', start: 0, hasText: false, needsOcr: false });
  return partsFrom(index, drafts, ({ blockId }) =>
    partOfSection.get(context.sectionOf.get(blockKey(documentId, blockId))?.sectionId ?? ''),
  );
};

export const partsOfDocument = (index: DocumentIndex, context: ContextIndex): DocumentParts =>
  index.document.pageBasis === 'none' || index.document.pages.length === 0
    ? sectionsOf(index, context)
    : pagesOf(index);
