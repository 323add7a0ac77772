/** Browsers draw the bullets of a list as shapes, and forms their check boxes: a small shape just left of a line's first letter becomes a letter again. */
import type { Dot, Segment } from './page-model.ts';

/** In ems of the line: how far left of it a bullet may stand. */
const REACH_EM = 3;
/** In ems: bullets are small, boxes are as high as their line. */
const MAX_BULLET_EM = 0.75;
const MAX_BOX_EM = 1.7;

const isBox = ({ glyph }: Dot): boolean => glyph === '☐' || glyph === '☒';

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
        dot.bottom - dot.top < segment.size * (isBox(dot) ? MAX_BOX_EM : MAX_BULLET_EM),
    );
    if (!line) return [];
    const { x0, x1 } = dot;
    const style = { bold: false, italic: false, boldLead: false, rotated: false };
    const { top, bottom, baseline, size } = line;
    return [{ text: dot.glyph, x0, x1, top, bottom, baseline, size, firstWordWidth: x1 - x0, ...style }];
  });
