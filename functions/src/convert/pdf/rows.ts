/** Segments that stand on one baseline make a row; neighbours without a wide gap between them become one segment again. */
import { readMarker } from './markers.ts';
import { isNoteMarkAfter, leadingMark, shiftedMarks, withMarks } from './note-marks.ts';
import type { Segment } from './page-model.ts';
import { WIDE_GAP_EM } from './segment-builder.ts';

/** Left to right. */
export type Row = Segment[];

/** In ems of the larger letter. */
const SAME_ROW_EM = 0.35;

const joined = (left: Segment, right: Segment): Segment => {
  const [small, large] = left.size < right.size ? [left, right] : [right, left];
  const gap = right.x0 - left.x1;
  const weight = left.text.length >= right.text.length ? left : right;
  const tag = left.tag ?? right.tag;
  const isMark = isNoteMarkAfter(left.text, left, right);
  const before = gap > 0.12 * large.size || isMark ? `${left.text} ` : left.text;
  const marks = isMark ? leadingMark(right.text, before.length) : shiftedMarks(right.noteMarks, before.length);
  return {
    text: before + right.text,
    ...withMarks([...(left.noteMarks ?? []), ...marks]),
    x0: left.x0,
    x1: Math.max(left.x1, right.x1),
    top: Math.min(left.top, right.top),
    bottom: Math.max(left.bottom, right.bottom),
    baseline: large.text.length > 2 ? large.baseline : small.baseline,
    size: weight.size,
    bold: weight.bold,
    italic: weight.italic,
    ...(left.mono && right.mono ? { mono: true } : {}),
    ...(left.coloured && right.coloured ? { coloured: true } : {}),
    ...(left.underlined && right.underlined ? { underlined: true } : {}),
    boldLead: left.boldLead || (left.bold && !right.bold),
    firstWordWidth: left.firstWordWidth,
    rotated: false,
    ...(tag === undefined ? {} : { tag }),
  };
};

/** In ems: words of one element stand this far apart where its lines are filled to both edges. */
const JUSTIFIED_GAP_EM = 2;

const widestGap = (left: Segment, right: Segment): number => {
  const isOneText = left.tag !== undefined && left.tag === right.tag && left.tag.cell === undefined;
  return isOneText && readMarker(`${left.text} `)?.length !== left.text.length + 1 ? JUSTIFIED_GAP_EM : WIDE_GAP_EM;
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
      if (last && segment.x0 - last.x1 <= widestGap(last, segment) * em && segment.x0 - last.x1 > -em)
        merged[merged.length - 1] = joined(last, segment);
      else merged.push(segment);
    }
    return merged;
  });
};
