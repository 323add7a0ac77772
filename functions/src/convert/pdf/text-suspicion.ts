/** Which letters of a page may not be seen, by what is known of it without painting it: a quick look that is sure of little. */
import type { UnseenReason } from '../../contracts/document.ts';
import { readClipBoxes } from './clip-paths.ts';
import type { Area, Colour, PageAreas, PaintedColour } from './page-areas.ts';
import type { Box } from './page-model.ts';
import { LEAST_CONTRAST } from './page-sight.ts';
import type { PageSpace } from './page-space.ts';
import type { PdfiumModule, Pointer } from './pdfium.ts';

const FILLED = 0;
const INVISIBLE = 3;
const PAPER: Colour = [255, 255, 255];
/** Of 255: less paint than this leaves no letter to be seen. */
const LEAST_ALPHA = 16;
/** Of a layer that a reader can switch off. */
const LAYER_MARK = 'OC';
const MARK_BYTES = 16;
/** Share of the page that the pictures of a scan cover. */
const SCAN_SHARE = 0.5;
/** In ems: text recognised on a picture may begin this far beside it. */
const BESIDE_PICTURE_EM = 1;

/** The paint of one text object, and where it begins. */
export interface TextPaint {
  object: Pointer;
  fill: PaintedColour | undefined;
  x: number;
  baseline: number;
  size: number;
  rotated: boolean;
}

/** What may hide the letters of one text object. */
export interface ObjectSuspicion {
  /** Nobody sees them. */
  certain?: UnseenReason;
  /** Text that was recognised on the picture it stands on: read in its place. */
  isLayer?: true;
  /** Of all its letters. */
  suspected?: UnseenReason;
  /** What is painted over some of its letters. */
  covers: readonly Area[];
}

const NONE: ObjectSuspicion = { covers: [] };

const holds = ({ x0, x1, top, bottom }: Box, x: number, y: number, slack = 0): boolean =>
  x >= x0 - slack && x <= x1 + slack && y >= top - slack && y <= bottom + slack;

const isSame = (a: Colour, b: Colour): boolean =>
  a.every((part, at) => Math.abs(part - (b[at] ?? 0)) <= LEAST_CONTRAST);

export const isPicture = ({ colour }: Area): boolean => colour === undefined;

/** Most text has one mark, of the structure tree: only other marks are asked for their names. `scratch` is a buffer of at least 32 bytes. */
const isOnLayer = (pdfium: PdfiumModule, object: Pointer, scratch: Pointer): boolean => {
  const count = pdfium._FPDFPageObj_CountMarks(object);
  if (count < 1 || (count === 1 && pdfium._FPDFPageObj_GetMarkedContentID(object) >= 0)) return false;
  for (let index = 0; index < count; index++) {
    const mark = pdfium._FPDFPageObj_GetMark(object, index);
    const isNamed = pdfium._FPDFPageObjMark_GetName(mark, scratch, MARK_BYTES, scratch + MARK_BYTES) !== 0;
    const name = pdfium.HEAPU8.subarray(scratch, scratch + LAYER_MARK.length * 2);
    if (!isNamed || pdfium.HEAP32[(scratch + MARK_BYTES) >> 2] !== (LAYER_MARK.length + 1) * 2) continue;
    if ([...LAYER_MARK].every((letter, at) => name[2 * at] === letter.charCodeAt(0))) return true;
  }
  return false;
};

/** Asked once for each text object. `scratch` is a buffer of at least 32 bytes. */
export const createSuspicion = (
  pdfium: PdfiumModule,
  page: PageAreas,
  space: PageSpace,
  textsInForms: ReadonlySet<Pointer>,
  scratch: Pointer,
): ((paint: TextPaint) => ObjectSuspicion) => {
  const pictures = page.areas.filter(isPicture);
  const isScan = page.pictureShare >= SCAN_SHARE;
  /** The picture of a scan may be painted over the text that was recognised on it. */
  const covering = isScan ? page.areas.filter((area) => !isPicture(area)) : page.areas;
  const lastOrder = covering.at(-1)?.order ?? 0;

  const behind = (order: number, x: number, y: number): Area | undefined =>
    page.areas.findLast((area) => area.order < order && holds(area, x, y));

  const hidesColour = (fill: PaintedColour, order: number, x: number, y: number): UnseenReason | undefined => {
    if (fill.alpha < LEAST_ALPHA) return 'hidden';
    const area = behind(order, x, y);
    const background = area ? area.colour : PAPER;
    return background && isSame(fill.colour, background) ? 'same_colour' : undefined;
  };

  /** A line that a spreadsheet cuts off at the edge of its cell, so that its tops peep out, is text nevertheless. */
  const isClipped = (object: Pointer, x: number, y: number, em: number): boolean =>
    !textsInForms.has(object) && readClipBoxes(pdfium, object, space, scratch).some((box) => !holds(box, x, y, em));

  return ({ object, fill, x, baseline, size: em, rotated }) => {
    if (object === 0) return NONE;
    const [atX, atY] = rotated ? [x, baseline] : [x + em / 4, baseline - em / 4];
    const mode = pdfium._FPDFTextObj_GetTextRenderMode(object);
    if (mode === INVISIBLE) {
      const isLayer = isScan || pictures.some((picture) => holds(picture, atX, atY, BESIDE_PICTURE_EM * em));
      return isLayer ? { isLayer, covers: [] } : { certain: 'hidden', covers: [] };
    }
    const order = page.orderOf.get(object);
    const covers =
      order === undefined || order > lastOrder
        ? NONE.covers
        : covering.filter(
            (area) =>
              area.order > order && (rotated ? holds(area, x, baseline) : area.top <= atY && area.bottom >= atY),
          );
    const suspected =
      (mode === FILLED && fill ? hidesColour(fill, order ?? Number.POSITIVE_INFINITY, atX, atY) : undefined) ??
      (isClipped(object, atX, atY, em) || isOnLayer(pdfium, object, scratch) ? 'hidden' : undefined);
    return { ...(suspected ? { suspected } : {}), covers };
  };
};

/** Why a letter of the object may not be seen. */
export const suspicionOf = (
  { suspected, covers }: ObjectSuspicion,
  { x0, x1, top, bottom }: Box,
): UnseenReason | undefined => {
  if (suspected !== undefined || covers.length === 0) return suspected;
  const [x, y] = [(x0 + x1) / 2, (top + bottom) / 2];
  return covers.some((area) => holds(area, x, y)) ? 'covered' : undefined;
};
