/** Recognised pages to a source tree. Lines with places are laid out by the same rules as a PDF's own text. */
import type { ConversionMessage, Page } from '../contracts/document.ts';
import type { OcrPage } from '../contracts/ocr.ts';
import { runningLinesOf, toPageContents } from './document-ai/page-content.ts';
import { placeTables } from './document-ai/place-tables.ts';
import { removeFurniture } from './pdf/furniture.ts';
import { joinFlows } from './pdf/join-flows.ts';
import { collectVocabulary } from './pdf/join-lines.ts';
import { layoutPages } from './pdf/layout-page.ts';
import { titleOf } from './pdf/title.ts';
import { toMdast } from './pdf/to-mdast.ts';
import type { SourceTree } from './source-tree.ts';

/** Below this the words of a page are to be compared with its picture. */
const LOW_CONFIDENCE = 0.6;

const isBlank = ({ paragraphs, tables }: OcrPage): boolean =>
  tables.length === 0 && paragraphs.every(({ lines }) => lines.length === 0);

/** By letters; undefined for a page without lines. */
const confidenceOf = ({ paragraphs }: OcrPage): number | undefined => {
  const lines = paragraphs.flatMap((paragraph) => paragraph.lines);
  const letters = lines.reduce((sum, { text }) => sum + text.length, 0);
  const weighted = lines.reduce((sum, { text, confidence }) => sum + text.length * confidence, 0);
  return letters === 0 ? undefined : weighted / letters;
};

const messagesOf = (page: OcrPage): ConversionMessage[] => {
  const { pageNumber } = page;
  if (isBlank(page)) return [{ level: 'info', code: 'PAGE_BLANK', pageNumber, text: `Page ${pageNumber} is blank.` }];
  const confidence = confidenceOf(page);
  if (confidence === undefined || confidence >= LOW_CONFIDENCE) return [];
  const text = `Page ${pageNumber} is hard to read: text recognition is only ${Math.round(confidence * 100)} % sure of it. Compare it with the original.`;
  return [{ level: 'warning', code: 'OCR_LOW_CONFIDENCE', pageNumber, text }];
};

/** The one that most pages are in. */
const languageOf = (pages: readonly OcrPage[]): string | undefined => {
  const counts = new Map<string, number>();
  for (const { language } of pages) if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0];
};

/** `recognised`: the pages of one document, in any order, each once. */
export const fromDocumentAi = (recognised: readonly OcrPage[]): SourceTree => {
  const pages = recognised.toSorted((a, b) => a.pageNumber - b.pageNumber);
  const contents = toPageContents(pages);
  const furniture = removeFurniture(contents);
  const vocabulary = collectVocabulary(furniture.pages.flatMap(({ segments }) => segments.map(({ text }) => text)));
  const joined = joinFlows(placeTables(layoutPages(furniture.pages), pages));
  const root = toMdast(joined.blocks, vocabulary);
  const title = titleOf({}, root);
  const language = languageOf(pages);
  const runningLines = [...runningLinesOf(pages), ...furniture.runningLines, ...joined.runningLines];
  return {
    root,
    pageBasis: 'pdf',
    pages: pages.map((page): Page => {
      const { pageNumber, widthPt, heightPt } = page;
      const printed = furniture.printedNumbers.get(pageNumber);
      const source = isBlank(page) ? 'none' : 'ocr';
      return { pageNumber, widthPt, heightPt, source, ...(printed === undefined ? {} : { pageLabel: printed }) };
    }),
    runningLines: runningLines.toSorted((a, b) => a.pageNumber - b.pageNumber),
    messages: pages.flatMap(messagesOf),
    safety: [],
    pagesNeedingOcr: [],
    unreadableCharacters: contents.reduce((sum, { unreadableCharacters }) => sum + unreadableCharacters, 0),
    metadata: {},
    ...(title === undefined ? {} : { title }),
    ...(language === undefined ? {} : { language }),
  };
};
