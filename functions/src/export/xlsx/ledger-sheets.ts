/** The coverage ledger as sheets: what is unresolved, what was excluded and why, and the figures. */
import type { ComplianceMatrix, Coverage } from '../../contracts/rfp.ts';
import { excludedByReason, pagesWithoutTextByDocument } from '../coverage-summary.ts';
import { label } from '../labels.ts';
import type { MatrixNames } from '../matrix-columns.ts';
import { pageRanges } from '../page-ranges.ts';
import { createSectionLookup } from '../section-lookup.ts';
import type { Sheet, SheetRow } from './sheet.ts';

export const unresolvedSheet = (coverage: Coverage, names: MatrixNames): Sheet => ({
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

/** The reasons are few and repeat: a filter on them is how a person samples what was left out. */
export const excludedSheet = (matrix: ComplianceMatrix, names: MatrixNames): Sheet => {
  const sectionOf = createSectionLookup(matrix);
  return {
    name: 'Excluded',
    frozenColumns: 0,
    filter: true,
    paper: 'letter',
    columns: [
      { header: 'Source document', width: 24 },
      { header: 'Page', width: 7 },
      { header: 'Section title', width: 26 },
      { header: 'Sentence', width: 86 },
      { header: 'Reason', width: 26 },
      { header: 'Start offset', width: 12, level: 'technical' },
      { header: 'End offset', width: 12, level: 'technical' },
      { header: 'Document key', width: 19, level: 'technical' },
    ],
    rows: matrix.coverage.excluded.map(({ source, reason }) => ({
      cells: [
        names.fileName(source.documentId),
        source.pageNumber,
        sectionOf(source),
        source.text,
        label(reason),
        source.charStart ?? undefined,
        source.charEnd ?? undefined,
        source.documentId,
      ],
    })),
  };
};

const coverageRows = (coverage: Coverage, names: MatrixNames): SheetRow[] => {
  const { chunks } = coverage;
  const heading = (text: string): SheetRow => ({ cells: [text], heading: true });
  const rows: SheetRow[] = [
    heading('Where every sentence went'),
    {
      cells: ['Sentences', coverage.sentences, 'Running text, headings, table cells, captions, running heads and feet'],
    },
    { cells: ['In the matrix', coverage.inMatrix] },
    {
      cells: [
        'Excluded with a reason',
        coverage.excluded.length,
        coverage.excluded.length > 0 ? 'See the sheet “Excluded”' : '',
      ],
    },
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
          ? 'Of the documents read: nothing is unresolved, all text was analysed and every page has text.'
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
  const unread = coverage.documentsWithoutText ?? [];
  if (unread.length > 0) {
    rows.push(heading('Documents without text'));
    rows.push(
      ...unread.map((documentId) => ({ cells: [names.fileName(documentId), undefined, 'No text was found.'] })),
    );
  }
  rows.push(heading('Pieces of text (chunks) analysed'));
  rows.push(
    { cells: ['Planned', chunks.planned] },
    { cells: ['Done', chunks.done] },
    { cells: ['Failed', chunks.failed.length] },
  );
  rows.push(...chunks.failed.map((name) => ({ cells: ['', undefined, name] })));
  return rows;
};

export const coverageSheet = (coverage: Coverage, names: MatrixNames): Sheet => ({
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
