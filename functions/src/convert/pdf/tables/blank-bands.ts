/** A head between two rules over a blank band that a third rule closes: a table whose rows are to be filled in. Its columns are those of the names. */
import { mergeRules } from '../merge-rules.ts';
import type { Rule, Segment } from '../page-model.ts';
import { groupRows, type Row } from '../rows.ts';
import { isCandidate } from './candidate-rows.ts';

const SAME_EDGE_PT = 1;
/** The least names of a head; a band lower than this many ems is no row. */
const MIN_NAMES = 3;
const MIN_BAND_EM = 1;
/** A page with more rules has a drawing. */
const MAX_RULES = 400;

const isBelow = (upper: Rule, lower: Rule): boolean =>
  Math.abs(upper.from - lower.from) < SAME_EDGE_PT && Math.abs(upper.to - lower.to) < SAME_EDGE_PT;

const rowsBetween = (rows: readonly Row[], upper: Rule, lower: Rule): Row[] =>
  rows.filter((row) => {
    const isBeside = row.some(({ x0, x1 }) => x1 > upper.from && x0 < upper.to);
    return isBeside && row.some(({ baseline }) => baseline > upper.at && baseline < lower.at);
  });

/** In the middle between two names; with the ends of the rules. */
const wallsOf = (names: Row, top: Rule, bottom: Rule): Rule[] => {
  const between = names.slice(1).map(({ x0 }, index) => (x0 + (names[index]?.x1 ?? x0)) / 2);
  return [top.from, ...between, top.to].map((at) => ({ direction: 'vertical', at, from: top.at, to: bottom.at }));
};

const headOf = (rows: readonly Row[], [top, middle, bottom]: readonly [Rule, Rule, Rule]): Row | undefined => {
  const [names, ...others] = rowsBetween(rows, top, middle);
  const [first] = names ?? [];
  if (!names || !first || others.length > 0 || names.length < MIN_NAMES || !isCandidate(names)) return undefined;
  const isInside = first.x0 >= top.from - SAME_EDGE_PT && (names.at(-1)?.x1 ?? 0) <= top.to + SAME_EDGE_PT;
  const isBlank = rowsBetween(rows, middle, bottom).length === 0;
  return isInside && isBlank && bottom.at - middle.at >= MIN_BAND_EM * first.size ? names : undefined;
};

/** The walls of such tables, to be added to `rules`, of which each may be drawn in pieces. */
export const wallsOfBlankBands = (segments: readonly Segment[], rules: readonly Rule[]): Rule[] => {
  const lines = mergeRules(rules.filter(({ direction }) => direction === 'horizontal'));
  if (lines.length < 3 || lines.length > MAX_RULES) return [];
  const rows = groupRows(segments.filter(({ rotated }) => !rotated));
  const hasWall = (top: Rule, bottom: Rule): boolean =>
    rules.some(
      ({ direction, at, from, to }) =>
        direction === 'vertical' && at > top.from - 1 && at < top.to + 1 && from < bottom.at && to > top.at,
    );
  return lines.flatMap((top) => {
    const [middle, bottom, next] = lines.filter((line) => line.at > top.at && isBelow(top, line));
    if (!middle || !bottom || hasWall(top, bottom)) return [];
    const names = headOf(rows, [top, middle, bottom]);
    const isLast = !next || rowsBetween(rows, bottom, next).length !== 1;
    return names && isLast ? wallsOf(names, top, bottom) : [];
  });
};
