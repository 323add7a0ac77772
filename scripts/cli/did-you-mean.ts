/** The nearest of the words that exist, if one is near enough to have been meant. */

/** Optimal string alignment: insert, delete, replace, or swap two neighbours. */
const distance = (a: string, b: string): number => {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let best = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + same);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
};

export const nearest = (word: string, known: readonly string[]): string | undefined => {
  const typed = word.toLowerCase();
  const started = typed.length >= 3 ? known.filter((candidate) => candidate.startsWith(typed)) : [];
  if (started.length === 1) return started[0];
  const [best] = known
    .map((candidate) => ({ candidate, edits: distance(typed, candidate) }))
    .filter(({ candidate, edits }) => edits <= Math.max(1, Math.floor(Math.max(typed.length, candidate.length) / 3)))
    .sort((a, b) => a.edits - b.edits);
  return best?.candidate;
};

/** " Did you mean analyze?" or nothing. */
export const didYouMean = (word: string, known: readonly string[]): string => {
  const meant = nearest(word, known);
  return meant === undefined ? '' : ` Did you mean ${meant}?`;
};
