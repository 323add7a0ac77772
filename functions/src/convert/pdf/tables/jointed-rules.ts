/**
 * Tables whose rules are drawn cell by cell, below each row, and not between columns: where the pieces of a rule meet, there are the columns.
 * That is the only evidence where the cells are blank, to be filled in; rows with text in them tell their columns themselves.
 */
import type { Rule, Segment } from '../page-model.ts';
import { groupRows, type Row } from '../rows.ts';
import { extentOf, isCandidate } from './candidate-rows.ts';
import type { Interval } from './rule-edges.ts';

/** Pieces that meet are drawn from the same number. */
const MEET_PT = 0.3;
/** Lines drawn double are one. */
const SAME_LINE_PT = 1.2;
/** To tenths of a point: pieces of one line may be off by rounding. */
const ROUNDED = 10;
const SAME_EDGE_PT = 1;
/** Words may touch the edge of their cell. */
const TOUCH_PT = 2;
/** In ems: how far above its rule the head of a table without a rule over it may stand. */
const HEAD_EM = 1.5;
/** Rows with text that alone tell the columns; and the least names over the only rule. */
const ENOUGH_ROWS = 2;
const MIN_NAMES = 3;
/** Rules at most so many are those of a head: text nearer below them goes on the table, whose rows are not ruled. */
const HEAD_RULES = 2;
const BLANK_PT = 28;
/** A page with more pieces has a drawing. */
const MAX_PIECES = 4000;

/** A rule made of pieces: the x of its ends and of the places where they meet. */
interface JointedRule {
  at: number;
  xs: number[];
}

const sameXs = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((x, index) => Math.abs(x - (b[index] ?? 0)) < SAME_EDGE_PT);

const chainsOf = (pieces: readonly Rule[]): JointedRule[] => {
  const chains: JointedRule[] = [];
  for (const { at, from, to } of pieces) {
    const last = chains.at(-1);
    if (last && last.at === at && Math.abs((last.xs.at(-1) ?? from) - from) < MEET_PT) last.xs.push(to);
    else chains.push({ at, xs: [from, to] });
  }
  return chains.filter(({ xs }) => xs.length > 2);
};

/** From top to bottom, those drawn double once. */
const jointedRules = (rules: readonly Rule[]): JointedRule[] => {
  const pieces = rules.flatMap((rule) =>
    rule.direction === 'horizontal' ? [{ ...rule, at: Math.round(rule.at * ROUNDED) / ROUNDED }] : [],
  );
  if (pieces.length > MAX_PIECES) return [];
  const found: JointedRule[] = [];
  for (const chain of chainsOf(pieces.toSorted((a, b) => a.at - b.at || a.from - b.from))) {
    const isDouble = found.some(({ at, xs }) => chain.at - at <= SAME_LINE_PT && sameXs(xs, chain.xs));
    if (!isDouble) found.push(chain);
  }
  return found;
};

const isBetween = ({ baseline }: Segment, top: number, bottom: number): boolean => baseline > top && baseline < bottom;

const crosses = ({ x0, x1 }: Interval, x: number): boolean => x0 < x - TOUCH_PT && x1 > x + TOUCH_PT;

/** Rules with the same joints, and between two of them a line or none: where there are more lines, the rows are not ruled one by one. */
const tablesOf = (jointed: readonly JointedRule[], rows: readonly Row[]): JointedRule[][] => {
  const tables: JointedRule[][] = [];
  for (const rule of jointed) {
    const table = tables.find(([first]) => first !== undefined && sameXs(first.xs, rule.xs));
    if (table) table.push(rule);
    else tables.push([rule]);
  }
  const isBlankOrLine = (above: JointedRule, below: JointedRule): boolean =>
    rows.filter(([first]) => first && isBetween(first, above.at, below.at)).length <= 1;
  return tables.filter((table) => table.every((rule, index) => isBlankOrLine(table[index - 1] ?? rule, rule)));
};

/** The names of the columns above the first rule, each over its piece; undefined where something else stands there. */
const headAbove = ({ at, xs }: JointedRule, rows: readonly Row[]): Row | undefined => {
  const row = rows.findLast(([first]) => first && first.baseline < at && first.baseline > at - HEAD_EM * first.size);
  if (!row || row.length !== xs.length - 1) return undefined;
  const isInPlace = row.every(({ x0, x1 }, index) => {
    const [left = 0, right = 0] = [xs[index], xs[index + 1]];
    return x0 > left - TOUCH_PT && x1 < right + TOUCH_PT;
  });
  return isInPlace ? row : undefined;
};

const wallsOf = (xs: readonly number[], top: number, bottom: number, rows: readonly Row[]): Rule[] => {
  const text = rows.flat().filter((segment) => isBetween(segment, top, bottom));
  const [left, right] = [xs[0] ?? 0, xs.at(-1) ?? 0];
  return xs
    .filter((x) => x === left || x === right || !text.some((segment) => crosses(segment, x)))
    .map((at): Rule => ({ direction: 'vertical', at, from: top, to: bottom }));
};

const gridOf = (table: readonly JointedRule[], rows: readonly Row[]): Rule[] => {
  const [first] = table;
  const last = table.at(-1);
  if (!first || !last) return [];
  const { xs } = first;
  const above = headAbove(first, rows);
  const head = above && (table.length > 1 || above.length >= MIN_NAMES) ? above : undefined;
  const text = rows.filter(([piece]) => piece && isBetween(piece, first.at, last.at));
  const full = [...(head ? [head] : []), ...text].filter(isCandidate);
  const below = rows.find(([piece]) => piece !== undefined && piece.baseline > last.at);
  if (table.length <= HEAD_RULES && below && Math.min(...below.map((piece) => piece.top)) < last.at + BLANK_PT)
    return [];
  if (full.length >= ENOUGH_ROWS || (text.length === 0 && !head)) return [];
  const top = head ? Math.min(...head.map((segment) => segment.top)) - 1 : first.at;
  const ys = [...(head ? [top] : []), ...table.map(({ at }) => at)];
  const walls = ys.slice(1).flatMap((bottom, index) => wallsOf(xs, ys[index] ?? bottom, bottom, rows));
  return head ? [{ direction: 'horizontal', at: top, from: xs[0] ?? 0, to: xs.at(-1) ?? 0 }, ...walls] : walls;
};

/** The walls of tables with blank cells, to be added to `rules`: these are as the page draws them, not merged. */
export const wallsAtJoints = (segments: readonly Segment[], rules: readonly Rule[]): Rule[] => {
  const jointed = jointedRules(rules);
  if (jointed.length === 0) return [];
  const rows = groupRows(segments.filter(({ rotated }) => !rotated));
  return tablesOf(jointed, rows).flatMap((table) => {
    const [first] = table;
    const last = table.at(-1);
    if (!first || !last) return [];
    const inside = { x0: first.xs[0] ?? 0, x1: first.xs.at(-1) ?? 0 };
    const hasWalls = rules.some(
      ({ direction, at, from, to }) =>
        direction === 'vertical' && crosses(inside, at) && from < last.at + 1 && to > first.at - 1,
    );
    const own = rows.filter((row) => extentOf(row).x1 > inside.x0 && extentOf(row).x0 < inside.x1);
    return hasWalls ? [] : gridOf(table, own);
  });
};
