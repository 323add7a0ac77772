/** An analysis as sheets: what there is to answer, what a person has to look at, and the proof that nothing is missing. */
import type { Analysis } from '../../contracts/analysis.ts';
import type { ComplianceMatrix, ComplianceRow } from '../../contracts/rfp.ts';
import { label } from '../labels.ts';
import { type CellValue, MATRIX_COLUMNS, type MatrixColumn, type MatrixNames, matrixNames } from '../matrix-columns.ts';
import { pageRanges } from '../page-ranges.ts';
import { coverageSheet, excludedSheet, unresolvedSheet } from './ledger-sheets.ts';
import type { Sheet, Tint } from './sheet.ts';

const TINTS_BY_COLUMN: Readonly<Record<string, Readonly<Record<string, Tint>>>> = {
  obligation: {
    Mandatory: 'blue',
    Prohibited: 'red',
    Conditional: 'amber',
    Desired: 'green',
    Permitted: 'violet',
    Informational: 'grey',
  },
  compliance: { Comply: 'green', Partial: 'amber', Exception: 'red', 'No bid': 'red' },
  status: { Approved: 'green', 'Ready for review': 'blue', 'In progress': 'amber' },
  risk: { High: 'amber', Disqualifying: 'red' },
  verification: { 'Needs review': 'amber', Rejected: 'red' },
};

const columnWidth = ({ width, widest }: MatrixColumn, values: readonly CellValue[]): number =>
  widest === undefined
    ? width
    : values.reduce<number>((most, value) => Math.min(widest, Math.max(most, String(value ?? '').length + 1)), width);

/** Columns of the one table, with widths for these rows, and the rows. */
const matrixTable = (columns: readonly MatrixColumn[], rows: readonly ComplianceRow[], names: MatrixNames) => {
  const cells = rows.map((row) => columns.map((column) => column.value(row, names)));
  const sheetColumns = columns.map((column, index) => ({
    header: column.header,
    width: columnWidth(
      column,
      cells.map((row) => row[index]),
    ),
    choices: column.choices,
    level: column.level,
    tints: TINTS_BY_COLUMN[column.key],
  }));
  return { columns: sheetColumns, rows: cells.map((row) => ({ cells: row })) };
};

const matrixSheet = (matrix: ComplianceMatrix, names: MatrixNames): Sheet => ({
  name: 'Compliance matrix',
  frozenColumns: 1,
  filter: true,
  paper: 'tabloid',
  ...matrixTable(MATRIX_COLUMNS, matrix.rows, names),
});

const REVIEW_KEYS = new Set([
  'id',
  'document',
  'section',
  'page',
  'requirement',
  'leadIn',
  'actor',
  'obligation',
  'modal',
  'kind',
]);

/** Without the columns to fill in: they have one place, the matrix. */
const REVIEW_COLUMNS = MATRIX_COLUMNS.filter(({ key }) => REVIEW_KEYS.has(key)).map(
  ({ choices: _, ...column }): MatrixColumn => column,
);

const whyReview = ({ actor, source }: ComplianceRow): string => {
  if (source.match === 'unverified') return 'The quote was not found in the document to the letter.';
  if (source.match === 'fuzzy') return 'The quote differs a little from the document.';
  if (actor === 'unclear') return 'The text does not say who has to act.';
  return 'Check whether this binds you, and how.';
};

const reviewSheet = (matrix: ComplianceMatrix, names: MatrixNames): Sheet => {
  const toReview = matrix.rows.filter(({ verification }) => verification.status === 'needs_review');
  const { columns, rows } = matrixTable(REVIEW_COLUMNS, toReview, names);
  return {
    name: 'Needs review',
    frozenColumns: 1,
    filter: true,
    paper: 'letter',
    columns: [...columns, { header: 'Why', width: 32 }],
    rows: rows.map(({ cells }, index) => {
      const row = toReview[index];
      return { cells: [...cells, row && whyReview(row)] };
    }),
  };
};

const documentsSheet = (analysis: Analysis): Sheet => ({
  name: 'Documents',
  frozenColumns: 1,
  filter: true,
  paper: 'letter',
  columns: [
    { header: 'File', width: 30 },
    { header: 'Role', width: 14 },
    { header: 'Title', width: 36 },
    { header: 'Pages', width: 8 },
    { header: 'Pages that need OCR', width: 16 },
    { header: 'Unreadable characters', width: 13 },
    { header: 'Size (bytes)', width: 13 },
    { header: 'Messages of the conversion', width: 60 },
    { header: 'Media type', width: 30, level: 'technical' },
    { header: 'Document key', width: 19, level: 'technical' },
  ],
  rows: analysis.documents.map((document) => ({
    cells: [
      document.fileName,
      label(document.role),
      document.title,
      document.pageBasis === 'none' ? undefined : document.pages,
      pageRanges(document.pagesNeedingOcr) || undefined,
      document.quality.unreadableCharacters,
      document.sizeBytes,
      document.messages.map(({ pageNumber, text }) => (pageNumber ? `Page ${pageNumber}: ${text}` : text)).join('\n'),
      document.mediaType,
      document.documentId,
    ],
  })),
});

export const analysisSheets = (analysis: Analysis): Sheet[] => {
  const names = matrixNames(analysis);
  const matrix = analysis.complianceMatrix;
  if (!matrix) return [documentsSheet(analysis)];
  return [
    matrixSheet(matrix, names),
    reviewSheet(matrix, names),
    unresolvedSheet(matrix.coverage, names),
    excludedSheet(matrix, names),
    coverageSheet(matrix.coverage, names),
    documentsSheet(analysis),
  ];
};
