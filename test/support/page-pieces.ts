/** Pieces of a page as plain objects, for tests of the PDF converter's pure stages. */
import type { PageContent, Rule, Segment } from '../../functions/src/convert/pdf/page-model.ts';

export interface PieceOptions {
  size?: number;
  bold?: boolean;
}

/** Each letter is taken to be half an em wide. `baseline` is measured from the top. */
export const segmentOf = (text: string, x0: number, baseline: number, options: PieceOptions = {}): Segment => {
  const { size = 10, bold = false } = options;
  const letter = size / 2;
  return {
    text,
    x0,
    x1: x0 + text.length * letter,
    top: baseline - 0.8 * size,
    bottom: baseline + 0.2 * size,
    baseline,
    size,
    bold,
    italic: false,
    boldLead: false,
    firstWordWidth: (text.split(' ')[0] ?? '').length * letter,
    rotated: false,
  };
};

export const pageOf = (pageNumber: number, segments: Segment[], rules: Rule[] = []): PageContent => ({
  pageNumber,
  width: 612,
  height: 792,
  segments,
  rules,
  hasImage: false,
  hasPath: rules.length > 0,
  unreadableCharacters: 0,
});
