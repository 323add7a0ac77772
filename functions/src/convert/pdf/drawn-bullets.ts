/** Browsers draw the bullets of a list as shapes. A small shape just left of a line's first letter becomes a letter again. */
import type { Dot, Segment } from './page-model.ts';

/** In ems of the line: how far left of it a bullet may stand. */
const REACH_EM = 3;

export const bulletSegments = (dots: readonly Dot[], segments: readonly Segment[]): Segment[] =>
  dots.flatMap((dot) => {
    const middle = (dot.top + dot.bottom) / 2;
    const line = segments.find(
      (segment) =>
        !segment.rotated &&
        segment.top < middle &&
        segment.bottom > middle &&
        segment.x0 > dot.x1 &&
        segment.x0 - dot.x1 < REACH_EM * segment.size &&
        dot.bottom - dot.top < segment.size * 0.75,
    );
    if (!line) return [];
    const { x0, x1 } = dot;
    const style = { bold: false, italic: false, boldLead: false, rotated: false };
    const { top, bottom, baseline, size } = line;
    return [{ text: dot.glyph, x0, x1, top, bottom, baseline, size, firstWordWidth: x1 - x0, ...style }];
  });
