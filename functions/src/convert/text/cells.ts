/** Cells of tables that are drawn with characters, cut at columns and put into rows. */
import type { RootContent } from 'mdast';
import { buildSpanTable, type SpanCell } from '../span-table.ts';

/** Wide characters of the basic plane take two columns; those beyond it are two units long already. */
const WIDE =
  /[\u1100-\u115f\u231a\u231b\u23e9-\u23f3\u25fd\u25fe\u2614\u2615\u26a1\u26d4\u2705\u270a\u270b\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u2b50\u2b55\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/g;
const FILLER = '\u0000';

/** A line in which the place of each character is its column. */
export const toColumns = (line: string): string => line.replace(WIDE, (wide) => wide + FILLER);

/** The cells of a line, cut at the columns where cells start; never inside a word if it can be helped. */
export const cutCells = (line: string, starts: readonly number[]): string[] => {
  const cuts = starts.map((start, index) => {
    if (index === 0) return 0;
    let cut = start;
    const least = starts[index - 1] ?? 0;
    while (cut > least && cut < line.length && line[cut - 1] !== ' ') cut -= 1;
    return cut > least ? cut : start;
  });
  return cuts.map((cut, index) =>
    line
      .slice(cut, cuts[index + 1])
      .replaceAll(FILLER, '')
      .trim(),
  );
};

/** Rows of lines of cells; lines of one row are joined. */
export const joinRow = (lines: readonly (readonly string[])[]): string[] => {
  const width = lines.reduce((most, line) => Math.max(most, line.length), 0);
  return Array.from({ length: width }, (_, column) => lines.flatMap((line) => line[column] || []).join(' '));
};

/** Adds a line to the rows; one that begins with an empty cell goes on with the row above. */
export const addLine = (rows: string[][][], line: string[]): void => {
  const above = rows.at(-1);
  const filled = line.filter((cell) => cell !== '');
  if (filled.length === 0) return;
  const goesOn = line[0] === '' && (filled.length * 2 <= line.length || filled.every((cell) => /^\p{Ll}/u.test(cell)));
  if (above && goesOn) above.push(line);
  else rows.push([line]);
};

/** A table of texts. Without a header the first row stands empty. */
export const buildTable = (rows: readonly (readonly string[])[], hasHeader: boolean): RootContent[] => {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const cells = rows.map((row) => Array.from({ length: width }, (_, column) => toCell(row[column] ?? '')));
  return buildSpanTable(cells, hasHeader);
};

const toCell = (value: string): SpanCell => ({
  blocks: value === '' ? [] : [{ type: 'paragraph', children: [{ type: 'text', value }] }],
  rowSpan: 1,
  columnSpan: 1,
});

/** Whether a first row names columns: it says something in nearly all of them, and no figures. */
export const looksLikeHeader = (rows: readonly (readonly string[])[]): boolean => {
  const first = rows[0] ?? [];
  const filled = first.filter((cell) => cell !== '');
  return (
    rows.length > 1 &&
    filled.length * 2 > first.length &&
    filled.every((cell) => /\p{L}/u.test(cell) && cell.length <= 60 && !/[$€£@]|\d{3,}|[.;:]$/.test(cell))
  );
};
