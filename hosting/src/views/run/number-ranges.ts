import { words } from '../../texts/words.ts';

/** [1, 2, 3, 7] → "1–3, 7". Sorted, each once; after `most` ranges the rest is "…". */
export const numberRanges = (numbers: readonly number[], most = 12): string => {
  const ranges: { first: number; last: number }[] = [];
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const open = ranges.at(-1);
    if (open && open.last === number - 1) open.last = number;
    else ranges.push({ first: number, last: number });
  }
  const shown = ranges
    .slice(0, most)
    .map(({ first, last }) => (first === last ? words.count(first) : `${words.count(first)}–${words.count(last)}`));
  return [...shown, ...(ranges.length > most ? ['…'] : [])].join(', ');
};
