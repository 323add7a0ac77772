/** From a page's own coordinates (origin anywhere, y up, maybe turned) to points from the top left corner as the page is shown. */
import type { PdfiumModule, Pointer } from './pdfium.ts';

export interface PageSpace {
  width: number;
  height: number;
  /** x' = a·x + c·y + e, y' = b·x + d·y + f. */
  a: number;
  b: number;
  c: number;
  d: number;
  e: number;
  f: number;
}

/** PDFium answers in whole units, so it is asked in hundredths of a point. */
const UNITS_PER_POINT = 100;
/** A long way, so that rounding does not show in the unit vectors. */
const PROBE_POINTS = 1000;

export const readPageSpace = (pdfium: PdfiumModule, page: Pointer, scratch: Pointer): PageSpace => {
  const width = pdfium._FPDF_GetPageWidthF(page);
  const height = pdfium._FPDF_GetPageHeightF(page);
  const show = (x: number, y: number): { x: number; y: number } => {
    const sizeX = Math.round(width * UNITS_PER_POINT);
    const sizeY = Math.round(height * UNITS_PER_POINT);
    pdfium._FPDF_PageToDevice(page, 0, 0, sizeX, sizeY, 0, x, y, scratch, scratch + 4);
    const at = scratch >> 2;
    return {
      x: (pdfium.HEAP32[at] ?? 0) / UNITS_PER_POINT,
      y: (pdfium.HEAP32[at + 1] ?? 0) / UNITS_PER_POINT,
    };
  };
  const origin = show(0, 0);
  const right = show(PROBE_POINTS, 0);
  const up = show(0, PROBE_POINTS);
  return {
    width,
    height,
    a: (right.x - origin.x) / PROBE_POINTS,
    b: (right.y - origin.y) / PROBE_POINTS,
    c: (up.x - origin.x) / PROBE_POINTS,
    d: (up.y - origin.y) / PROBE_POINTS,
    e: origin.x,
    f: origin.y,
  };
};

export const shownX = (space: PageSpace, x: number, y: number): number => space.a * x + space.c * y + space.e;
export const shownY = (space: PageSpace, x: number, y: number): number => space.b * x + space.d * y + space.f;
