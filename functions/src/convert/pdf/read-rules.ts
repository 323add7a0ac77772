/** The straight lines of a page (edges of tables, underlines) and whether it has pictures or drawings, from its page objects. */
import type { Dot, Rule } from './page-model.ts';
import { type PageSpace, shownX, shownY } from './page-space.ts';
import type { PdfiumModule, Pointer } from './pdfium.ts';

const PATH = 2;
const IMAGE = 3;
const FORM = 5;
const LINE_TO = 0;
const MOVE_TO = 2;
/** Thicker than this it is an area, not a line. */
const RULE_MAX_THICKNESS_PT = 3;
const RULE_MIN_LENGTH_PT = 4;
/** A path with more points is a drawing. */
const MAX_PATH_POINTS = 4000;
const MAX_FORM_DEPTH = 4;
const DOT_MIN_PT = 1.8;
const DOT_MAX_PT = 8;

interface Point {
  x: number;
  y: number;
}

interface Subpath {
  points: Point[];
  curved: boolean;
}

export interface PageDrawing {
  rules: Rule[];
  /** Small filled or outlined shapes: bullets that are drawn instead of written. */
  dots: Dot[];
  hasImage: boolean;
  hasPath: boolean;
}

type Place = (x: number, y: number) => Point;

const readSubpaths = (pdfium: PdfiumModule, path: Pointer, scratch: Pointer, place: Place): Subpath[] => {
  const count = pdfium._FPDFPath_CountSegments(path);
  if (count < 2 || count > MAX_PATH_POINTS) return [];
  const subpaths: Subpath[] = [];
  for (let index = 0; index < count; index++) {
    const segment = pdfium._FPDFPath_GetPathSegment(path, index);
    pdfium._FPDFPathSegment_GetPoint(segment, scratch, scratch + 4);
    const at = scratch >> 2;
    const point = place(pdfium.HEAPF32[at] ?? 0, pdfium.HEAPF32[at + 1] ?? 0);
    const type = pdfium._FPDFPathSegment_GetType(segment);
    if (type === MOVE_TO) subpaths.push({ points: [], curved: false });
    const current = subpaths.at(-1);
    if (!current) continue;
    if (type !== MOVE_TO && type !== LINE_TO) current.curved = true;
    current.points.push(point);
    const first = current.points[0];
    if (first && pdfium._FPDFPathSegment_GetClose(segment)) current.points.push(first);
  }
  return subpaths;
};

const ruleBetween = (a: Point, b: Point): Rule | undefined => {
  const acrossPt = Math.abs(a.x - b.x);
  const downPt = Math.abs(a.y - b.y);
  if (downPt <= 0.5 && acrossPt >= RULE_MIN_LENGTH_PT)
    return { direction: 'horizontal', at: (a.y + b.y) / 2, from: Math.min(a.x, b.x), to: Math.max(a.x, b.x) };
  if (acrossPt <= 0.5 && downPt >= RULE_MIN_LENGTH_PT)
    return { direction: 'vertical', at: (a.x + b.x) / 2, from: Math.min(a.y, b.y), to: Math.max(a.y, b.y) };
  return undefined;
};

/** A thin area is one rule through its middle; a stroked outline is a rule for each straight edge. */
const rulesOf = ({ points, curved }: Subpath, stroked: boolean): Rule[] => {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const [width, height] = [right - left, bottom - top];
  if (height <= RULE_MAX_THICKNESS_PT && width >= RULE_MIN_LENGTH_PT && width > 2 * height)
    return [{ direction: 'horizontal', at: (top + bottom) / 2, from: left, to: right }];
  if (width <= RULE_MAX_THICKNESS_PT && height >= RULE_MIN_LENGTH_PT && height > 2 * width)
    return [{ direction: 'vertical', at: (left + right) / 2, from: top, to: bottom }];
  if (!stroked || curved) return [];
  return points.flatMap((point, index) => {
    const next = points[index + 1];
    const rule = next && ruleBetween(point, next);
    return rule ? [rule] : [];
  });
};

const dotOf = ({ points, curved }: Subpath, filled: boolean): Dot | undefined => {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [x0, x1, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const [width, height] = [x1 - x0, bottom - top];
  const small = width >= DOT_MIN_PT && width <= DOT_MAX_PT && height >= DOT_MIN_PT && height <= DOT_MAX_PT;
  if (!small || Math.abs(width - height) > 0.25 * Math.max(width, height) || points.length < 4) return undefined;
  return { x0, x1, top, bottom, glyph: curved ? (filled ? '•' : '◦') : '▪' };
};

/** `scratch` is a buffer of at least 32 bytes. */
export const readDrawing = (pdfium: PdfiumModule, page: Pointer, space: PageSpace, scratch: Pointer): PageDrawing => {
  const drawing: PageDrawing = { rules: [], dots: [], hasImage: false, hasPath: false };

  const visit = (object: Pointer, place: Place, depth: number): void => {
    const type = pdfium._FPDFPageObj_GetType(object);
    if (type === IMAGE) drawing.hasImage = true;
    else if (type === PATH) {
      drawing.hasPath = true;
      pdfium._FPDFPath_GetDrawMode(object, scratch, scratch + 4);
      const filled = pdfium.HEAP32[scratch >> 2] !== 0;
      const stroked = pdfium.HEAP32[(scratch + 4) >> 2] !== 0;
      if (!filled && !stroked) return;
      pdfium._FPDFPageObj_GetMatrix(object, scratch);
      const inPath = placeThrough(pdfium, scratch, place);
      for (const subpath of readSubpaths(pdfium, object, scratch, inPath))
        if (subpath.points.length > 1) {
          const dot = dotOf(subpath, filled);
          if (dot) drawing.dots.push(dot);
          else drawing.rules.push(...rulesOf(subpath, stroked));
        }
    } else if (type === FORM && depth < MAX_FORM_DEPTH) {
      pdfium._FPDFPageObj_GetMatrix(object, scratch);
      const inForm = placeThrough(pdfium, scratch, place);
      const count = pdfium._FPDFFormObj_CountObjects(object);
      for (let index = 0; index < count; index++)
        visit(pdfium._FPDFFormObj_GetObject(object, index), inForm, depth + 1);
    }
  };

  const count = pdfium._FPDFPage_CountObjects(page);
  const onPage: Place = (x, y) => ({ x: shownX(space, x, y), y: shownY(space, x, y) });
  for (let index = 0; index < count; index++) visit(pdfium._FPDFPage_GetObject(page, index), onPage, 0);
  return drawing;
};

/** `place` after the matrix that stands at `scratch`. */
const placeThrough = (pdfium: PdfiumModule, scratch: Pointer, place: Place): Place => {
  const at = scratch >> 2;
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = pdfium.HEAPF32.subarray(at, at + 6);
  return (x, y) => place(a * x + c * y + e, b * x + d * y + f);
};
