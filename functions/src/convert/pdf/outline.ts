/** The outline of a PDF (ISO 32000-1, 12.3.3): titles of its parts, how deep they stand, and their pages. */
import { type PdfiumModule, type Pointer, readUtf16 } from './pdfium.ts';

export interface OutlineEntry {
  title: string;
  pageNumber: number;
  /** From 1. */
  depth: number;
}

const MAX_ENTRIES = 10_000;
const MAX_DEPTH = 16;
const MAX_TITLE_BYTES = 2000;

const pageOf = (pdfium: PdfiumModule, document: Pointer, bookmark: Pointer): number => {
  let destination = pdfium._FPDFBookmark_GetDest(document, bookmark);
  if (destination === 0) {
    const action = pdfium._FPDFBookmark_GetAction(bookmark);
    destination = action === 0 ? 0 : pdfium._FPDFAction_GetDest(document, action);
  }
  return destination === 0 ? 0 : pdfium._FPDFDest_GetDestPageIndex(document, destination) + 1;
};

const titleOf = (pdfium: PdfiumModule, bookmark: Pointer): string =>
  readUtf16(pdfium, (buffer, sizeBytes) => {
    const needed = pdfium._FPDFBookmark_GetTitle(bookmark, buffer, sizeBytes);
    return needed > MAX_TITLE_BYTES ? 0 : needed;
  }).trim();

/** In the order of the outline. Entries without a title or a page are left out; an outline that leads back into itself ends there. */
export const readOutline = (pdfium: PdfiumModule, document: Pointer): OutlineEntry[] => {
  const entries: OutlineEntry[] = [];
  const seen = new Set<Pointer>();
  const visit = (parent: Pointer, depth: number): void => {
    let bookmark = pdfium._FPDFBookmark_GetFirstChild(document, parent);
    while (bookmark !== 0 && !seen.has(bookmark) && seen.size < MAX_ENTRIES) {
      seen.add(bookmark);
      const title = titleOf(pdfium, bookmark);
      const pageNumber = pageOf(pdfium, document, bookmark);
      if (title !== '' && pageNumber > 0) entries.push({ title, pageNumber, depth });
      if (depth < MAX_DEPTH) visit(bookmark, depth + 1);
      bookmark = pdfium._FPDFBookmark_GetNextSibling(document, bookmark);
    }
  };
  visit(0, 1);
  return entries;
};
