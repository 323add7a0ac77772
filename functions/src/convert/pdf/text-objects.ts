/** What all letters of one text object have in common: its font and place, and what may hide it. */
import type { UnseenReason } from '../../contracts/document.ts';
import { type FontStyle, readFontStyle } from './font-style.ts';
import { type Colour, readFillColour } from './page-areas.ts';
import type { Rule } from './page-model.ts';
import { type PageSpace, shownX, shownY } from './page-space.ts';
import type { PdfiumModule, Pointer } from './pdfium.ts';
import type { Letter } from './segment-builder.ts';
import type { Tag } from './tags/tag-model.ts';
import type { ObjectSuspicion, TextPaint } from './text-suspicion.ts';

/** Text that climbs or falls more steeply has no line that others could stand on. */
const TURNED_SLOPE = 0.3;
/** Of 255: greys differ less in their parts. */
const LEAST_CHROMA = 48;

const isColoured = (colour: Colour): boolean => Math.max(...colour) - Math.min(...colour) >= LEAST_CHROMA;

/** The state that holds for every character of one text object. */
export interface ObjectState {
  look: Pick<Letter, 'size' | 'baseline' | 'bold' | 'italic' | 'mono' | 'coloured' | 'rotated' | 'tag'>;
  suspicion: ObjectSuspicion;
  /** Its font is in the file. */
  embedded: boolean;
}

/** What is known of the page before its text is read. */
export interface PageFacts {
  rules: readonly Rule[];
  tagOf: (object: Pointer) => Tag | undefined;
  suspicionOf: (paint: TextPaint) => ObjectSuspicion;
  /** Whether a suspected letter is seen after all; absent while the page has not been looked at. */
  isSeen?: (letter: Letter, reason: UnseenReason) => boolean;
}

/** What tells the state of a text object's characters: asked once per object, not per character. */
export const createObjectReader = (
  pdfium: PdfiumModule,
  textPage: Pointer,
  space: PageSpace,
  scratch: Pointer,
  { tagOf, suspicionOf: suspect }: PageFacts,
): ((object: Pointer, index: number) => ObjectState) => {
  const styles = new Map<Pointer, FontStyle & { embedded: boolean }>();
  const styleOf = (font: Pointer): FontStyle & { embedded: boolean } => {
    const known = styles.get(font);
    if (known) return known;
    const embedded = font !== 0 && pdfium._FPDFFont_GetIsEmbedded(font) === 1;
    const style = { ...readFontStyle(pdfium, font), embedded };
    styles.set(font, style);
    return style;
  };
  return (object, index) => {
    pdfium._FPDFText_GetMatrix(textPage, index, scratch);
    const at = scratch >> 2;
    const { HEAPF32: floats } = pdfium;
    const [a, b, c, d] = [floats[at] ?? 1, floats[at + 1] ?? 0, floats[at + 2] ?? 0, floats[at + 3] ?? 1];
    const size = pdfium._FPDFText_GetFontSize(textPage, index) * Math.hypot(c, d);
    const alongX = space.a * a + space.c * b;
    const alongY = Math.abs(space.b * a + space.d * b);
    pdfium._FPDFText_GetCharOrigin(textPage, index, scratch, scratch + 8);
    const { HEAPF64: doubles } = pdfium;
    const [x, y] = [doubles[scratch >> 3] ?? 0, doubles[(scratch >> 3) + 1] ?? 0];
    const { bold, italic, mono, embedded } = styleOf(object === 0 ? 0 : pdfium._FPDFTextObj_GetFont(object));
    const baseline = shownY(space, x, y);
    const rotated = alongY > TURNED_SLOPE * Math.abs(alongX) || alongX < 0;
    const fill = object === 0 ? undefined : readFillColour(pdfium, object, scratch);
    return {
      look: {
        size,
        baseline,
        bold,
        italic,
        mono,
        coloured: fill !== undefined && isColoured(fill.colour),
        rotated,
        tag: tagOf(object),
      },
      suspicion: suspect({ object, fill, x: shownX(space, x, y), baseline, size, rotated }),
      embedded,
    };
  };
};
