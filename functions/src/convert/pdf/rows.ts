/** Segments that stand on one baseline make a row; neighbours without a wide gap between them become one segment again. */
import type { Segment } from './page-model.ts';
import { isNoteMarkAfter, WIDE_GAP_EM } from './segment-builder.ts';

/** Left to right. */
export type Row = Segment[];

/** In ems of the larger letter. */
const SAME_ROW_EM = 0.35;

const joined = (left: Segment, right: Segment): Segment => {
  const [small, large] = left.size < right.size ? [left, right] : [right, left];
  const gap = right.x0 - left.x1;
  const weight = left.text.length >= right.text.length ? left : right;
  return {
    text:
      gap > 0.12 * large.size || isNoteMarkAfter(left.text, left, right)
        ? `${left.text} ${right.text}`
        : left.text + right.text,
    x0: left.x0,
    x1: Math.max(left.x1, right.x1),
    top: Math.min(left.top, right.top),
    bottom: Math.max(left.bottom, right.bottom),
    baseline: large.text.length > 2 ? large.baseline : small.baseline,
    size: weight.size,
    bold: weight.bold,
    italic: weight.italic,
    boldLead: left.boldLead || (left.bold && !right.bold),
    firstWordWidth: left.firstWordWidth,
    rotated: false,
  };
};

/** In reading order from top to bottom. Rotated segments are not for this. */
export const groupRows = (segments: readonly Segment[]): Row[] => {
  const rows: Row[] = [];
  for (const segment of segments.toSorted((a, b) => a.baseline - b.baseline || a.x0 - b.x0)) {
    const row = rows.at(-1);
    const first = row?.[0];
    const em = Math.max(first?.size ?? 0, segment.size);
    if (row && first && segment.baseline - first.baseline <= SAME_ROW_EM * em) row.push(segment);
    else rows.push([segment]);
  }
  return rows.map((row) => {
    const merged: Row = [];
    for (const segment of row.toSorted((a, b) => a.x0 - b.x0)) {
      const last = merged.at(-1);
      const em = Math.max(last?.size ?? 0, segment.size);
      if (last && segment.x0 - last.x1 <= WIDE_GAP_EM * em && segment.x0 - last.x1 > -em)
        merged[merged.length - 1] = joined(last, segment);
      else merged.push(segment);
    }
    return merged;
  });
};
