/** Some pages of a PDF as a PDF of their own, with all that they show. */
import { AppError } from '../../errors.ts';
import { checkPageNumbers } from '../check-page-numbers.ts';
import type { ExtractedPages, ExtractInput } from '../source-tree.ts';
import { withDocument } from './open-document.ts';
import { type PdfiumModule, type Pointer, withBuffer } from './pdfium.ts';
import { saveDocument } from './save-document.ts';

interface PageSize {
  widthPt: number;
  heightPt: number;
}

/** Of a page that cannot be read. */
const LETTER: PageSize = { widthPt: 612, heightPt: 792 };
const MACHINE_TIME = 0;
const INDEX_BYTES = 4;

/** As shown. */
const sizeOf = (pdfium: PdfiumModule, document: Pointer, index: number): PageSize => {
  const page = pdfium._FPDF_LoadPage(document, index);
  if (page === 0) return LETTER;
  const size = { widthPt: pdfium._FPDF_GetPageWidthF(page), heightPt: pdfium._FPDF_GetPageHeightF(page) };
  pdfium._FPDF_ClosePage(page);
  return size;
};

const withNewDocument = <T>(pdfium: PdfiumModule, use: (document: Pointer) => T): T => {
  pdfium._FPDF_SetSandBoxPolicy(MACHINE_TIME, 0);
  const document = pdfium._FPDF_CreateNewDocument();
  if (document === 0) throw new RangeError('PDFium is out of memory');
  try {
    return use(document);
  } finally {
    pdfium._FPDF_CloseDocument(document);
  }
};

/** All at once: what pages share is then copied once. */
const importPages = (pdfium: PdfiumModule, into: Pointer, from: Pointer, indexes: readonly number[]): boolean =>
  indexes.length === 0 ||
  withBuffer(pdfium, indexes.length * INDEX_BYTES, (at) => {
    pdfium.HEAP32.set(indexes, at >> 2);
    return pdfium._FPDF_ImportPagesByIndex(into, from, at, indexes.length, 0) !== 0;
  });

const insertEmptyPage = (pdfium: PdfiumModule, document: Pointer, at: number, size: PageSize): boolean => {
  const page = pdfium._FPDFPage_New(document, at, size.widthPt, size.heightPt);
  if (page !== 0) pdfium._FPDF_ClosePage(page);
  return page !== 0;
};

interface WantedPage {
  index: number;
  size: PageSize;
}

/** The wanted pages, those empty that are not among `sound`: the pages behind them keep their places. */
const copyPages = (
  pdfium: PdfiumModule,
  from: Pointer,
  wanted: readonly WantedPage[],
  sound: readonly WantedPage[],
): Uint8Array | undefined =>
  withNewDocument(pdfium, (into) => {
    const indexes = sound.map(({ index }) => index);
    const isCopied =
      importPages(pdfium, into, from, indexes) &&
      wanted.every((page, at) => sound.includes(page) || insertEmptyPage(pdfium, into, at, page.size));
    return isCopied ? saveDocument(pdfium, into) : undefined;
  });

/**
 * Without a password, also where the file has one that only its owner needs. A page that is no page is empty. The same pages give the same bytes.
 * @throws AppError FILE_EMPTY, FILE_ENCRYPTED, FILE_DAMAGED
 */
export const extractPdfPages = (input: ExtractInput, pdfium: PdfiumModule): Omit<ExtractedPages, 'mediaType'> =>
  withDocument(input, pdfium, (document, pageCount) => {
    checkPageNumbers(input, pageCount);
    const wanted = input.pageNumbers.map((pageNumber): WantedPage => {
      const index = pageNumber - 1;
      return { index, size: sizeOf(pdfium, document, index) };
    });
    const isSound = ({ index }: WantedPage): boolean =>
      withNewDocument(pdfium, (into) => importPages(pdfium, into, document, [index]));
    const bytes =
      copyPages(pdfium, document, wanted, wanted) ?? copyPages(pdfium, document, wanted, wanted.filter(isSound));
    if (!bytes) throw new AppError('FILE_DAMAGED', { fileName: input.fileName, problem: 'its pages cannot be copied' });
    return { bytes, pageSizes: wanted.map(({ size }) => size) };
  });
