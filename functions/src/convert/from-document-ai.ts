/** Recognised pages to a source tree. Lines with places are laid out by the same rules as a PDF's own text. */
import type { Page } from '../contracts/document.ts';
import type { OcrPage } from '../contracts/ocr.ts';
import { toPageContents } from './document-ai/page-content.ts';
import { isBlank, languageOf, messagesOf } from './document-ai/page-facts.ts';
import { layOutDocument } from './lay-out-document.ts';
import { removeFurniture } from './pdf/furniture.ts';
import { titleOf } from './pdf/title.ts';
import type { SourceTree } from './source-tree.ts';

/** `recognised`: the pages of one document, in any order, each once. */
export const fromDocumentAi = (recognised: readonly OcrPage[]): SourceTree => {
  const pages = recognised.toSorted((a, b) => a.pageNumber - b.pageNumber);
  const contents = toPageContents(pages);
  const furniture = removeFurniture(contents);
  const { root, runningLines } = layOutDocument(furniture, pages);
  const title = titleOf({}, root);
  const language = languageOf(pages);
  return {
    root,
    pageBasis: 'pdf',
    pages: pages.map((page): Page => {
      const { pageNumber, widthPt, heightPt } = page;
      const printed = furniture.printedNumbers.get(pageNumber);
      const source = isBlank(page) ? 'none' : 'ocr';
      return { pageNumber, widthPt, heightPt, source, ...(printed === undefined ? {} : { pageLabel: printed }) };
    }),
    runningLines,
    messages: pages.flatMap(messagesOf),
    safety: [],
    pagesNeedingOcr: [],
    unreadableCharacters: contents.reduce((sum, { unreadableCharacters }) => sum + unreadableCharacters, 0),
    metadata: {},
    ...(title === undefined ? {} : { title }),
    ...(language === undefined ? {} : { language }),
  };
};
