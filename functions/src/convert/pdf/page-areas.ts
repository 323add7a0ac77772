/** What a page fills with colour or pictures, and in which order it is painted: tells what is behind a text and what lies over it. */
import type { Box } from './page-model.ts';
import type { PdfiumModule, Pointer } from './pdfium.ts';

/** Red, green and blue from 0 to 255. */
export type Colour = readonly [number, number, number];

/** The box around a filled shape or a picture. */
export interface Area extends Box {
  object: Pointer;
  /** Larger is painted later. */
  order: number;
  /** Absent of a picture. */
  colour?: Colour;
}

export interface PageAreas {
  /** In the order in which they are painted. */
  areas: Area[];
  /** When each text is painted. */
  orderOf: Map<Pointer, number>;
  /** Share of the page under pictures, from 0. Those that overlap count twice; strips of a few pixels, in which some scans come, count too. */
  readonly pictureShare: number;
}

/** Of 255: less than this is seen through. */
const OPAQUE = 250;
/** Smaller shapes neither hide a text nor stand behind one. */
const SMALLEST_PT = 4;
/** A page with more of them is a drawing; the further ones say nothing about its text. */
const MAX_AREAS = 3000;

export interface PaintedColour {
  colour: Colour;
  /** 0 to 255. */
  alpha: number;
}

/** What `object` is filled with. PDFium answers white for patterns. `scratch` is a buffer of at least 16 bytes. */
export const readFillColour = (pdfium: PdfiumModule, object: Pointer, scratch: Pointer): PaintedColour | undefined => {
  if (!pdfium._FPDFPageObj_GetFillColor(object, scratch, scratch + 4, scratch + 8, scratch + 12)) return undefined;
  const at = scratch >> 2;
  const { HEAP32: parts } = pdfium;
  return { colour: [parts[at] ?? 0, parts[at + 1] ?? 0, parts[at + 2] ?? 0], alpha: parts[at + 3] ?? 0 };
};

export interface AreaCollector extends PageAreas {
  text(object: Pointer): void;
  picture(object: Pointer, box: Box): void;
  /** One call for each of its closed parts. `scratch`: as for readFillColour. */
  filled(object: Pointer, box: Box, scratch: Pointer): void;
}

/** To be told of every object of a page in the order in which they are painted. */
export const createAreaCollector = (pdfium: PdfiumModule, page: { width: number; height: number }): AreaCollector => {
  const areas: Area[] = [];
  const orderOf = new Map<Pointer, number>();
  let order = 0;
  let pictured = 0;
  const isLarge = ({ x0, x1, top, bottom }: Box): boolean =>
    x1 - x0 >= SMALLEST_PT && bottom - top >= SMALLEST_PT && areas.length < MAX_AREAS;
  return {
    areas,
    orderOf,
    get pictureShare() {
      return pictured / Math.max(1, page.width * page.height);
    },
    text: (object) => {
      order += 1;
      orderOf.set(object, order);
    },
    picture: (object, box) => {
      order += 1;
      const across = Math.min(box.x1, page.width) - Math.max(box.x0, 0);
      const down = Math.min(box.bottom, page.height) - Math.max(box.top, 0);
      pictured += Math.max(0, across) * Math.max(0, down);
      if (isLarge(box)) areas.push({ ...box, object, order });
    },
    filled: (object, box, scratch) => {
      order += 1;
      if (!isLarge(box)) return;
      const fill = readFillColour(pdfium, object, scratch);
      if (fill && fill.alpha >= OPAQUE) areas.push({ ...box, object, order, colour: fill.colour });
    },
  };
};
