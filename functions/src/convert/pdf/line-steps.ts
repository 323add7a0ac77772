/** How far apart lines of running text stand, by font size: what tells a wrapped line from a new paragraph or a new row. */
import { readMarker } from './markers.ts';
import { medianOf } from './page-model.ts';
import type { Row } from './rows.ts';

const SAME_SIZE_PT = 0.7;
/** So many steps of one size tell enough. */
const ENOUGH = 8;

/** Points from baseline to baseline for text of this size. */
export type LineStep = (size: number) => number;

type Steps = Map<number, number[]>;

/** Running text stands in one piece, or in two where the first is a list item's mark; more are a table. */
const isText = (row: Row): boolean =>
  row.length === 1 || (row.length === 2 && readMarker(`${row[0]?.text} `) !== undefined);

/** `rows` from top to bottom; steps are noted by rounded size. */
const collect = (rows: readonly Row[], steps: Steps): void => {
  rows.forEach((row, index) => {
    const [line, next] = [row[0], rows[index + 1]?.[0]];
    if (!line || !next || !isText(row) || readMarker(`${next.text} `) || Math.abs(next.size - line.size) > SAME_SIZE_PT)
      return;
    const step = next.baseline - line.baseline;
    if (step <= 0.8 * line.size || step > 2.6 * line.size) return;
    const key = Math.round(line.size);
    const known = steps.get(key);
    if (known) known.push(step);
    else steps.set(key, [step]);
  });
};

const stepFrom = (found: readonly number[], size: number): number => {
  const low = found.toSorted((a, b) => a - b)[Math.floor(found.length * 0.15)];
  const median = medianOf(found);
  if (low === undefined || found.length < 4) return Math.min(median || size * 1.25, size * 1.45);
  return Math.min(low * 1.05, median);
};

/** For each group of rows (a column of a page) its own steps, or those of all groups where it has too few. */
export const measureLineSteps = (groups: readonly (readonly Row[])[]): LineStep[] => {
  const all: Steps = new Map();
  for (const rows of groups) collect(rows, all);
  return groups.map((rows) => {
    const own: Steps = new Map();
    collect(rows, own);
    const cache = new Map<number, number>();
    return (size) => {
      const key = Math.round(size);
      const known = cache.get(key);
      if (known !== undefined) return known;
      const here = own.get(key) ?? [];
      const step = stepFrom(here.length >= ENOUGH ? here : (all.get(key) ?? []), size);
      cache.set(key, step);
      return step;
    };
  });
};
