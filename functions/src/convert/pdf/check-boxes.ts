/** Check boxes drawn as squares: a stroke or a letter inside makes a marked one of them. */
import type { Box, Dot, Segment } from './page-model.ts';

/** Letters and signs that mark a box. */
const MARK = /^[xX✓✔√✕✖✗✘]$/u;

const isInside = ({ x0, x1, top, bottom }: Box, box: Box): boolean => {
  const [x, y] = [(x0 + x1) / 2, (top + bottom) / 2];
  return x > box.x0 && x < box.x1 && y > box.top && y < box.bottom;
};

export interface CheckedBoxes {
  dots: Dot[];
  /** Without the letters that mark a box. */
  segments: Segment[];
}

/** `strokes`: small lines of the page that are no rules. */
export const checkBoxes = (
  dots: readonly Dot[],
  strokes: readonly Box[],
  segments: readonly Segment[],
): CheckedBoxes => {
  if (!dots.some(({ glyph }) => glyph === '☐')) return { dots: [...dots], segments: [...segments] };
  const marks = segments.filter(({ text }) => MARK.test(text));
  const used = new Set<Segment>();
  const checked = dots.map((dot): Dot => {
    if (dot.glyph !== '☐') return dot;
    const letters = marks.filter((mark) => isInside(mark, dot));
    for (const letter of letters) used.add(letter);
    return letters.length > 0 || strokes.some((stroke) => isInside(stroke, dot)) ? { ...dot, glyph: '☒' } : dot;
  });
  return { dots: checked, segments: segments.filter((segment) => !used.has(segment)) };
};
