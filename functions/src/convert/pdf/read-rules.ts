/** The straight lines of a page (edges of tables, underlines) and whether it has pictures or drawings, from its page objects. */
import { createAreaCollector, type PageAreas } from './page-areas.ts';
import { type Box, type Dot, type Rule, unionOf } from './page-model.ts';
import { type PageSpace, shownX, shownY } from './page-space.ts';
import type { PdfiumModule, Pointer } from './pdfium.ts';

const TEXT = 1;
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
  /** Small strokes that are no rules: what crosses or ticks a box. */
  strokes: Box[];
  hasImage: boolean;
  hasPath: boolean;
  /** Pieces of text in drawings that are placed on the page. */
  textsInForms: Set<Pointer>;
  /** What is painted, and in which order. */
  painted: PageAreas;
}

type Place = (x: number, y: number) => Point;

/** Of a picture in its own space. */
const CORNERS = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
] as const;

const boxOfPoints = (points: readonly Point[]): Box =>
  unionOf(points.map(({ x, y }) => ({ x0: x, x1: x, top: y, bottom: y })));

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

/** Check boxes are larger than bullets. */
const BOX_MIN_PT = 6;
const BOX_MAX_PT = 18;
const MAX_STROKES = 1000;

/** A small shape that is a bullet or a check box. `filled`: with something that shows. */
const dotOf = ({ points, curved }: Subpath, filled: boolean): Dot | undefined => {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [x0, x1, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const [width, height] = [x1 - x0, bottom - top];
  const [least, most] = [Math.min(width, height), Math.max(width, height)];
  if (least < DOT_MIN_PT || most - least > 0.25 * most || points.length < 4) return undefined;
  if (!curved && !filled && least >= BOX_MIN_PT && most <= BOX_MAX_PT) return { x0, x1, top, bottom, glyph: '☐' };
  if (most > DOT_MAX_PT) return undefined;
  return { x0, x1, top, bottom, glyph: curved ? (filled ? '•' : '◦') : '▪' };
};

const strokeOf = ({ points }: Subpath): Box | undefined => {
  const box = boxOfPoints(points);
  const [width, height] = [box.x1 - box.x0, box.bottom - box.top];
  return Math.min(width, height) >= DOT_MIN_PT && Math.max(width, height) <= BOX_MAX_PT ? box : undefined;
};

/** Paper shows through a shape that is filled with white. */
const isWhite = (pdfium: PdfiumModule, object: Pointer, scratch: Pointer): boolean =>
  pdfium._FPDFPageObj_GetFillColor(object, scratch, scratch + 4, scratch + 8, scratch + 12) !== 0 &&
  pdfium.HEAP32.subarray(scratch >> 2, (scratch >> 2) + 3).every((part) => part > 250);

const noteShape = (drawing: PageDrawing, subpath: Subpath, shows: boolean, stroked: boolean): void => {
  if (subpath.points.length < 2) return;
  const dot = dotOf(subpath, shows);
  if (dot) {
    drawing.dots.push(dot);
    return;
  }
  drawing.rules.push(...rulesOf(subpath, stroked));
  const stroke = drawing.strokes.length < MAX_STROKES ? strokeOf(subpath) : undefined;
  if (stroke) drawing.strokes.push(stroke);
};

/** `scratch` is a buffer of at least 32 bytes. */
export const readDrawing = (pdfium: PdfiumModule, page: Pointer, space: PageSpace, scratch: Pointer): PageDrawing => {
  const painted = createAreaCollector(pdfium, space);
  const drawing: PageDrawing = {
    painted,
    rules: [],
    dots: [],
    strokes: [],
    hasImage: false,
    hasPath: false,
    textsInForms: new Set(),
  };

  const noteText = (object: Pointer, type: number, depth: number): void => {
    if (type !== TEXT) return;
    painted.text(object);
    if (depth > 0) drawing.textsInForms.add(object);
  };

  const visit = (object: Pointer, place: Place, depth: number): void => {
    const type = pdfium._FPDFPageObj_GetType(object);
    noteText(object, type, depth);
    if (type === IMAGE) {
      drawing.hasImage = true;
      pdfium._FPDFPageObj_GetMatrix(object, scratch);
      const inPicture = placeThrough(pdfium, scratch, place);
      painted.picture(object, boxOfPoints(CORNERS.map(([x, y]) => inPicture(x, y))));
    } else if (type === PATH) {
      drawing.hasPath = true;
      pdfium._FPDFPath_GetDrawMode(object, scratch, scratch + 4);
      const filled = pdfium.HEAP32[scratch >> 2] !== 0;
      const stroked = pdfium.HEAP32[(scratch + 4) >> 2] !== 0;
      if (!filled && !stroked) return;
      const shows = filled && !(stroked && isWhite(pdfium, object, scratch));
      pdfium._FPDFPageObj_GetMatrix(object, scratch);
      const inPath = placeThrough(pdfium, scratch, place);
      for (const subpath of readSubpaths(pdfium, object, scratch, inPath)) {
        noteShape(drawing, subpath, shows, stroked);
        if (filled && subpath.points.length > 2) painted.filled(object, boxOfPoints(subpath.points), scratch);
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
