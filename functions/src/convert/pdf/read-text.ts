/** From PDFium's characters to segments: pieces of a line with their font, without keeping anything per character. */
import type { UnseenReason } from '../../contracts/document.ts';
import { isSpace, readGlyph, spelledOut } from './glyphs.ts';
import type { Segment, TextLayer, UnseenText } from './page-model.ts';
import { type PageSpace, shownX, shownY } from './page-space.ts';
import type { PdfiumModule, Pointer } from './pdfium.ts';
import { createSegmentBuilder, type Letter } from './segment-builder.ts';
import { createObjectReader, type ObjectState, type PageFacts } from './text-objects.ts';
import { type ObjectSuspicion, suspicionOf } from './text-suspicion.ts';
import { addSuspect, createUnseenCollector, type SuspectTexts } from './unseen-text.ts';

/** Smaller letters cannot be read by anyone, */
const SMALLEST_VISIBLE_PT = 1;
/** unless their font makes them this much larger than its size says. */
const LARGEST_TINY_PT = 2;
/** Letters behind this one are drawn by a font of the file or not at all. */
const LAST_LATIN = 0x2ff;

export interface PageText {
  segments: Segment[];
  unreadableCharacters: number;
  unseen: UnseenText[];
  textLayer: TextLayer;
  /** What may be unseen and is among the segments nevertheless. */
  suspects: SuspectTexts;
}

/** Text outside of the page is in the file but shown to nobody; places that are no numbers are outside too. */
const isOnPage = ({ x0, x1, top, bottom }: Letter, { width, height }: PageSpace): boolean =>
  x1 > 0 && x0 < width && bottom > 0 && top < height;

/** Why nobody sees the letter, for certain. */
const certainReason = (letter: Letter, { certain }: ObjectSuspicion, space: PageSpace): UnseenReason | undefined => {
  if (certain !== undefined) return certain;
  if (letter.size < SMALLEST_VISIBLE_PT && letter.bottom - letter.top < LARGEST_TINY_PT) return 'tiny';
  return isOnPage(letter, space) ? undefined : 'off_page';
};

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
  mono: false,
  coloured: false,
  rotated: false,
  startsObject: true,
});

const placeLetter = (pdfium: PdfiumModule, scratch: Pointer, space: PageSpace, letter: Letter): void => {
  const at = scratch >> 2;
  const { HEAPF32: floats } = pdfium;
  const [left, top, right, bottom] = [floats[at] ?? 0, floats[at + 1] ?? 0, floats[at + 2] ?? 0, floats[at + 3] ?? 0];
  const [xA, xB] = [shownX(space, left, top), shownX(space, right, bottom)];
  const [yA, yB] = [shownY(space, left, top), shownY(space, right, bottom)];
  letter.x0 = Math.min(xA, xB);
  letter.x1 = Math.max(xA, xB);
  letter.top = Math.min(yA, yB);
  letter.bottom = Math.max(yA, yB);
};

/** Why a letter may be unseen that could be found on the page if it is seen. */
const suspectedReason = (letter: Letter, { suspicion, embedded }: ObjectState): UnseenReason | undefined =>
  embedded || (letter.text.codePointAt(0) ?? 0) <= LAST_LATIN ? suspicionOf(suspicion, letter) : undefined;

/**
 * Text that is certainly unseen is left out; what is only suspected stays until the page has been looked at.
 * `scratch` is a buffer of at least 32 bytes, aligned to 8.
 */
export const readText = (
  pdfium: PdfiumModule,
  page: Pointer,
  space: PageSpace,
  scratch: Pointer,
  facts: PageFacts,
): PageText => {
  const unseen = createUnseenCollector();
  const builder = createSegmentBuilder(facts.rules);
  const textLayer: TextLayer = { characters: 0, unmapped: 0, onPicture: 0 };
  const suspects: SuspectTexts = { texts: new Set(), region: undefined };
  const letter = emptyLetter();

  const whyUnseen = (object: Pointer, state: ObjectState): UnseenReason | undefined => {
    const certain = certainReason(letter, state.suspicion, space);
    if (certain !== undefined) return certain;
    const suspected = suspectedReason(letter, state);
    if (suspected === undefined) return undefined;
    if (facts.isSeen) return facts.isSeen(letter, suspected) ? undefined : suspected;
    addSuspect(suspects, object, letter);
    return undefined;
  };

  const textPage = pdfium._FPDFText_LoadPage(page);
  try {
    const readObject = createObjectReader(pdfium, textPage, space, scratch, facts);
    let object: Pointer = 0;
    let state: ObjectState | undefined;
    const count = textPage === 0 ? 0 : pdfium._FPDFText_CountChars(textPage);
    for (let index = 0; index < count; index++) {
      const owner = pdfium._FPDFText_GetTextObject(textPage, index);
      const { code, unmapped } = readGlyph(pdfium, textPage, index, owner);
      if (isSpace(code)) {
        builder.space(owner === 0);
        unseen.space();
      }
      if (code === 0 || isSpace(code)) continue;
      letter.startsObject = owner !== object || !state;
      if (!state || letter.startsObject) {
        object = owner;
        state = readObject(object, index);
        Object.assign(letter, state.look);
      }
      letter.text = spelledOut(code);
      pdfium._FPDFText_GetLooseCharBox(textPage, index, scratch);
      placeLetter(pdfium, scratch, space, letter);
      const reason = whyUnseen(object, state);
      if (reason !== undefined) {
        unseen.add(reason, letter.text, letter.startsObject);
        continue;
      }
      textLayer.characters += 1;
      if (unmapped) textLayer.unmapped += 1;
      if (state.suspicion.isLayer) textLayer.onPicture += 1;
      builder.letter(letter);
    }
  } finally {
    if (textPage !== 0) pdfium._FPDFText_ClosePage(textPage);
  }
  const segments = builder.finish();
  return { segments, unreadableCharacters: textLayer.unmapped, unseen: unseen.found(), textLayer, suspects };
};
