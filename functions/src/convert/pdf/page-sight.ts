/** Whether a text is seen: a page looks the same without what nobody sees. Both are painted and compared, the one way that no trick of a file misleads. */
import type { Box } from './page-model.ts';
import type { PdfiumModule, Pointer } from './pdfium.ts';

/** Pixels per point: the stem of a letter of 6 pt is as wide as one. */
const SCALE = 2;
/** On larger pages less; from here on letters can no longer be told. */
const LEAST_SCALE = 0.75;
const MAX_PIXELS = 6_000_000;
/** A picture with more pixels takes too long to unpack only to see what it covers. */
const MAX_PICTURE_PIXELS = 30_000_000;
/** Of 255: the eye does not see a smaller difference between two colours that lie side by side. */
export const LEAST_CONTRAST = 8;
const WITH_ANNOTATIONS = 0;
const BGRX = 0;
const BYTES_PER_PIXEL = 4;
const WHITE = 0xffffffff;

/** The part of the page to be looked at, in pixels from its top left corner. */
interface View {
  scale: number;
  left: number;
  top: number;
  width: number;
  height: number;
}

const viewOf = (region: Box): View | undefined => {
  const [width, height] = [region.x1 - region.x0, region.bottom - region.top];
  const scale = Math.min(SCALE, Math.sqrt(MAX_PIXELS / Math.max(1, width * height)));
  if (!(scale >= LEAST_SCALE)) return undefined;
  const [left, top] = [Math.floor(region.x0 * scale), Math.floor(region.top * scale)];
  return {
    scale,
    left,
    top,
    width: Math.ceil(region.x1 * scale) - left + 1,
    height: Math.ceil(region.bottom * scale) - top + 1,
  };
};

/** The pixels of the view; none when PDFium has no memory for them. */
const paint = (pdfium: PdfiumModule, page: Pointer, view: View): Uint8Array | undefined => {
  const { scale, left, top, width, height } = view;
  const bitmap = pdfium._FPDFBitmap_Create(width, height, BGRX);
  if (bitmap === 0) return undefined;
  pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
  const sizeX = Math.round(pdfium._FPDF_GetPageWidthF(page) * scale);
  const sizeY = Math.round(pdfium._FPDF_GetPageHeightF(page) * scale);
  pdfium._FPDF_RenderPageBitmap(bitmap, page, -left, -top, sizeX, sizeY, 0, WITH_ANNOTATIONS);
  const at = pdfium._FPDFBitmap_GetBuffer(bitmap);
  const pixels = pdfium.HEAPU8.slice(at, at + width * height * BYTES_PER_PIXEL);
  pdfium._FPDFBitmap_Destroy(bitmap);
  return pixels;
};

/** Runs `use` while the objects are left out of the page. */
const without = <T>(pdfium: PdfiumModule, objects: Iterable<Pointer>, use: () => T): T => {
  const left = [...objects];
  for (const object of left) pdfium._FPDFPageObj_SetIsActive(object, 0);
  try {
    return use();
  } finally {
    for (const object of left) pdfium._FPDFPageObj_SetIsActive(object, 1);
  }
};

/** Calls `use` with the pictures that take too long to unpack. `scratch` is a buffer of at least 8 bytes. */
const largePictures = (pdfium: PdfiumModule, pictures: readonly Pointer[], scratch: Pointer): Pointer[] =>
  pictures.filter((picture) => {
    if (!pdfium._FPDFImageObj_GetImagePixelSize(picture, scratch, scratch + 4)) return true;
    const at = scratch >> 2;
    return (pdfium.HEAP32[at] ?? 0) * (pdfium.HEAP32[at + 1] ?? 0) > MAX_PICTURE_PIXELS;
  });

export interface Suspects {
  /** Text objects that may be unseen. */
  texts: ReadonlySet<Pointer>;
  /** The box around them. */
  region: Box;
  /** Pictures of the page that may lie over one, and those that do not. */
  pictures: readonly Pointer[];
  otherPictures: readonly Pointer[];
}

/**
 * Tells of a box, in points as the page is shown, whether one of the texts is seen in it. `undefined` where the page cannot be painted.
 * `scratch` is a buffer of at least 8 bytes.
 */
export const lookAtPage = (
  pdfium: PdfiumModule,
  page: Pointer,
  { texts, region, pictures, otherPictures }: Suspects,
  scratch: Pointer,
): ((box: Box) => boolean) | undefined => {
  const view = viewOf(region);
  if (!view) return undefined;
  const leftOut = [...otherPictures, ...largePictures(pdfium, pictures, scratch)];
  const [shown, bare] = without(pdfium, leftOut, () => [
    paint(pdfium, page, view),
    without(pdfium, texts, () => paint(pdfium, page, view)),
  ]);
  if (!shown || !bare) return undefined;
  const differs = (pixel: number): boolean => {
    const at = pixel * BYTES_PER_PIXEL;
    for (let part = at; part < at + 3; part++)
      if (Math.abs((shown[part] ?? 0) - (bare[part] ?? 0)) > LEAST_CONTRAST) return true;
    return false;
  };
  return (box) => {
    const left = Math.max(0, Math.floor(box.x0 * view.scale) - view.left);
    const right = Math.min(view.width, Math.ceil(box.x1 * view.scale) - view.left);
    const bottom = Math.min(view.height, Math.ceil(box.bottom * view.scale) - view.top);
    for (let y = Math.max(0, Math.floor(box.top * view.scale) - view.top); y < bottom; y++)
      for (let x = left; x < right; x++) if (differs(y * view.width + x)) return true;
    return false;
  };
};
