/** A table for a terminal: one column takes the width that the others leave, and wraps. */

export interface TableColumn {
  header: string;
  /** In characters; the one column without it takes the rest. */
  width?: number;
  align?: 'right';
}

const GAP = '  ';

/** Lines no wider than `width`; words stay whole unless one alone is wider. At most `mostLines`, then "…". */
export const wrapText = (text: string, width: number, mostLines: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (joined.length <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    let rest = word;
    for (; rest.length > width; rest = rest.slice(width)) lines.push(rest.slice(0, width));
    line = rest;
  }
  if (line !== '') lines.push(line);
  if (lines.length <= mostLines) return lines.length > 0 ? lines : [''];
  const last = lines[mostLines - 1] ?? '';
  return [...lines.slice(0, mostLines - 1), `${last.slice(0, width - 1).trimEnd()}…`];
};

const pad = (text: string, width: number, align?: 'right'): string =>
  align === 'right' ? text.padStart(width) : text.padEnd(width);

/** Header, a rule, then the rows. `totalWidth` in characters. */
export const renderTable = (
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  totalWidth: number,
  mostLines: number,
): string[] => {
  const fixed = columns.reduce((sum, { width }) => sum + (width ?? 0), 0);
  const rest = Math.max(20, totalWidth - fixed - GAP.length * (columns.length - 1));
  const widths = columns.map(({ width }) => width ?? rest);
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => pad(cells[index] ?? '', widths[index] ?? 0, align))
      .join(GAP)
      .trimEnd();
  const body = rows.flatMap((row) => {
    const wrapped = row.map((text, index) => wrapText(text, widths[index] ?? rest, mostLines));
    const height = Math.max(...wrapped.map(({ length }) => length));
    return Array.from({ length: height }, (_, number) => line(wrapped.map((lines) => lines[number] ?? '')));
  });
  return [line(columns.map(({ header }) => header)), widths.map((width) => '─'.repeat(width)).join(GAP), ...body];
};
