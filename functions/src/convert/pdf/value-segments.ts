/** Values of form fields that the page does not show by itself, as pieces of text at their place. */
import type { FormValue } from './form-values.ts';
import type { Segment } from './page-model.ts';

const USUAL_SIZE_PT = 10;
const LINE_STEP = 1.2;
/** Of a letter, in ems. */
const USUAL_WIDTH = 0.5;
/** How many letters of a value must stand at its place for it to count as shown. */
const PROBE_LETTERS = 12;
/** In points: text this near to a box is its label. */
const LABEL_REACH_PT = 20;
const SLACK_PT = 3;

const bare = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');

const isInside = (segment: Segment, { box }: FormValue): boolean => {
  const [x, y] = [(segment.x0 + segment.x1) / 2, (segment.top + segment.bottom) / 2];
  const overlaps = segment.x1 > box.x0 - SLACK_PT && segment.x0 < box.x1 + SLACK_PT;
  return (
    y > box.top - SLACK_PT && y < box.bottom + SLACK_PT && overlaps && (x > box.x0 - SLACK_PT || segment.x0 < box.x0)
  );
};

const isShown = (value: FormValue, segments: readonly Segment[]): boolean => {
  const shown = bare(
    segments
      .filter((segment) => isInside(segment, value))
      .map(({ text }) => text)
      .join(''),
  );
  return shown.includes(bare(value.text).slice(0, PROBE_LETTERS));
};

const hasLabel = ({ box }: FormValue, segments: readonly Segment[]): boolean => {
  const middle = (box.top + box.bottom) / 2;
  return segments.some(
    ({ x0, top, bottom, text }) =>
      top <= middle &&
      bottom >= middle &&
      x0 >= box.x1 - SLACK_PT &&
      x0 - box.x1 < LABEL_REACH_PT &&
      /\p{L}/u.test(text),
  );
};

const segmentAt = (text: string, { box }: FormValue, line: number): Segment => {
  const size = Math.min(USUAL_SIZE_PT, Math.max(4, 0.7 * (box.bottom - box.top)));
  const isSingle = box.bottom - box.top < 2 * LINE_STEP * size;
  const first = isSingle ? (box.top + box.bottom) / 2 + 0.35 * size : box.top + size;
  const baseline = first + line * LINE_STEP * size;
  return {
    text,
    x0: box.x0,
    x1: Math.max(box.x0 + size, Math.min(box.x1, box.x0 + USUAL_WIDTH * size * text.length)),
    top: baseline - 0.8 * size,
    bottom: baseline + 0.2 * size,
    baseline,
    size,
    bold: false,
    italic: false,
    boldLead: false,
    firstWordWidth: USUAL_WIDTH * size * (text.split(' ')[0]?.length ?? 1),
    rotated: false,
    isFormValue: true,
  };
};

const linesOf = (text: string): string[] =>
  text
    .split(/\r\n?|\n/)
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');

/** The pieces for those of `values` that `segments`, the text of the page, does not hold at their place. */
export const valueSegments = (values: readonly FormValue[], segments: readonly Segment[]): Segment[] =>
  values.flatMap((value) => {
    if (value.kind === 'checked')
      return [segmentAt(hasLabel(value, segments) ? '[x]' : `[x] ${value.text}`.trim(), value, 0)];
    if (isShown(value, segments)) return [];
    return linesOf(value.text).map((line, index) => segmentAt(line, value, index));
  });
