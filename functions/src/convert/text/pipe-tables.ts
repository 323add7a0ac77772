/** Tables whose cells stand between pipes or tabs. */
import type { TextBlock } from './block.ts';
import { buildTable, looksLikeHeader } from './cells.ts';
import { isLabelled } from './lines.ts';

const HEAD_RULE = /^\s*\|?\s*:?[-=]{2,}:?\s*(?:[|+]\s*:?[-=]{2,}:?\s*)*\|?$/;
const isHeadRule = (line: string | undefined): boolean =>
  line !== undefined && /[|+]/.test(line) && HEAD_RULE.test(line);

/** A head, a rule and rows; or without a rule at least two lines between pipes with as many cells each. */
export const readPipeTable = (lines: readonly string[], start: number): TextBlock | undefined => {
  if (!lines[start]?.includes('|')) return undefined;
  let end = start;
  while (lines[end]?.includes('|') || isHeadRule(lines[end])) end += 1;
  const drawn = lines.slice(start, end);
  const ruled = isHeadRule(drawn[1]);
  const rows = drawn.filter((line) => !isHeadRule(line)).map(splitPipes);
  const closed = drawn.every((line) => /^\s*\|.*\|$/.test(line));
  const even = rows.every((row) => row.length === rows[0]?.length);
  if (!ruled && (!closed || !even || rows.length < 2)) return undefined;
  if ((rows[0]?.length ?? 0) < 2 && !closed) return undefined;
  return { nodes: buildTable(rows, ruled || looksLikeHeader(rows)), end };
};

const splitPipes = (line: string): string[] =>
  line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));

/** Lines with as many tabs each between their texts: three at least of two columns, two of more. */
export const readTabTable = (lines: readonly string[], start: number): TextBlock | undefined => {
  const columns = splitTabs(lines[start] ?? '').length;
  if (columns < 2 || lines[start]?.startsWith('\t')) return undefined;
  let end = start;
  while (end < lines.length && splitTabs(lines[end] ?? '').length === columns) end += 1;
  const rows = lines.slice(start, end).map(splitTabs);
  const areLabels = columns === 2 && rows.every(([label = '']) => isLabelled(label));
  const areItems = columns === 2 && rows.every(([label = '']) => /^\s*(?:\S|\(?\w{1,4}[.)])$/.test(label));
  if (rows.length < (columns > 2 ? 2 : 3) || areLabels || areItems) return undefined;
  return { nodes: buildTable(rows, looksLikeHeader(rows)), end };
};

const splitTabs = (line: string): string[] =>
  line.includes('\t') ? line.split('\t').map((cell) => cell.trim()) : [line];
