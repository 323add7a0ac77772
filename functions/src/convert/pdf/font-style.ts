/** Whether a font is bold, italic or monospaced: by its name first, since the weight in the file is often only estimated. */
import type { PdfiumModule, Pointer } from './pdfium.ts';

export interface FontStyle {
  bold: boolean;
  italic: boolean;
  /** All of its letters are equally wide. */
  mono: boolean;
}

const FIXED_PITCH_FLAG = 1;
const FORCE_BOLD_FLAG = 1 << 18;
const ITALIC_FLAG = 1 << 6;
const NAME_BYTES = 256;

const BOLD_NAME = /bold|black|heavy|demi|semibd|(?:^|\+|-)(?:cm|sf|ec|lm)(?:b|ss?bx|bx)\d|[,-]b(?:d|ld)?$/i;
const REGULAR_NAME = /regular|roman|book|light|medium|normal/i;
const ITALIC_NAME = /italic|oblique|slanted|(?:^|\+)(?:cm|sf|ec)(?:ti|sl|bxti)\d|[,-]it?$/i;
const MONO_NAME = /mono(?!type)|courier|typewriter|consol|menlo|terminal|(?:^|\+)(?:cm|sf|ec|lm)(?:s?l?tt|vtt)/i;

/** From the name of the font as the file gives it, e.g. "ABCDEF+Calibri-BoldItalic". */
export const styleOfFontName = (name: string): FontStyle => ({
  bold: BOLD_NAME.test(name),
  italic: ITALIC_NAME.test(name),
  mono: MONO_NAME.test(name),
});

export const readFontStyle = (pdfium: PdfiumModule, font: Pointer): FontStyle => {
  if (font === 0) return { bold: false, italic: false, mono: false };
  const buffer = pdfium._malloc(NAME_BYTES);
  try {
    const sizeBytes = Math.min(pdfium._FPDFFont_GetBaseFontName(font, buffer, NAME_BYTES), NAME_BYTES);
    const name = new TextDecoder().decode(pdfium.HEAPU8.slice(buffer, buffer + Math.max(0, sizeBytes - 1)));
    const named = styleOfFontName(name);
    const flags = Math.max(0, pdfium._FPDFFont_GetFlags(font));
    const weighty =
      !REGULAR_NAME.test(name) && ((flags & FORCE_BOLD_FLAG) !== 0 || pdfium._FPDFFont_GetWeight(font) >= 700);
    return {
      bold: named.bold || weighty,
      italic: named.italic || (flags & ITALIC_FLAG) !== 0,
      mono: named.mono || (flags & FIXED_PITCH_FLAG) !== 0,
    };
  } finally {
    pdfium._free(buffer);
  }
};
