/** Reads one page: its text as segments, its rules, and what else is on it. The page is closed again on every path. */
import { bulletSegments } from './drawn-bullets.ts';
import type { PageContent } from './page-model.ts';
import { readPageSpace } from './page-space.ts';
import { type PdfiumModule, type Pointer, withBuffer } from './pdfium.ts';
import { readDrawing } from './read-rules.ts';
import { readText } from './read-text.ts';

const SCRATCH_BYTES = 64;
/** A page with more lines or dots than any table or list has is a drawing: they say nothing about its text. */
const MAX_RULES = 8000;
const MAX_DOTS = 1000;

/** `undefined` when PDFium cannot load the page. */
export const readPage = (pdfium: PdfiumModule, document: Pointer, index: number): PageContent | undefined => {
  const page = pdfium._FPDF_LoadPage(document, index);
  if (page === 0) return undefined;
  try {
    return withBuffer(pdfium, SCRATCH_BYTES, (scratch) => {
      const space = readPageSpace(pdfium, page, scratch);
      const drawing = readDrawing(pdfium, page, space, scratch);
      const { hasImage, hasPath } = drawing;
      const rules = drawing.rules.length > MAX_RULES ? [] : drawing.rules;
      const dots = drawing.dots.length > MAX_DOTS ? [] : drawing.dots;
      const text = readText(pdfium, page, space, scratch, { rules, hasImage });
      return {
        pageNumber: index + 1,
        width: space.width,
        height: space.height,
        rules,
        hasImage,
        hasPath,
        ...text,
        segments: [...text.segments, ...bulletSegments(dots, text.segments)],
      };
    });
  } finally {
    pdfium._FPDF_ClosePage(page);
  }
};
