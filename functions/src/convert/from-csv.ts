/** Delimited text to one table. */
import type { RootContent, TableRow } from 'mdast';
import Papa from 'papaparse';
import type { ConversionMessage } from '../contracts/document.ts';
import { decodeText } from './decode-text.ts';
import type { ConvertInput, SourceTree } from './source-tree.ts';
import { countUnreadable, emptyTree } from './source-tree-parts.ts';

/**
 * The delimiter (comma, semicolon, tab or bar) is the one that a first line `sep=` names, else guessed from the content. The first row is
 * the header if its cells, all filled but one at most, differ and are no numbers; else the table has none. Columns at the end without any
 * value are cut. Lines above the table with one cell only are titles. Rows that are short get empty cells, and CSV_ROWS_RAGGED says so.
 */
export const fromCsv = (input: ConvertInput): SourceTree => {
  const { text: decoded, messages } = decodeText(input.bytes, input.fileName);
  const [hint = '', named] = DELIMITER_HINT.exec(decoded) ?? [];
  const text = decoded.slice(hint.length);
  const delimiter = named ?? (input.fileName.toLowerCase().endsWith('.tsv') ? '\t' : guessDelimiter(text));
  const parsed = Papa.parse<string[]>(text, { delimiter, skipEmptyLines: 'greedy' });
  const titles = titlesOf(parsed.data);
  const rows = parsed.data.slice(titles.length);
  const width = rows.reduce((most, row) => Math.max(most, filledWidth(row)), 0);
  const ragged = rows.filter((row) => row.length < width).length;
  const padded = rows.map((row) => [
    ...row.slice(0, width),
    ...Array<string>(Math.max(0, width - row.length)).fill(''),
  ]);
  const shown = looksLikeHeader(padded[0] ?? []) ? padded : [Array<string>(width).fill(''), ...padded];
  const tree = emptyTree([
    ...titles.map((value): RootContent => ({ type: 'paragraph', children: [{ type: 'text', value }] })),
    ...(rows.length > 0 ? [{ type: 'table' as const, children: shown.map(toRow) }] : []),
  ]);
  const quotes = parsed.errors.some((error) => error.type === 'Quotes');
  return {
    ...tree,
    messages: [...messages, ...trouble(ragged, rows.length, quotes)],
    unreadableCharacters: countUnreadable(text),
  };
};

/** A line that spreadsheets write and read, and that is no data. */
const DELIMITER_HINT = /^sep=([,;|\t])\r?\n/i;

/** Rows at the top with a first cell only, if wider ones follow. */
const titlesOf = (rows: readonly string[][]): string[] => {
  const first = rows.findIndex((row) => filledWidth(row) > 1);
  const above = rows.slice(0, Math.max(0, first)).map((row) => row[0]?.trim() ?? '');
  return above.includes('') ? [] : above;
};

const filledWidth = (row: readonly string[]): number => row.findLastIndex((cell) => cell.trim() !== '') + 1;

const DELIMITERS = [',', '\t', ';', '|'];
const SAMPLE_CHARACTERS = 65_536;

/** The delimiter that gives the most rows of the same, largest width in the first part of the text. */
const guessDelimiter = (text: string): string => {
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const rows = Papa.parse<string[]>(sample, { delimiter, skipEmptyLines: 'greedy', preview: 50 }).data;
    const widths = new Map<number, number>();
    for (const row of rows) widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
    const [width, count] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0];
    const score = width > 1 ? (count / rows.length) * (1 + Math.log2(width) / 10) : 0;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
};

const NUMBER = /^[-+$€£(]?[\d.,]+[%)]?$/;
const YEAR = /^(?:19|20)\d\d$/;

/** The corner above the names of rows is often empty. */
const looksLikeHeader = (row: readonly string[]): boolean => {
  const cells = row.map((cell) => cell.trim());
  const empty = cells.filter((cell) => cell === '').length;
  const areYears = cells.filter((cell) => YEAR.test(cell)).length > 1;
  const isNumber = (cell: string) => NUMBER.test(cell) && !(areYears && YEAR.test(cell));
  return empty <= (cells.length > 2 ? 1 : 0) && new Set(cells).size === cells.length && !cells.some(isNumber);
};

const toRow = (cells: readonly string[]): TableRow => ({
  type: 'tableRow',
  children: cells.map((cell) => ({
    type: 'tableCell',
    children: cell
      .trim()
      .split(/\r\n?|\n/)
      .flatMap((line, index) =>
        index === 0
          ? [{ type: 'text' as const, value: line }]
          : [{ type: 'break' as const }, { type: 'text' as const, value: line }],
      ),
  })),
});

const trouble = (ragged: number, rows: number, badQuotes: boolean): ConversionMessage[] => {
  const messages: ConversionMessage[] = [];
  if (ragged > 0) {
    const text = `${ragged} of ${rows} rows have fewer cells than the widest one; empty cells were added at their end.`;
    messages.push({ level: 'warning', code: 'CSV_ROWS_RAGGED', text });
  }
  if (badQuotes) {
    const text = 'Quotation marks do not pair up; cells near them may be split wrongly.';
    messages.push({ level: 'warning', code: 'CSV_QUOTES_UNBALANCED', text });
  }
  return messages;
};
