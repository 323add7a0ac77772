/** An image file to a source tree: its words are those that were recognised; the others are missing, and said to be. */
import type { ConversionMessage, Page } from '../contracts/document.ts';
import { fromDocumentAi } from './from-document-ai.ts';
import { pageSizeOf } from './image/image-page.ts';
import { type ImageFormat, readImage } from './image/read-image.ts';
import type { ConvertInput, SourceTree } from './source-tree.ts';

const needsOcr = (pageNumber: number): ConversionMessage => ({
  level: 'warning',
  code: 'PAGE_NEEDS_OCR',
  pageNumber,
  text: `Page ${pageNumber} is a picture. Its words are missing until it is read by OCR.`,
});

/** @throws AppError FILE_DAMAGED */
export const fromImage = (input: ConvertInput, format: ImageFormat): SourceTree => {
  const pages = readImage(input, format).map(
    (page, index): Page => ({ pageNumber: index + 1, ...pageSizeOf(page), source: 'none' }),
  );
  const given = new Map(input.ocrPages?.map((page) => [page.pageNumber, page]));
  const tree = fromDocumentAi(pages.flatMap(({ pageNumber }) => given.get(pageNumber) ?? []));
  const recognised = new Map(tree.pages.map((page) => [page.pageNumber, page]));
  const missing = pages.map(({ pageNumber }) => pageNumber).filter((pageNumber) => !recognised.has(pageNumber));
  return {
    ...tree,
    pages: pages.map((page) => recognised.get(page.pageNumber) ?? page),
    messages: [...missing.map(needsOcr), ...tree.messages],
    pagesNeedingOcr: missing,
  };
};
