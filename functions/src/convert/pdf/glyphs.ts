/** The characters of a text layer, as PDFium answers them and as they are shown. */
import { showSymbol } from '../docx/symbols.ts';
import type { PdfiumModule, Pointer } from './pdfium.ts';

const REPLACEMENT = 0xfffd;
/** What PDFium answers for a hyphen at the end of a line. */
const LINE_END_HYPHENS = new Set([0x02, 0xfffe]);
const HYPHEN = 0x2d;
const SOFT_HYPHEN = 0xad;

/** Check boxes of the Wingdings font, whose letters have no place of their own in Unicode. */
const WINGDINGS_BOXES: ReadonlyMap<number, string> = new Map([
  [0xf06f, '☐'],
  [0xf0a8, '☐'],
  [0xf078, '☒'],
  [0xf0fd, '☒'],
  [0xf0fe, '☑'],
]);

const isPrivate = (code: number): boolean => code >= 0xe000 && code <= 0xf8ff;

/** Bullets, boxes and arrows of symbol fonts are shown as such; names of ligatures and other presentation forms are spelled out. */
export const spelledOut = (code: number): string => {
  const letter = String.fromCodePoint(code);
  if (code >= 0xfb00 && code <= 0xfb06) return letter.normalize('NFKC');
  return isPrivate(code) ? (WINGDINGS_BOXES.get(code) ?? showSymbol(letter, false, letter)) : letter;
};

export const isSpace = (code: number): boolean =>
  code === 0x20 || code === 0xa0 || code === 0x09 || (code >= 0x2000 && code <= 0x200a);
const isControl = (code: number): boolean => code < 0x20 || code === 0x200b || code === 0xfeff;

const shownCode = (code: number): number => {
  if (LINE_END_HYPHENS.has(code) || code === SOFT_HYPHEN) return HYPHEN;
  if (code === 0) return REPLACEMENT;
  return isControl(code) ? 0 : code;
};

/** A letter of nobody's alphabet. */
const isNameless = (code: number): boolean =>
  code === REPLACEMENT || (isPrivate(code) && isPrivate(spelledOut(code).codePointAt(0) ?? 0));

interface Glyph {
  /** As it is shown; 0 for what shows nothing. */
  code: number;
  /** Its font does not say what it is: the code is a guess, or U+FFFD. */
  unmapped: boolean;
}

/** `owner` is 0 for what PDFium adds by itself: spaces and ends of lines. */
export const readGlyph = (pdfium: PdfiumModule, textPage: Pointer, index: number, owner: Pointer): Glyph => {
  const read = pdfium._FPDFText_GetUnicode(textPage, index);
  if (owner === 0) return { code: isControl(read) ? 0 : shownCode(read), unmapped: false };
  const unmapped = pdfium._FPDFText_HasUnicodeMapError(textPage, index) === 1;
  const code = unmapped && (isControl(read) || LINE_END_HYPHENS.has(read)) ? REPLACEMENT : shownCode(read);
  return { code, unmapped: unmapped || isNameless(code) };
};
