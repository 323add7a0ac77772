/** From PDFium's characters to segments: pieces of a line with their font, without keeping anything per character. */
import { type FontStyle, readFontStyle } from './font-style.ts';
import type { Rule, Segment } from './page-model.ts';
import { type PageSpace, shownX, shownY } from './page-space.ts';
import type { PdfiumModule, Pointer } from './pdfium.ts';
import { createSegmentBuilder, type Letter } from './segment-builder.ts';

const INVISIBLE = 3;
/** Smaller letters cannot be read by anyone. */
const SMALLEST_VISIBLE_PT = 0.8;
const REPLACEMENT = 0xfffd;
/** Text that climbs or falls more steeply has no line that others could stand on. */
const TURNED_SLOPE = 0.3;
/** What PDFium answers for a hyphen at the end of a line. */
const LINE_END_HYPHENS = new Set([0x02, 0xfffe]);
const HYPHEN = 0x2d;
const SOFT_HYPHEN = 0xad;

export interface PageText {
  segments: Segment[];
  hiddenCharacters: number;
  unreadableCharacters: number;
}

/** The state that holds for every character of one text object. */
interface ObjectState {
  look: Pick<Letter, 'size' | 'baseline' | 'bold' | 'italic' | 'rotated'>;
  hidden: boolean;
}

/** Names of ligatures and other presentation forms are spelled out; other letters stay as they are. */
const spelledOut = (code: number): string => {
  const letter = String.fromCodePoint(code);
  return code >= 0xfb00 && code <= 0xfb06 ? letter.normalize('NFKC') : letter;
};

const isSpace = (code: number): boolean =>
  code === 0x20 || code === 0xa0 || code === 0x09 || (code >= 0x2000 && code <= 0x200a);
const isControl = (code: number): boolean => code < 0x20 || code === 0x200b || code === 0xfeff;

/** What tells the state of a text object's characters: asked once per object, not per character. */
const createObjectReader = (
  pdfium: PdfiumModule,
  textPage: Pointer,
  space: PageSpace,
  scratch: Pointer,
  hasImage: boolean,
): ((object: Pointer, index: number) => ObjectState) => {
  const styles = new Map<Pointer, FontStyle>();
  const styleOf = (font: Pointer): FontStyle => {
    const known = styles.get(font);
    if (known) return known;
    const style = readFontStyle(pdfium, font);
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
    const invisible = object !== 0 && !hasImage && pdfium._FPDFTextObj_GetTextRenderMode(object) === INVISIBLE;
    const { bold, italic } = styleOf(object === 0 ? 0 : pdfium._FPDFTextObj_GetFont(object));
    return {
      look: {
        size,
        baseline: shownY(space, x, y),
        bold,
        italic,
        rotated: alongY > TURNED_SLOPE * Math.abs(alongX) || alongX < 0,
      },
      hidden: invisible || size < SMALLEST_VISIBLE_PT,
    };
  };
};

/** Text outside of the page is in the file but shown to nobody; places that are no numbers are outside too. */
const isOnPage = ({ x0, x1, top, bottom }: Letter, { width, height }: PageSpace): boolean =>
  x1 > 0 && x0 < width && bottom > 0 && top < height;

/** One object is used for all letters of a page: the builder keeps none of them. */
const emptyLetter = (): Letter => ({
  text: '',
  x0: 0,
  x1: 0,
  top: 0,
  bottom: 0,
  baseline: 0,
  size: 0,
  bold: false,
  italic: false,
  rotated: false,
  startsObject: true,
});

/** PDFium's code as the one that is shown; 0 for what shows nothing. */
const shownCode = (code: number): number => {
  if (LINE_END_HYPHENS.has(code) || code === SOFT_HYPHEN) return HYPHEN;
  if (code === 0) return REPLACEMENT;
  return isControl(code) ? 0 : code;
};

/**
 * `hasImage`: invisible text over a picture is the text of a scan and is read; without one it is hidden from the reader, counted and left out.
 * `scratch` is a buffer of at least 32 bytes, aligned to 8.
 */
export const readText = (
  pdfium: PdfiumModule,
  page: Pointer,
  space: PageSpace,
  scratch: Pointer,
  drawing: { rules: readonly Rule[]; hasImage: boolean },
): PageText => {
  const textPage = pdfium._FPDFText_LoadPage(page);
  if (textPage === 0) return { segments: [], hiddenCharacters: 0, unreadableCharacters: 0 };
  try {
    const readObject = createObjectReader(pdfium, textPage, space, scratch, drawing.hasImage);
    const builder = createSegmentBuilder(drawing.rules);
    const at = scratch >> 2;
    let hiddenCharacters = 0;
    let unreadableCharacters = 0;
    let object: Pointer = 0;
    let state: ObjectState | undefined;
    const letter = emptyLetter();
    const count = pdfium._FPDFText_CountChars(textPage);
    for (let index = 0; index < count; index++) {
      const read = pdfium._FPDFText_GetUnicode(textPage, index);
      const owner = pdfium._FPDFText_GetTextObject(textPage, index);
      const code = owner === 0 && isControl(read) ? 0 : shownCode(read);
      if (isSpace(code)) builder.space();
      if (code === 0 || isSpace(code)) continue;
      const startsObject = owner !== object || !state;
      if (!state || startsObject) {
        object = owner;
        state = readObject(object, index);
        Object.assign(letter, state.look);
      }
      letter.startsObject = startsObject;
      if (state.hidden) {
        hiddenCharacters += 1;
        continue;
      }
      pdfium._FPDFText_GetLooseCharBox(textPage, index, scratch);
      const { HEAPF32: floats } = pdfium;
      const [left, top, right, bottom] = [
        floats[at] ?? 0,
        floats[at + 1] ?? 0,
        floats[at + 2] ?? 0,
        floats[at + 3] ?? 0,
      ];
      const [xA, xB] = [shownX(space, left, top), shownX(space, right, bottom)];
      const [yA, yB] = [shownY(space, left, top), shownY(space, right, bottom)];
      letter.x0 = Math.min(xA, xB);
      letter.x1 = Math.max(xA, xB);
      letter.top = Math.min(yA, yB);
      letter.bottom = Math.max(yA, yB);
      if (!isOnPage(letter, space)) {
        hiddenCharacters += 1;
        continue;
      }
      if (code === REPLACEMENT) unreadableCharacters += 1;
      letter.text = spelledOut(code);
      builder.letter(letter);
    }
    return { segments: builder.finish(), hiddenCharacters, unreadableCharacters };
  } finally {
    pdfium._FPDFText_ClosePage(textPage);
  }
};
