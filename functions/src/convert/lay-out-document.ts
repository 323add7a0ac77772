/** The way from pages to a tree: the same for text that a PDF holds, text that was recognised, and both in one document. */
import type { Root } from 'mdast';
import type { OcrPage } from '../contracts/ocr.ts';
import { matchFonts } from './document-ai/match-fonts.ts';
import { runningLinesOf } from './document-ai/page-content.ts';
import { placeTables } from './document-ai/place-tables.ts';
import { takeFootnotes } from './pdf/footnotes.ts';
import type { FurnitureResult } from './pdf/furniture.ts';
import { joinFlows } from './pdf/join-flows.ts';
import { collectVocabulary } from './pdf/join-lines.ts';
import { layoutPages } from './pdf/layout-page.ts';
import type { OutlineEntry } from './pdf/outline.ts';
import { toMdast } from './pdf/to-mdast.ts';
import type { RunningLine } from './source-tree.ts';

/** `recognised`: those of the pages that were, for their tables and their running lines. */
export const layOutDocument = (
  { pages, runningLines }: FurnitureResult,
  recognised: readonly OcrPage[] = [],
  outline: readonly OutlineEntry[] = [],
): { root: Root; runningLines: RunningLine[] } => {
  const vocabulary = collectVocabulary(pages.flatMap(({ segments }) => segments.map(({ text }) => text)));
  const { flows, notes } = takeFootnotes(placeTables(layoutPages(pages), recognised));
  const joined = joinFlows(matchFonts(flows, new Set(recognised.map(({ pageNumber }) => pageNumber))));
  return {
    root: toMdast([...joined.blocks, ...notes], vocabulary, outline),
    runningLines: [...runningLinesOf(recognised), ...runningLines, ...joined.runningLines].toSorted(
      (a, b) => a.pageNumber - b.pageNumber,
    ),
  };
};
