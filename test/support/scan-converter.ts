/** A converter that sees scans of a given number of pages, and a recogniser that reads them as "Text of page n.". */
import type { Document } from '../../functions/src/contracts/document.ts';
import type { OcrPage } from '../../functions/src/contracts/ocr.ts';
import { AppError } from '../../functions/src/errors.ts';
import type {
  ConversionRequest,
  DocumentConverter,
  FileUnpacker,
  Ocr,
  PageExtractor,
} from '../../functions/src/ports.ts';
import { buildDocument } from './build-document.ts';

export interface ScanOptions {
  pages: number;
  mediaType?: 'application/pdf' | 'image/png' | 'image/tiff';
  /** Pages that cannot be taken out of the file. */
  damagedPages?: readonly number[];
}

const SIZE = { widthPt: 612, heightPt: 792 };

const scanned = ({ fileName, ocrPages = [] }: ConversionRequest, options: ScanOptions): Document => {
  const all = Array.from({ length: options.pages }, (_, index) => index + 1);
  const texts = new Map(ocrPages.map((page) => [page.pageNumber, page.paragraphs[0]?.lines[0]?.text ?? '']));
  const specs = all
    .filter((pageNumber) => texts.has(pageNumber))
    .map((pageNumber) => ({ kind: 'paragraph' as const, text: texts.get(pageNumber) ?? '', pageNumber }));
  return {
    ...buildDocument(specs, { fileName, pageBasis: 'pdf' }),
    mediaType: options.mediaType ?? 'application/pdf',
    pages: all.map((pageNumber) => ({ pageNumber, ...SIZE, source: texts.has(pageNumber) ? 'ocr' : 'none' })),
    pagesNeedingOcr: all.filter((pageNumber) => !texts.has(pageNumber)),
  };
};

export const createScanConverter = (options: ScanOptions): DocumentConverter & PageExtractor & FileUnpacker => ({
  convert: async (request) => scanned(request, options),
  unpack: async () => [],
  extractPages: async ({ pageNumbers, fileName }) => {
    if (pageNumbers.some((pageNumber) => options.damagedPages?.includes(pageNumber))) {
      throw new AppError('FILE_DAMAGED', { fileName, problem: 'a page cannot be read' });
    }
    return {
      bytes: new TextEncoder().encode(`pages ${pageNumbers.join(',')}`),
      mediaType: options.mediaType ?? 'application/pdf',
      pageSizes: pageNumbers.map(() => SIZE),
    };
  },
});

const pageOf = (pageNumber: number): OcrPage => ({
  pageNumber,
  ...SIZE,
  paragraphs: [
    {
      kind: 'body',
      lines: [
        { text: `Text of page ${pageNumber}.`, bbox: { x: 72, y: 72, width: 200, height: 12 }, confidence: 0.98 },
      ],
    },
  ],
  tables: [],
});

export interface TestOcr extends Ocr {
  /** What was asked for, in order. */
  requests: { pageNumbers: readonly number[]; mediaType: string; text: string }[];
  /** The next calls for a shard that holds this page throw the error. */
  failPage(pageNumber: number, error: AppError): void;
}

export const createTestOcr = (maxPages = 15): TestOcr => {
  const requests: TestOcr['requests'] = [];
  const failing = new Map<number, AppError>();
  return {
    maxPages,
    requests,
    failPage: (pageNumber, error) => void failing.set(pageNumber, error),
    recognise: async ({ bytes, pageNumbers, mediaType }) => {
      requests.push({ pageNumbers, mediaType, text: new TextDecoder().decode(bytes) });
      const error = pageNumbers.map((pageNumber) => failing.get(pageNumber)).find((each) => each !== undefined);
      if (error !== undefined) throw error;
      return pageNumbers.map(pageOf);
    },
  };
};
