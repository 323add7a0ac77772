/** Delimited text to one table. */
import type { TableRow } from 'mdast';
import Papa from 'papaparse';
import type { ConversionMessage } from '../contracts/document.ts';
import { decodeText } from './decode-text.ts';
import type { ConvertInput, SourceTree } from './source-tree.ts';
import { countUnreadable, emptyTree } from './source-tree-parts.ts';

/**
 * The delimiter (comma, semicolon, tab or bar) is guessed from the content. The first row is the header if all its cells are
 * filled, differ, and are no numbers; else the table has none. Rows that are short get empty cells, and CSV_ROWS_RAGGED says so.
 */
export const fromCsv = (input: ConvertInput): SourceTree => {
  const { text, messages } = decodeText(input.bytes, input.fileName);
  const delimiter = input.fileName.toLowerCase().endsWith('.tsv') ? '\t' : guessDelimiter(text);
  const parsed = Papa.parse<string[]>(text, { delimiter, skipEmptyLines: 'greedy' });
  const rows = parsed.data;
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const ragged = rows.filter((row) => row.length < width).length;
  const padded = rows.map((row) => [...row, ...Array<string>(width - row.length).fill('')]);
  const shown = looksLikeHeader(rows[0] ?? [], width) ? padded : [Array<string>(width).fill(''), ...padded];
  const tree = emptyTree(rows.length > 0 ? [{ type: 'table', children: shown.map(toRow) }] : []);
  const quotes = parsed.errors.some((error) => error.type === 'Quotes');
  return {
    ...tree,
    messages: [...messages, ...trouble(ragged, rows.length, quotes)],
    unreadableCharacters: countUnreadable(text),
  };
};

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

const looksLikeHeader = (row: readonly string[], width: number): boolean => {
  const cells = row.map((cell) => cell.trim());
  const filled = cells.length === width && cells.every((cell) => cell !== '');
  return filled && new Set(cells).size === cells.length && !cells.some((cell) => /^[-+$€£(]?[\d.,]+[%)]?$/.test(cell));
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
