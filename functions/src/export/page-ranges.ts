/** Page numbers as people write them: [1, 2, 3, 7] → "1–3, 7". Sorted, each page once. */
export const pageRanges = (pageNumbers: readonly number[]): string => {
  const sorted = [...new Set(pageNumbers)].sort((a, b) => a - b);
  const ranges: { from: number; to: number }[] = [];
  for (const page of sorted) {
    const last = ranges.at(-1);
    if (last && page === last.to + 1) last.to = page;
    else ranges.push({ from: page, to: page });
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
};
