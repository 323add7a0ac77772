/** A page that is a picture: how large it is, and how large it was on paper. */

export interface ImagePage {
  /** As stored. */
  widthPx: number;
  heightPx: number;
  /** As the file states it. */
  dpi?: { x: number; y: number };
  /** It is stored lying on its side, and turned to be shown. */
  isTurned: boolean;
}

/** Why the file cannot be an image of its format, in words for its owner. */
export class DamagedImage extends Error {}

export const SIZELESS = 'its header states no size';
export const CUT_SHORT = 'its end is missing';

const USUAL_DPI = 200;
/** No scanner gives less: 72 is what EXIF prescribes where nothing is known, and what programs write that do not know either. */
const LEAST_DPI = 90;
const POINTS_PER_INCH = 72;

/** Undefined unless the file can mean it. */
export const statedDpi = (x: number, y: number): { x: number; y: number } | undefined =>
  x >= LEAST_DPI && y >= LEAST_DPI && Number.isFinite(x + y) ? { x, y } : undefined;

const toPoints = (pixels: number, dpi: number): number => Math.round((pixels / dpi) * POINTS_PER_INCH * 100) / 100;

/** As shown. */
export const pageSizeOf = ({ widthPx, heightPx, dpi, isTurned }: ImagePage): { widthPt: number; heightPt: number } => {
  const [width, height] = [toPoints(widthPx, dpi?.x ?? USUAL_DPI), toPoints(heightPx, dpi?.y ?? USUAL_DPI)];
  return isTurned ? { widthPt: height, heightPt: width } : { widthPt: width, heightPt: height };
};
