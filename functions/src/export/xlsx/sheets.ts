/** An analysis as sheets: what there is to answer, what a person has to look at, and the proof that nothing is missing. */
import type { Analysis } from '../../contracts/analysis.ts';
import type { ComplianceMatrix, ComplianceRow, Coverage } from '../../contracts/rfp.ts';
import { excludedByReason, pagesWithoutTextByDocument } from '../coverage-summary.ts';
import { label } from '../labels.ts';
import { type CellValue, MATRIX_COLUMNS, type MatrixColumn, type MatrixNames, matrixNames } from '../matrix-columns.ts';
import { pageRanges } from '../page-ranges.ts';
import type { Sheet, SheetRow, Tint } from './sheet.ts';

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

const unresolvedSheet = (coverage: Coverage, names: MatrixNames): Sheet => ({
  name: 'Unresolved',
  frozenColumns: 0,
  filter: true,
  paper: 'letter',
  columns: [
    { header: 'Source document', width: 24 },
    { header: 'Section', width: 12 },
    { header: 'Section title', width: 26 },
    { header: 'Page', width: 7 },
    { header: 'Sentence', width: 90 },
    { header: 'Start offset', width: 12, level: 'technical' },
    { header: 'End offset', width: 12, level: 'technical' },
    { header: 'Document key', width: 19, level: 'technical' },
  ],
  rows: coverage.unresolved.map((source) => ({
    cells: [
      names.fileName(source.documentId),
      source.sectionRef,
      source.sectionPath.at(-1),
      source.pageNumber,
      source.quote,
      source.charStart ?? undefined,
      source.charEnd ?? undefined,
      source.documentId,
    ],
  })),
});

const coverageRows = (coverage: Coverage, names: MatrixNames): SheetRow[] => {
  const { chunks } = coverage;
  const heading = (text: string): SheetRow => ({ cells: [text], heading: true });
  const rows: SheetRow[] = [
    heading('Every sentence is accounted for'),
    {
      cells: ['Sentences', coverage.sentences, 'Running text, headings, table cells, captions, running heads and feet'],
    },
    { cells: ['In the matrix', coverage.inMatrix] },
    { cells: ['Excluded with a reason', coverage.excluded.length] },
    {
      cells: [
        'Unresolved',
        coverage.unresolved.length,
        coverage.unresolved.length > 0 ? 'See the sheet “Unresolved”' : '',
      ],
    },
    { cells: ['With words that can bind somebody', coverage.bindingCandidates] },
    {
      cells: [
        'Complete',
        coverage.complete ? 'Yes' : 'No',
        coverage.complete
          ? 'Nothing is unresolved, every part was analysed and every page has text.'
          : 'Something is unresolved, was not analysed, or has no text: see below.',
      ],
    },
    heading('Excluded, by reason'),
    ...excludedByReason(coverage).map(({ reason, sentences }) => ({ cells: [label(reason), sentences] })),
    heading('Pages without text'),
    ...pagesWithoutTextByDocument(coverage).map(({ documentId, pageNumbers }) => ({
      cells: [names.fileName(documentId), pageNumbers.length, `Page ${pageRanges(pageNumbers)}`],
    })),
  ];
  if (coverage.pagesWithoutText.length === 0) rows.push({ cells: ['None', 0] });
  rows.push(heading('Parts analysed'));
  rows.push(
    { cells: ['Planned', chunks.planned] },
    { cells: ['Done', chunks.done] },
    { cells: ['Failed', chunks.failed.length] },
  );
  rows.push(...chunks.failed.map((name) => ({ cells: ['', undefined, name] })));
  return rows;
};

const coverageSheet = (coverage: Coverage, names: MatrixNames): Sheet => ({
  name: 'Coverage',
  frozenColumns: 0,
  filter: false,
  paper: 'letter',
  columns: [
    { header: 'Coverage ledger', width: 38 },
    { header: 'Count', width: 12, tints: { Yes: 'green', No: 'red' } },
    { header: 'Remark', width: 76 },
  ],
  rows: coverageRows(coverage, names),
});

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
    coverageSheet(matrix.coverage, names),
    documentsSheet(analysis),
  ];
};
