/** Tables: with pipes where that can say it, as HTML where cells span or hold several lines. */
import type { Table, TableCell, TableRow } from 'mdast';
import type { PageBreak } from '../../contracts/document.ts';
import type { Provenance } from '../source-tree.ts';
import type { DraftBlock } from './block-ledger.ts';
import { addPageBreaks, draftBlock } from './block-ledger.ts';
import type { Run } from './inline-runs.ts';
import { collectRuns, plainText } from './inline-runs.ts';
import type { MarkdownWriter } from './markdown-writer.ts';
import { writeInline } from './write-inline.ts';

interface ReadCell {
  runs: Run[];
  provenance: Provenance | undefined;
}
/** Where the blocks of one table go. */
interface Sink {
  table: DraftBlock;
  drafts: DraftBlock[];
}

interface ReadRow {
  cells: ReadCell[];
  provenance: Provenance | undefined;
}

/**
 * Writes a table and its blocks: table, rows, cells. The first row is the header. A first row without any text means that the table has
 * no header: pipes need the empty row, HTML does not, and no block is made for it.
 */
export const writeTable = (
  writer: MarkdownWriter,
  table: Table,
  parent: DraftBlock | undefined,
  drafts: DraftBlock[],
): void => {
  const rows = table.children.map(readRow);
  const [header] = rows;
  const headless = header !== undefined && rows.length > 1 && header.cells.every(({ runs }) => runs.length === 0);
  const block = draftBlock({ kind: 'table', parent, provenance: table.data?.provenance }, writer.offset);
  drafts.push(block);
  const sink: Sink = { table: block, drafts };
  if (rows.every((row) => row.cells.every(isSimple))) writePipes(writer, rows, headless, sink);
  else writeHtml(writer, headless ? rows.slice(1) : rows, headless, sink);
  block.charEnd = writer.offset;
};

const readRow = (row: TableRow): ReadRow => ({
  cells: row.children.map((cell: TableCell) => ({
    runs: collectRuns(cell.children),
    provenance: cell.data?.provenance,
  })),
  provenance: row.data?.provenance,
});

const isSimple = ({ runs, provenance }: ReadCell): boolean =>
  (provenance?.rowSpan ?? 1) === 1 && (provenance?.columnSpan ?? 1) === 1 && !runs.some((run) => run.kind === 'break');

/** Adds a row's block, and one for each cell that `writeCell` writes the content of. */
const addRow = (
  writer: MarkdownWriter,
  row: ReadRow,
  isHeader: boolean,
  sink: Sink,
  writeCell: (cell: ReadCell, content: () => void) => void,
  toMarkup: (runs: readonly Run[], breaks: PageBreak[]) => string,
): void => {
  const block = draftBlock({ kind: 'table_row', parent: sink.table, provenance: row.provenance }, writer.offset);
  sink.drafts.push(block);
  for (const cell of row.cells) {
    writeCell(cell, () => {
      const start = { kind: 'table_cell', parent: block, provenance: cell.provenance, isHeader } as const;
      const draft = draftBlock(start, writer.offset);
      const breaks: PageBreak[] = [];
      writer.write(toMarkup(cell.runs, breaks));
      addPageBreaks(draft, breaks);
      draft.charEnd = writer.offset;
      draft.text = plainText(cell.runs);
      sink.drafts.push(draft);
    });
  }
  block.charEnd = writer.offset;
};

const writePipes = (writer: MarkdownWriter, rows: readonly ReadRow[], headless: boolean, sink: Sink): void => {
  const width = rows.reduce((widest, row) => Math.max(widest, row.cells.length), 1);
  const toMarkup = (runs: readonly Run[], breaks: PageBreak[]) => writeInline(runs, { kind: 'cell' }, breaks);
  rows.forEach((row, index) => {
    if (index > 0) writer.newLine();
    if (index === 0 && headless) writer.write(`|${'  |'.repeat(width)}`);
    else {
      writer.write('|');
      const writeCell = (_: ReadCell, content: () => void) => {
        writer.write(' ');
        content();
        writer.write(' |');
      };
      addRow(writer, row, index === 0, sink, writeCell, toMarkup);
      writer.write('  |'.repeat(width - row.cells.length));
    }
    if (index === 0) {
      writer.newLine();
      writer.write(`|${' --- |'.repeat(width)}`);
    }
  });
};

const writeHtml = (writer: MarkdownWriter, rows: readonly ReadRow[], headless: boolean, sink: Sink): void => {
  writer.write('<table>');
  rows.forEach((row, index) => {
    const isHeader = index === 0 && !headless;
    writer.newLine();
    writer.write('<tr>');
    const name = isHeader ? 'th' : 'td';
    const writeCell = (cell: ReadCell, content: () => void) => {
      writer.write(`<${name}${spanAttribute('rowspan', cell.provenance?.rowSpan)}`);
      writer.write(`${spanAttribute('colspan', cell.provenance?.columnSpan)}>`);
      content();
      writer.write(`</${name}>`);
    };
    addRow(writer, row, isHeader, sink, writeCell, toHtml);
    writer.write('</tr>');
  });
  writer.newLine();
  writer.write('</table>');
};

const spanAttribute = (name: string, span = 1): string => (span > 1 ? ` ${name}="${span}"` : '');

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const ELEMENTS = { delete: 'del', strong: 'strong', emphasis: 'em' } as const;

const runToHtml = (run: Run): string => {
  if (run.kind === 'break') return '<br>';
  if (run.kind === 'note') return `[^${run.text}]`;
  let html = escapeHtml(run.text);
  if (run.kind === 'code') html = `<code>${html}</code>`;
  for (const mark of run.marks) html = `<${ELEMENTS[mark]}>${html}</${ELEMENTS[mark]}>`;
  if (run.url === undefined) return html;
  return `<a href="${escapeHtml(run.url).replaceAll('"', '&quot;')}">${html}</a>`;
};

const toHtml = (runs: readonly Run[], breaks: PageBreak[]): string => {
  let html = '';
  for (const run of runs) {
    if (run.pageNumber !== undefined) breaks.push({ charStart: html.length, pageNumber: run.pageNumber });
    html += runToHtml(run);
  }
  return html;
};
