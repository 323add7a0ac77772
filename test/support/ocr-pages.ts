/** Recognised pages, written by hand. */
import type { OcrPage } from '../../functions/src/contracts/ocr.ts';

export type OcrParagraph = OcrPage['paragraphs'][number];

const LETTER_PT = 5;

export interface OcrParagraphOptions {
  kind?: OcrParagraph['kind'];
  depth?: number;
  x?: number;
  /** Of capitals. Default 7. */
  height?: number;
  confidence?: number;
}

/** Lines from `y` down, 14 pt apart, their boxes as high as the letters. */
export const ocrParagraph = (y: number, texts: readonly string[], options: OcrParagraphOptions = {}): OcrParagraph => {
  const { kind = 'body', depth, x = 72, height = 7, confidence = 0.97 } = options;
  return {
    kind,
    ...(depth === undefined ? {} : { depth }),
    lines: texts.map((text, index) => ({
      text,
      bbox: {
        x,
        y: y + index * 14,
        width: text.length * LETTER_PT,
        height: height * (/[gjpqy(]/.test(text) ? 1.3 : 1),
      },
      confidence,
    })),
  };
};

/** Of Letter size. */
export const ocrPage = (pageNumber: number, paragraphs: OcrParagraph[], tables: OcrPage['tables'] = []): OcrPage => ({
  pageNumber,
  widthPt: 612,
  heightPt: 792,
  paragraphs,
  tables,
  language: 'en',
});
