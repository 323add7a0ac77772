/** Tables whose columns are ruled with dashes below their heads, as pandoc, Emacs and database shells write them. */
import { readAlignedTable } from './aligned-tables.ts';
import type { TextBlock } from './block.ts';
import { addLine, buildTable, cutCells, joinRow, toColumns } from './cells.ts';
import { expandTabs } from './lines.ts';

const RULES = /^\s*[-=─═_]{2,}(?:\s+[-=─═_]{2,})+$/;
const RULE = /^\s*[-=─═_]{3,}$/;
const MAX_HEAD = 6;
const MAX_ROWS_LINES = 20_000;

/** A rule of one piece or of one for each column. */
export const isTableRule = (line: string | undefined): boolean => isRule(line) || isRules(line);

const isRules = (line: string | undefined): boolean => line !== undefined && RULES.test(line);
const isRule = (line: string | undefined): boolean => line !== undefined && RULE.test(line);

/**
 * The table that begins at a line: head lines, the dashes, rows to the next empty line or rule. Between an outer pair of rules, rows of
 * several lines stand apart by empty lines.
 */
export const readRuledTable = (lines: readonly string[], start: number): TextBlock | undefined => {
  const outer = isRule(lines[start]);
  const rules = findRules(lines, outer ? start + 1 : start);
  if (rules === undefined)
    return readUnderOneRule(lines, start) ?? (outer ? undefined : readSingleColumn(lines, start));
  const starts = ruleStarts(lines[rules] ?? '');
  const cut = (line: string) => cutCells(toColumns(expandTabs(line)), starts);
  const second = rules === start ? findHeadRules(lines, start) : undefined;
  if (second !== undefined) return readBetween(lines, start, second, starts);
  const head = lines.slice(outer ? start + 1 : start, rules);
  if (!outer && head.some((line) => !fits(line, starts))) return undefined;
  const close = outer || head.length === 0 ? findClose(lines, rules + 1) : undefined;
  if (head.length === 0 && close === undefined) return undefined;
  const end = close ?? findEnd(lines, rules + 1, starts);
  const body = lines.slice(rules + 1, end).filter((line) => close !== undefined || line !== '');
  const rows = body.includes('') ? splitAtBlank(body).map((row) => row.map(cut)) : groupLines(body.map(cut));
  if (rows.length === 0) return undefined;
  const table = [...(head.length > 0 ? [joinRow(head.map(cut))] : []), ...rows.map(joinRow)];
  const closed = close !== undefined || isRule(lines[end]) || isRules(lines[end]);
  return { nodes: buildTable(table, head.length > 0), end: closed ? end + 1 : end };
};

/** Rules of the same columns above the head, below it and below the rows, as reStructuredText has them. */
const readBetween = (lines: readonly string[], start: number, second: number, starts: readonly number[]): TextBlock => {
  const cut = (line: string) => cutCells(toColumns(expandTabs(line)), starts);
  const end = findClose(lines, second + 1) ?? findEnd(lines, second + 1);
  const rows = groupLines(lines.slice(second + 1, end).map(cut));
  return {
    nodes: buildTable([joinRow(lines.slice(start + 1, second).map(cut)), ...rows.map(joinRow)], true),
    end: end + 1,
  };
};

const findHeadRules = (lines: readonly string[], start: number): number | undefined => {
  const same = (at: number | undefined) => at !== undefined && lines[at] === lines[start];
  const second = findClose(lines, start + 1);
  const third = second === undefined ? undefined : findClose(lines, second + 1);
  return same(second) && same(third) && (second ?? 0) <= start + MAX_HEAD ? second : undefined;
};

/** A line with text in more columns than one, none of which it crosses. */
const isRow = (line: string | undefined, starts: readonly number[]): boolean => {
  const columns = toColumns(expandTabs(line ?? ''));
  const isClear = starts.every((start, index) => index === 0 || /^ *$/.test(columns.slice(start - 2, start)));
  return isClear && cutCells(columns, starts).filter(Boolean).length > 1;
};

/** The line of dashes in groups that ends a head of few lines. */
const findRules = (lines: readonly string[], start: number): number | undefined => {
  for (let at = start; at < lines.length && at <= start + MAX_HEAD; at++) {
    if (isRules(lines[at])) return at;
    if (lines[at] === '' || isRule(lines[at])) return undefined;
  }
  return undefined;
};

const ruleStarts = (rules: string): number[] => [...expandTabs(rules).matchAll(/\S+/g)].map(({ index }) => index);

/** No word of a head crosses the gap before a column. */
const fits = (line: string, starts: readonly number[]): boolean => {
  const columns = toColumns(expandTabs(line));
  return starts.every((start, index) => index === 0 || start > columns.length || columns[start - 1] === ' ');
};

const findClose = (lines: readonly string[], start: number): number | undefined => {
  for (let at = start; at < lines.length && at < start + MAX_ROWS_LINES; at++) {
    if (isRule(lines[at]) || isRules(lines[at])) return at === start ? undefined : at;
  }
  return undefined;
};

/** The next rule or empty line; an empty row is no end if rows go on right after it. */
const findEnd = (lines: readonly string[], start: number, starts: readonly number[] = []): number => {
  let end = start;
  while (end < lines.length && !isRule(lines[end]) && !isRules(lines[end])) {
    if (lines[end] === '' && !(isRow(lines[end + 1], starts) && !isRules(lines[end + 2]))) break;
    end += 1;
  }
  return end;
};

const splitAtBlank = (lines: readonly string[]): string[][] => {
  const groups: string[][] = [[]];
  for (const line of lines) {
    if (line === '') groups.push([]);
    else groups.at(-1)?.push(line);
  }
  return groups.filter((group) => group.length > 0);
};

const groupLines = (lines: readonly string[][]): string[][][] => {
  const rows: string[][][] = [];
  for (const line of lines) addLine(rows, line);
  return rows;
};

/** One rule below the head, however many columns there are: these are known by the gaps between them. */
const readUnderOneRule = (lines: readonly string[], start: number): TextBlock | undefined => {
  const head = isRule(lines[start]) ? start + 1 : start;
  if (!/\S\s{2,}\S/.test(lines[head] ?? '') || !isRule(lines[head + 1])) return undefined;
  let end = head;
  while (end < lines.length && lines[end] !== '') end += 1;
  const texts = lines.slice(start, end).filter((line) => !isRule(line));
  const table = readAlignedTable(texts, 0, texts.length, true);
  return table && { nodes: table.nodes, end };
};

/** One column: a head, dashes below it and rows, all indented alike; without the indent it is a heading. */
const readSingleColumn = (lines: readonly string[], start: number): TextBlock | undefined => {
  const indented = /^ {2,}\S/;
  if (!indented.test(lines[start] ?? '') || !isRule(lines[start + 1]) || !indented.test(lines[start + 1] ?? ''))
    return undefined;
  const end = findEnd(lines, start + 2);
  if (end === start + 2) return undefined;
  const rows = [lines[start] ?? '', ...lines.slice(start + 2, end)].map((line) => [line.trim()]);
  return { nodes: buildTable(rows, true), end: isRule(lines[end]) ? end + 1 : end };
};
