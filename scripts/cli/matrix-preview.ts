/** The first rows of a matrix, fitted to a terminal. */
import type { Analysis } from '../../functions/src/contracts/analysis.ts';
import type { ComplianceRow } from '../../functions/src/contracts/rfp.ts';
import { label } from '../../functions/src/export/labels.ts';
import { matrixNames } from '../../functions/src/export/matrix-columns.ts';
import { printable } from './messages.ts';
import { renderTable, type TableColumn } from './terminal-table.ts';

/** From this width on there is room for who must act. */
const WIDE = 100;
const MOST_LINES = 3;

type PreviewColumn = TableColumn & { value(row: ComplianceRow): string };

const ACTOR: PreviewColumn = { header: 'Actor', width: 10, value: (row) => label(row.actor) };

const columnsFor = (width: number): PreviewColumn[] => [
  { header: 'ID', width: 7, value: (row) => row.displayId },
  { header: 'Section', width: 10, value: (row) => row.source.sectionRef },
  { header: 'Page', width: 4, align: 'right', value: (row) => String(row.source.pageNumber ?? '–') },
  {
    header: 'Requirement',
    value: (row) => (row.leadIn ? `${row.leadIn} ${row.requirementText}` : row.requirementText),
  },
  { header: 'Binding', width: 11, value: (row) => label(row.obligation) },
  ...(width >= WIDE ? [ACTOR] : []),
];

/** Neighbouring rows of one document. */
const runsOfOneDocument = (rows: readonly ComplianceRow[]): ComplianceRow[][] => {
  const runs: ComplianceRow[][] = [];
  for (const row of rows) {
    const last = runs.at(-1);
    if (last?.[0]?.source.documentId === row.source.documentId) last.push(row);
    else runs.push([row]);
  }
  return runs;
};

/** `rows` of the matrix as lines of at most `width` characters, under the name of the file they come from. */
export const matrixPreview = (analysis: Analysis, rows: readonly ComplianceRow[], width: number): string[] => {
  const columns = columnsFor(width);
  const names = matrixNames(analysis);
  const cells = (row: ComplianceRow): string[] => columns.map((column) => printable(column.value(row)));
  const head = renderTable(columns, [], width, MOST_LINES);
  const body = runsOfOneDocument(rows).flatMap((run) => {
    const name = `▸ ${printable(names.fileName(run[0]?.source.documentId ?? ''))}`;
    return [name.slice(0, width), ...renderTable(columns, run.map(cells), width, MOST_LINES).slice(head.length)];
  });
  return [...head, ...body];
};
