/** Puts recognised pages in the place of those that hold no text, or none that can be trusted. */
import type { ConversionMessage, Page, SafetyFinding } from '../../contracts/document.ts';
import type { OcrPage } from '../../contracts/ocr.ts';
import { toPageContents } from '../document-ai/page-content.ts';
import { isBlank, messagesOf } from '../document-ai/page-facts.ts';
import type { PageContent } from './page-model.ts';

/** The pages of a PDF as they were read, in order. */
export interface ReadResult {
  pages: Page[];
  /** Without the pages that PDFium cannot read. */
  contents: PageContent[];
  messages: ConversionMessage[];
  safety: SafetyFinding[];
  pagesNeedingOcr: number[];
}

const SETTLED_BY_OCR: ReadonlySet<string> = new Set(['PAGE_NEEDS_OCR', 'PAGE_UNREADABLE']);

const asRecognised = (page: Page, recognised: OcrPage | undefined): Page => {
  if (recognised === undefined) return page;
  const { widthPt, heightPt } = recognised;
  return { ...page, widthPt, heightPt, source: isBlank(recognised) ? 'none' : 'ocr' };
};

/**
 * `recognised` are the pages that were taken, in order: only such as need it. A page on which nothing was recognised is blank, but what the file
 * itself says of it stays: its head and foot, the text that is not to be trusted, or that it cannot be read.
 */
export const takeRecognised = (
  read: ReadResult,
  ocrPages: readonly OcrPage[],
): { read: ReadResult; recognised: OcrPage[] } => {
  const given = new Map(ocrPages.map((page) => [page.pageNumber, page]));
  const ownContent = new Map(read.contents.map((content) => [content.pageNumber, content]));
  const settled = read.pagesNeedingOcr
    .flatMap((pageNumber) => given.get(pageNumber) ?? [])
    .filter((page) => !isBlank(page) || ownContent.has(page.pageNumber));
  if (settled.length === 0) return { read, recognised: [] };
  const recognised = settled.filter((page) => !isBlank(page) || ownContent.get(page.pageNumber)?.segments.length === 0);
  const taken = new Map(recognised.map((page) => [page.pageNumber, page]));
  const done = new Set(settled.map(({ pageNumber }) => pageNumber));
  const isDone = ({ code, pageNumber = 0 }: ConversionMessage): boolean =>
    (SETTLED_BY_OCR.has(code) && done.has(pageNumber)) || (code === 'TEXT_LAYER_UNTRUSTED' && taken.has(pageNumber));
  return {
    read: {
      ...read,
      pages: read.pages.map((page) => asRecognised(page, taken.get(page.pageNumber))),
      contents: [
        ...read.contents.filter(({ pageNumber }) => !taken.has(pageNumber)),
        ...toPageContents(recognised),
      ].toSorted((a, b) => a.pageNumber - b.pageNumber),
      messages: [...read.messages.filter((message) => !isDone(message)), ...recognised.flatMap(messagesOf)],
      pagesNeedingOcr: read.pagesNeedingOcr.filter((pageNumber) => !done.has(pageNumber)),
    },
    recognised,
  };
};
