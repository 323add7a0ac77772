/** Pages of a printed text: form feeds, and the heads and feet that are repeated at them. */
import type { RunningText } from '../source-tree.ts';

const FORM_FEED = '\f';
const PAGE_NUMBER = /(?:^|\s{2,}|\[)page\s+(\d{1,4})(?:\s*(?:of|\/)\s*\d{1,4})?\]?(?:$|\s{3})|^-\s?(\d{1,4})\s?-$/i;
const EDGE_LINES = 4;
const MIN_REPEATS = 3;
/** Between a page's number and the repeated lines next to it. */
const NEAR = 4;

/** The lines without form feeds, and without the heads and feet, which are handed on apart, each once. */
export const takeFurniture = (lines: readonly string[]): { lines: string[]; runningLines: RunningText[] } => {
  const found = new Map<number, RunningText['position']>();
  const feeds = lines.flatMap((line, index) => (line.includes(FORM_FEED) ? [index] : []));
  const texts = lines.map((line) => line.replaceAll(FORM_FEED, ''));
  if (feeds.length > 0) markAtFeeds(texts, feeds, found);
  markAtNumbers(texts, found);
  const said = new Set<string>();
  const runningLines: RunningText[] = [];
  for (const [index, position] of [...found].sort(([a], [b]) => a - b)) {
    const text = (texts[index] ?? '').trim();
    if (!said.has(keyOf(text))) runningLines.push({ text, position });
    said.add(keyOf(text));
  }
  return { lines: closeGaps(texts, found, new Set(feeds)), runningLines };
};

const keyOf = (line: string): string => line.trim().replace(/\s+/g, ' ').replace(/\d+/g, '0');

/** The lines nearest to the ends of pages, if most pages have them there. */
const markAtFeeds = (
  texts: readonly string[],
  feeds: readonly number[],
  found: Map<number, RunningText['position']>,
) => {
  const bounds = [0, ...feeds, texts.length];
  const edges = bounds.slice(1).flatMap((end, page) => edgesOf(texts, bounds[page] ?? 0, end));
  const counts = new Map<string, number>();
  for (const { index, position } of edges) {
    const key = `${position}${keyOf(texts[index] ?? '')}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const needed = Math.max(2, Math.min(MIN_REPEATS, feeds.length));
  for (const { index, position } of edges) {
    const repeats = counts.get(`${position}${keyOf(texts[index] ?? '')}`) ?? 0;
    if (repeats >= needed && repeats * 3 >= feeds.length) found.set(index, position);
  }
};

const edgesOf = (texts: readonly string[], start: number, end: number) => {
  const edges: { index: number; position: RunningText['position'] }[] = [];
  for (let at = start, seen = 0; at < end && seen < EDGE_LINES; at++) {
    if (!texts[at]?.trim()) continue;
    seen += 1;
    edges.push({ index: at, position: 'head' });
  }
  for (let at = end - 1, seen = 0; at >= start && seen < EDGE_LINES; at--) {
    if (!texts[at]?.trim()) continue;
    seen += 1;
    edges.push({ index: at, position: 'foot' });
  }
  return edges;
};

/** Lines that are page numbers which go up, and repeated lines beside them. */
const markAtNumbers = (texts: readonly string[], found: Map<number, RunningText['position']>) => {
  const numbers = texts.flatMap((line, index) => {
    const match = PAGE_NUMBER.exec(line.trim());
    return match ? [{ index, value: Number(match[1] ?? match[2]) }] : [];
  });
  const rising = numbers.filter(({ value }, index) => {
    const before = numbers[index - 1];
    const after = numbers[index + 1];
    return (before !== undefined && before.value + 1 === value) || (after !== undefined && after.value === value + 1);
  });
  const counts = new Map<string, number>();
  const near = rising.flatMap(({ index }) => {
    found.set(index, 'foot');
    const from = Math.max(0, index - NEAR);
    return texts.slice(from, index + NEAR + 1).flatMap((line, offset) => (line.trim() ? [from + offset] : []));
  });
  for (const index of new Set(near))
    counts.set(keyOf(texts[index] ?? ''), (counts.get(keyOf(texts[index] ?? '')) ?? 0) + 1);
  const needed = Math.max(2, Math.ceil(rising.length / 2));
  for (const index of near) {
    const isRepeated = (counts.get(keyOf(texts[index] ?? '')) ?? 0) >= needed;
    if (isRepeated && !found.has(index)) found.set(index, 'head');
  }
};

/** Where furniture stood, a sentence that goes on is joined over the gap; otherwise one empty line is left. */
const closeGaps = (
  texts: readonly string[],
  found: ReadonlyMap<number, unknown>,
  feeds: ReadonlySet<number>,
): string[] => {
  const lines: string[] = [];
  let gapAt: number | undefined;
  for (const [index, line] of texts.entries()) {
    const isGone = found.has(index);
    if (isGone || feeds.has(index)) {
      if (gapAt === undefined) {
        while (lines.at(-1)?.trim() === '') lines.pop();
        gapAt = lines.length;
      }
    }
    if (isGone || (gapAt !== undefined && line.trim() === '')) continue;
    if (gapAt !== undefined) {
      const goesOn = /^\s*\p{Ll}/u.test(line) && /[\p{L}\p{N},-]$/u.test(lines.at(-1) ?? '');
      if (!goesOn) lines.push('');
      gapAt = undefined;
    }
    lines.push(line);
  }
  return lines;
};
