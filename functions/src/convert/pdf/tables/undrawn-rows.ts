/** Whether a drawn grid shows a table's columns but not its rows, which are then told apart by alignment. */
import type { Segment } from '../page-model.ts';
import { groupRows, type Row } from '../rows.ts';
import { stepBetween } from './candidate-rows.ts';
import { areFigures } from './row-starts.ts';

/** Heads, and bands with the rows in them: a grid of more has its rows drawn. */
const MAX_BANDS = 4;
/** The least lines of a band that may be rows of their own, and of a column of it. */
const MIN_LINES = 4;
const MIN_COLUMN_LINES = 3;
/** Share of the lines with room for the next one's first word: text that is wrapped has none. */
const STACKED = 0.6;
/** Cells keep about this much free at their sides. */
const CELL_PADDING_PT = 8;
/** A step this many times the narrowest one leads to another row, or another paragraph. */
const WIDER_STEP = 1.15;
const MIN_BREAKS = 2;
/** The rest of a sentence. */
const GOES_ON = /^[\p{Ll}(]/u;

/** x of the walls and y of the rules, ascending. */
export interface Lattice {
  xs: readonly number[];
  ys: readonly number[];
}

const isWithin = (value: number, from: number, to: number): boolean => value >= from && value < to;

/** Lines that were begun on purpose: with room left on the line above, or a figure below a figure. */
const areStacked = (columns: readonly { lines: readonly Segment[]; width: number }[]): boolean => {
  if (columns.filter(({ lines }) => lines.length >= MIN_COLUMN_LINES).length < 2) return false;
  const pairs = columns.flatMap(({ lines, width }) => {
    const sorted = lines.toSorted((a, b) => a.baseline - b.baseline);
    return sorted.slice(1).map((below, index): boolean => {
      const above = sorted[index] ?? below;
      const needed = above.x1 - above.x0 + 0.3 * above.size + below.firstWordWidth;
      return needed < width - CELL_PADDING_PT || areFigures(above, below);
    });
  });
  return pairs.filter(Boolean).length > STACKED * pairs.length;
};

/** Wider steps that lead to lines with a first cell and others beside it: rows with space between them. */
const arePadded = (band: readonly Segment[], { xs }: Lattice): boolean => {
  const rows = groupRows(band);
  const steps = rows.slice(1).map((row, index) => stepBetween(rows[index] ?? row, row));
  const narrowest = Math.min(...steps);
  const breaks = rows.slice(1).filter((row, index) => {
    const isFirstFilled = (row[0]?.x0 ?? Number.POSITIVE_INFINITY) < (xs[1] ?? 0);
    return isFirstFilled && row.length >= 2 && (steps[index] ?? 0) > WIDER_STEP * narrowest;
  });
  const isFull = (row: Row): boolean => row.length === xs.length - 1 && !row.some(({ text }) => GOES_ON.test(text));
  return breaks.length >= MIN_BREAKS || breaks.some(isFull);
};

export const hasUndrawnRows = (lattice: Lattice, segments: readonly Segment[]): boolean => {
  const { xs, ys } = lattice;
  const bands = ys
    .slice(1)
    .map((bottom, index) =>
      segments.filter((segment) => isWithin((segment.top + segment.bottom) / 2, ys[index] ?? bottom, bottom)),
    )
    .filter((band) => band.length > 0);
  if (bands.length > MAX_BANDS) return false;
  return bands.some((band) => {
    if (new Set(band.map(({ baseline }) => Math.round(baseline))).size < MIN_LINES) return false;
    const columns = xs.slice(1).map((right, index) => {
      const left = xs[index] ?? right;
      return { lines: band.filter(({ x0, x1 }) => isWithin((x0 + x1) / 2, left, right)), width: right - left };
    });
    const isPair = bands.length === 1 && columns.length === 2;
    return (!isPair && areStacked(columns)) || arePadded(band, lattice);
  });
};
