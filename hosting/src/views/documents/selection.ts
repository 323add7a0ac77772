/** Which documents are ticked. What is not in the list any more, or not shown, is not selected either. */

export const keepShown = (selected: ReadonlySet<string>, shown: readonly string[]): ReadonlySet<string> => {
  const kept = shown.filter((id) => selected.has(id));
  return kept.length === selected.size ? selected : new Set(kept);
};

export const toggle = (selected: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
};

/** For the box above the column: all, none, or some of what is shown. */
export const shareOf = (selected: ReadonlySet<string>, shown: readonly string[]): 'all' | 'some' | 'none' => {
  const number = shown.filter((id) => selected.has(id)).length;
  if (number === 0) return 'none';
  return number === shown.length ? 'all' : 'some';
};
