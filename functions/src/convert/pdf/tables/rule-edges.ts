/** What drawn lines and the edges of shaded areas say about a table's rows and columns. */
import type { Rule } from '../page-model.ts';

/** Of the width: a rule that covers more runs across. */
const ACROSS = 0.8;
/** Rules closer than this are one line. */
const SAME_LINE_PT = 2;

export interface Interval {
  x0: number;
  x1: number;
}

const overlapOf = (rule: Rule, from: number, to: number): number => Math.min(rule.to, to) - Math.max(rule.from, from);

/** Horizontal rules between two heights, from top to bottom. */
export const rulesBetween = (rules: readonly Rule[], top: number, bottom: number): Rule[] =>
  rules
    .filter(({ direction, at }) => direction === 'horizontal' && at > top && at < bottom)
    .toSorted((a, b) => a.at - b.at);

/** Whether one of the rules runs over most of the width. */
export const coversWidth = (rules: readonly Rule[], { x0, x1 }: Interval): boolean =>
  rules.some((rule) => overlapOf(rule, x0, x1) > ACROSS * (x1 - x0));

/** y of the horizontal rules between two heights that run across the width; lines drawn double count once. */
export const acrossRules = (rules: readonly Rule[], x0: number, x1: number, top: number, bottom: number): number[] =>
  rulesBetween(rules, top, bottom)
    .filter((rule) => coversWidth([rule], { x0, x1 }))
    .map(({ at }) => at)
    .filter((at, index, all) => index === 0 || at - (all[index - 1] ?? 0) > SAME_LINE_PT);

/** Share of a table's height that a vertical rule must stand along to be a wall between columns. */
const WALL_SHARE = 0.5;
/** More places than these are a drawing. */
const MAX_WALLS = 200;

/** x of the vertical rules that stand along most of the height, with text on both sides. */
export const wallsBetween = (
  rules: readonly Rule[],
  text: readonly Interval[],
  top: number,
  bottom: number,
): number[] => {
  const lengths = new Map<number, number>();
  for (const rule of rules) {
    if (rule.direction !== 'vertical') continue;
    const length = overlapOf(rule, top, bottom);
    if (length <= 0) continue;
    if (lengths.size > MAX_WALLS) return [];
    const known = [...lengths.keys()].find((at) => Math.abs(at - rule.at) <= SAME_LINE_PT);
    lengths.set(known ?? rule.at, (lengths.get(known ?? rule.at) ?? 0) + length);
  }
  return [...lengths]
    .filter(([, length]) => length > WALL_SHARE * (bottom - top))
    .map(([at]) => at)
    .filter((at) => text.some(({ x1 }) => x1 <= at + 1) && text.some(({ x0 }) => x0 >= at - 1))
    .toSorted((a, b) => a - b);
};
