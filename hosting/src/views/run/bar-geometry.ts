/** Where the bars of one document stand: in lines like those of a text, so that nothing has to be scrolled sideways. Lengths in px. */
import type { SegmentKind } from '../../components/segment-bar.tsx';
import type { LedgerBar } from './ledger-bars.ts';

const NARROWEST = 10;
const WIDEST = 28;
const GAP = 2;
/** Of the field in which the tallest bar stands. */
export const LINE_HEIGHT = 56;
/** Room for the labels below a line. */
const BETWEEN_LINES = 22;
const LABEL_BELOW = 12;
/** Also of a single sentence, or it would not be seen. */
const LOWEST = 2;
/** Of the labels at both ends of a line. */
const ROOM_OF_LABELS = 80;
/** Of a page without text: a frame that cannot be taken for sentences. */
const EMPTY_HEIGHT = 12;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Layout {
  perLine: number;
  pitch: number;
  height: number;
  /** Most sentences of one bar. */
  tallest: number;
  /** What can be pointed at: the full height of the line. In the order of the bars. */
  fields: Box[];
  /** One path for all bars of a kind. */
  paths: Readonly<Record<SegmentKind, string>>;
  /** Frames of pages without text, and of those not read in full. */
  empty: string;
  unread: string;
  baselines: number[];
  /** Below each line: where it begins and where it ends. */
  labels: { x: number; y: number; text: string; isEnd: boolean }[];
}

const round = (value: number): number => Math.round(value * 100) / 100;

const rectangle = ({ x, y, width, height }: Box): string =>
  `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`;

/** In the order in which they stand from the ground up. */
const STACK: readonly SegmentKind[] = ['inMatrix', 'excluded', 'unresolved'];

const labelsOf = (bars: readonly LedgerBar[], perLine: number, pitch: number): Layout['labels'] => {
  const labels: Layout['labels'] = [];
  for (let from = 0; from < bars.length; from += perLine) {
    const line = bars.slice(from, from + perLine);
    const y = (from / perLine) * (LINE_HEIGHT + BETWEEN_LINES) + LINE_HEIGHT + LABEL_BELOW;
    const [first, last] = [line[0], line.at(-1)];
    if (first) labels.push({ x: 0, y, text: first.label, isEnd: false });
    // Two labels need room between them.
    if (last && line.length * pitch >= ROOM_OF_LABELS) {
      labels.push({ x: line.length * pitch - GAP, y, text: last.lastLabel, isEnd: true });
    }
  }
  return labels;
};

export const layoutBars = (bars: readonly LedgerBar[], width: number): Layout => {
  const room = Math.max(width, NARROWEST);
  const pitch = Math.min(WIDEST, Math.max(NARROWEST, Math.floor(room / Math.max(1, bars.length))));
  const perLine = Math.max(1, Math.floor(room / pitch));
  const lines = Math.ceil(bars.length / perLine);
  const tallest = bars.reduce((most, { sentences }) => Math.max(most, sentences), 0);
  const drawn: Record<SegmentKind, string[]> = { inMatrix: [], excluded: [], unresolved: [] };
  const empty: string[] = [];
  const unread: string[] = [];
  const fields = bars.map((bar, at) => {
    const x = (at % perLine) * pitch;
    const top = Math.floor(at / perLine) * (LINE_HEIGHT + BETWEEN_LINES);
    const inner = pitch - GAP;
    let y = top + LINE_HEIGHT;
    for (const kind of STACK) {
      if (bar[kind] === 0) continue;
      const height = Math.max(LOWEST, (bar[kind] / tallest) * (LINE_HEIGHT - STACK.length * LOWEST));
      y -= height;
      drawn[kind].push(rectangle({ x, y, width: inner, height }));
    }
    if (!bar.hasText && bar.sentences === 0) {
      const frame = { x: x + 0.5, y: top + LINE_HEIGHT - EMPTY_HEIGHT, width: inner - 1, height: EMPTY_HEIGHT - 0.5 };
      empty.push(rectangle(frame));
      y -= EMPTY_HEIGHT;
    }
    if (bar.unread) unread.push(rectangle({ x, y: Math.max(top, y - 5), width: inner, height: 3 }));
    return { x, y: top, width: pitch, height: LINE_HEIGHT };
  });
  return {
    perLine,
    pitch,
    height: Math.max(1, lines) * (LINE_HEIGHT + BETWEEN_LINES) - BETWEEN_LINES + LABEL_BELOW + 2,
    tallest,
    fields,
    paths: {
      inMatrix: drawn.inMatrix.join(''),
      excluded: drawn.excluded.join(''),
      unresolved: drawn.unresolved.join(''),
    },
    labels: bars.some(({ isPage }) => isPage) ? labelsOf(bars, perLine, pitch) : [],
    empty: empty.join(''),
    unread: unread.join(''),
    baselines: Array.from({ length: lines }, (_, line) => line * (LINE_HEIGHT + BETWEEN_LINES) + LINE_HEIGHT + 0.5),
  };
};

const STEPS: Readonly<Record<string, (at: number, perLine: number, count: number) => number>> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  ArrowUp: (at, perLine) => (at < perLine ? at : at - perLine),
  ArrowDown: (at, perLine, count) => (at + perLine < count ? at + perLine : at),
  Home: () => 0,
  End: (_at, _perLine, count) => count - 1,
  PageUp: (at) => at - 10,
  PageDown: (at) => at + 10,
};

/** The bar to which a key goes; null when it is not one of the keys. */
export const barAfterKey = (key: string, at: number, perLine: number, count: number): number | null => {
  const step = Object.hasOwn(STEPS, key) ? STEPS[key] : undefined;
  return step === undefined ? null : Math.min(count - 1, Math.max(0, step(at, perLine, count)));
};
