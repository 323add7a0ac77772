/** Opens a PDF in PDFium's memory and closes it again on every path. */
import { AppError } from '../../errors.ts';
import type { ConvertInput } from '../source-tree.ts';
import type { PdfiumModule, Pointer } from './pdfium.ts';

const PASSWORD_NEEDED = 4;
const SECURITY_UNKNOWN = 5;

const hasMarker = (bytes: Uint8Array, marker: string, from: number, to: number): boolean => {
  const codes = Array.from(marker, (letter) => letter.charCodeAt(0));
  for (let at = Math.max(0, from); at + codes.length <= Math.min(bytes.length, to); at++)
    if (codes.every((code, offset) => bytes[at + offset] === code)) return true;
  return false;
};

/** Some programs leave other bytes behind the mark. */
const TAIL_BYTES = 4096;
const hasEnd = (bytes: Uint8Array): boolean => hasMarker(bytes, '%%EOF', bytes.length - TAIL_BYTES, bytes.length);

/** Why PDFium refused the file, in words for its owner. */
const problemOf = (bytes: Uint8Array): string => {
  if (!hasMarker(bytes, '%PDF-', 0, 1024)) return 'it does not begin like a PDF';
  if (!hasEnd(bytes)) return 'its end is missing';
  return 'its inner index cannot be read';
};

/**
 * Calls `use` with the open document, its number of pages (at least 1), and whether its index was wrong and has been rebuilt. A file that has
 * also lost its end is refused: what PDFium finds in it would pass for the whole document.
 * @throws AppError FILE_EMPTY, FILE_ENCRYPTED, FILE_DAMAGED
 */
export const withDocument = <T>(
  { bytes, fileName }: ConvertInput,
  pdfium: PdfiumModule,
  use: (document: Pointer, pageCount: number, isRepaired: boolean) => T,
): T => {
  if (bytes.length === 0) throw new AppError('FILE_EMPTY', { fileName });
  const memory = pdfium._malloc(bytes.length);
  if (memory === 0) throw new RangeError('PDFium is out of memory');
  let document: Pointer = 0;
  try {
    pdfium.HEAPU8.set(bytes, memory);
    document = pdfium._FPDF_LoadMemDocument(memory, bytes.length, 0);
    if (document === 0) {
      const error = pdfium._FPDF_GetLastError();
      if (error === PASSWORD_NEEDED || error === SECURITY_UNKNOWN) throw new AppError('FILE_ENCRYPTED', { fileName });
      throw new AppError('FILE_DAMAGED', { fileName, problem: problemOf(bytes) });
    }
    const pageCount = pdfium._FPDF_GetPageCount(document);
    if (pageCount < 1) throw new AppError('FILE_DAMAGED', { fileName, problem: 'it holds no pages' });
    const isRepaired = pdfium._FPDF_DocumentHasValidCrossReferenceTable(document) === 0;
    if (isRepaired && !hasEnd(bytes)) throw new AppError('FILE_DAMAGED', { fileName, problem: problemOf(bytes) });
    return use(document, pageCount, isRepaired);
  } finally {
    if (document !== 0) pdfium._FPDF_CloseDocument(document);
    pdfium._free(memory);
  }
};
