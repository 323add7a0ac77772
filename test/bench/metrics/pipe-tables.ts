/** Pipe tables as HTML tables, so that a table costs nothing for the way it is written. */
import { linesOf } from './plain-text.ts';

/** The cells of a line, or null where it has no bar. */
const cellsOf = (line: string): string[] | null => {
  const trimmed = line.trim();
  const parts = trimmed.split('|');
  if (parts.length < 2) return null;
  const cells = parts.slice(trimmed.startsWith('|') ? 1 : 0, trimmed.endsWith('|') ? -1 : parts.length);
  return cells.length > 0 ? cells.map((cell) => cell.trim()) : null;
};

const isDelimiterRow = (cells: readonly string[]): boolean =>
  cells.every((cell) => /^[-:]+$/.test(cell.replaceAll(' ', '')));

/** Exactly `width` cells. Three cells in a wider table are a spanning cell between two others. */
const fitTo = (width: number, cells: readonly string[]): string[] => {
  const [first = '', middle = '', last = ''] = cells;
  if (cells.length === 3 && width > 3) return [first, ...Array<string>(width - 2).fill(middle), last];
  return Array.from({ length: width }, (_, column) => cells[column] ?? '');
};

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);

const rowHtml = (cells: readonly string[], name: 'th' | 'td'): string =>
  `<tr>${cells.map((cell) => `<${name}>${escapeHtml(cell)}</${name}>`).join('')}</tr>`;

/** An empty header row gives way to the first row of the body. */
const tableHtml = (rows: readonly string[][]): string => {
  const isHeadless = rows.length > 1 && rows[0]?.every((cell) => cell === '');
  const [header = [], ...body] = isHeadless ? rows.slice(1) : rows;
  return `<table>${rowHtml(header, 'th')}${body.map((row) => rowHtml(row, 'td')).join('')}</table>`;
};

export const pipeTablesToHtml = (markdown: string): string => {
  const lines = linesOf(markdown);
  const written: string[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const header = cellsOf(line);
    const delimiters = header && cellsOf(lines[at + 1] ?? '');
    at += 1;
    if (!header || !delimiters || !isDelimiterRow(delimiters)) {
      written.push(line);
      continue;
    }
    const width = Math.max(header.length, delimiters.length);
    const rows = [fitTo(width, header)];
    at += 1;
    for (let cells = cellsOf(lines[at] ?? ''); cells; cells = cellsOf(lines[at] ?? '')) {
      rows.push(fitTo(width, cells));
      at += 1;
    }
    written.push(tableHtml(rows), line.endsWith('\n') ? '\n' : '');
  }
  return written.join('');
};
