/** Puts together the pieces in which programs draw a line. */
import type { Rule } from './page-model.ts';

/** Pieces with a smaller hole between them are one line. */
const TOUCH_PT = 3;
/** Rules closer than this are one line, drawn twice or in pieces. */
const SAME_LINE_PT = 1.2;

/** Pieces of one line become one rule, so that a wall drawn cell by cell still crosses what it should. */
export const mergeRules = (rules: readonly Rule[]): Rule[] => {
  const lines: Rule[][] = [];
  const byLine = (a: Rule, b: Rule): number =>
    a.direction === b.direction ? a.at - b.at : a.direction < b.direction ? -1 : 1;
  for (const rule of rules.toSorted(byLine)) {
    const first = lines.at(-1)?.[0];
    if (first && first.direction === rule.direction && rule.at - first.at <= SAME_LINE_PT) lines.at(-1)?.push(rule);
    else lines.push([rule]);
  }
  return lines.flatMap((line) => {
    const merged: Rule[] = [];
    for (const rule of line.toSorted((a, b) => a.from - b.from)) {
      const last = merged.at(-1);
      if (last && rule.from <= last.to + TOUCH_PT)
        merged[merged.length - 1] = { ...last, to: Math.max(last.to, rule.to) };
      else merged.push(rule);
    }
    return merged;
  });
};
