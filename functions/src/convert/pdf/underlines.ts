/** Underlines are drawn beside the text: a rule that ends where the words do, just below their baseline, belongs to them and to no table. */
import type { Rule, Segment } from './page-model.ts';

/** In ems below the baseline; a little above it is taken for rounding. */
const HIGHEST_EM = -0.04;
const LOWEST_EM = 0.25;
/** How far, in ems, an underline may run beyond its words; a table's rule runs on. */
const BEYOND_EM = 0.45;
/** Share of the width that lines cover: descenders may part them. */
const COVERED = 0.85;

const isUnder = ({ direction, at, from, to }: Rule, { baseline, size, x0, x1 }: Segment): boolean =>
  direction === 'horizontal' &&
  at >= baseline + HIGHEST_EM * size &&
  at <= baseline + LOWEST_EM * size &&
  from >= x0 - BEYOND_EM * size &&
  to <= x1 + BEYOND_EM * size;

export interface Underlined {
  segments: Segment[];
  /** Those that underline nothing. */
  rules: Rule[];
}

/** `rules`: merged, so that a line drawn in pieces is one. */
export const findUnderlines = (segments: readonly Segment[], rules: readonly Rule[]): Underlined => {
  const horizontal = rules.filter(({ direction }) => direction === 'horizontal').toSorted((a, b) => a.at - b.at);
  if (horizontal.length === 0) return { segments: [...segments], rules: [...rules] };
  const heights = horizontal.map(({ at }) => at);
  const used = new Set<Rule>();
  const marked = segments.map((segment) => {
    if (segment.rotated) return segment;
    const under: Rule[] = [];
    const until = segment.baseline + LOWEST_EM * segment.size;
    for (let index = firstAtLeast(heights, segment.baseline + HIGHEST_EM * segment.size); ; index++) {
      const rule = horizontal[index];
      if (!rule || rule.at > until) break;
      if (isUnder(rule, segment)) under.push(rule);
    }
    if (under.length === 0) return segment;
    for (const rule of under) used.add(rule);
    const covered = under.reduce((sum, { from, to }) => sum + to - from, 0);
    return covered >= COVERED * (segment.x1 - segment.x0) ? { ...segment, underlined: true } : segment;
  });
  return { segments: marked, rules: rules.filter((rule) => !used.has(rule)) };
};

/** Index of the first of the sorted values that is no less. */
const firstAtLeast = (sorted: readonly number[], least: number): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
};
