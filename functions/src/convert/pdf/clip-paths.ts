/** The parts of a page outside of which an object is not painted. ISO 32000-1, 8.5.4. */
import { type Box, unionOf } from './page-model.ts';
import { type PageSpace, shownX, shownY } from './page-space.ts';
import type { PdfiumModule, Pointer } from './pdfium.ts';

/** Larger clips are drawings: nothing is said of them. */
const MAX_PATHS = 8;
const MAX_POINTS = 32;

/**
 * The boxes around the paths that clip `object`, an object of the page itself and not of a drawing on it. A path without points clips all.
 * `scratch` is a buffer of at least 8 bytes.
 */
export const readClipBoxes = (pdfium: PdfiumModule, object: Pointer, space: PageSpace, scratch: Pointer): Box[] => {
  const clip = pdfium._FPDFPageObj_GetClipPath(object);
  const count = clip === 0 ? 0 : Math.min(MAX_PATHS, pdfium._FPDFClipPath_CountPaths(clip));
  const boxes: Box[] = [];
  for (let path = 0; path < count; path++) {
    const points = pdfium._FPDFClipPath_CountPathSegments(clip, path);
    if (points < 0 || points > MAX_POINTS) continue;
    const corners = Array.from({ length: points }, (_, index): Box => {
      pdfium._FPDFPathSegment_GetPoint(pdfium._FPDFClipPath_GetPathSegment(clip, path, index), scratch, scratch + 4);
      const at = scratch >> 2;
      const [x, y] = [pdfium.HEAPF32[at] ?? 0, pdfium.HEAPF32[at + 1] ?? 0];
      const [x0, top] = [shownX(space, x, y), shownY(space, x, y)];
      return { x0, x1: x0, top, bottom: top };
    });
    boxes.push(unionOf(corners));
  }
  return boxes;
};
