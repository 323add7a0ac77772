/** The compliance matrix as a Markdown report to read, in a pull request or a chat. */
import type { Analysis } from '../contracts/analysis.ts';
import { coverageLine, excludedByReason, pagesWithoutTextByDocument } from './coverage-summary.ts';
import { label } from './labels.ts';
import { type CellValue, MATRIX_COLUMNS, type MatrixNames, matrixNames } from './matrix-columns.ts';
import { pageRanges } from './page-ranges.ts';

/**
 * Text of a document must not turn into markup or a further column. Some readers take a bare address, escapes included,
 * for a link; an escape inside its first mark keeps them from it, so that no backslash ends up in the address.
 */
const escapeText = (text: string): string =>
  text
    .replace(/[\\`*_[\]<>|~&$]/g, (character) => `\\${character}`)
    .replace(/(?<=https?|ftp|mailto|xmpp):|(?<=\bwww)\.|(?<=\S)@(?=\S)/gi, (mark) => `\\${mark}`);

const tableCell = (value: CellValue): string =>
  value === undefined
    ? ''
    : String(value)
        .trim()
        .split(/\r\n|\r|\n/)
        .map(escapeText)
        .join('<br>');

const table = (headers: readonly string[], rows: readonly (readonly CellValue[])[]): string =>
  [headers, headers.map(() => '---'), ...rows.map((row) => row.map(tableCell))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

const documentsTable = (analysis: Analysis): string =>
  table(
    ['File', 'Role', 'Pages', 'Pages that need OCR'],
    analysis.documents.map((document) => [
      document.fileName,
      label(document.role),
      document.pageBasis === 'none' ? undefined : document.pages,
      pageRanges(document.pagesNeedingOcr) || undefined,
    ]),
  );

/** The one message that bears on every row: what was recognised may have been misread. */
const recognitionNotes = (analysis: Analysis): string[] =>
  analysis.documents.flatMap(({ fileName, messages }) =>
    messages.filter(({ code }) => code === 'TEXT_RECOGNISED').map(({ text }) => escapeText(`${fileName}: ${text}`)),
  );

const WHERE_EXCLUDED =
  'Each excluded sentence stands with its reason on the sheet "Excluded" of compliance-matrix.xlsx, and under `complianceMatrix.coverage.excluded` in analysis.json.';

const matrixParts = (analysis: Analysis, names: MatrixNames): string[] => {
  const matrix = analysis.complianceMatrix;
  if (!matrix) return [];
  const { coverage, rows } = matrix;
  const toReview = rows.filter(({ verification }) => verification.status === 'needs_review').length;
  const columns = MATRIX_COLUMNS.filter(({ inMarkdown }) => inMarkdown);
  const parts = ['## Coverage', coverageLine(coverage)];
  if (toReview > 0) parts.push(`Rows that a person should look at: ${toReview}.`);
  if (coverage.excluded.length > 0) {
    const reasons = excludedByReason(coverage).map(({ reason, sentences }) => [label(reason), sentences]);
    parts.push(table(['Excluded because', 'Sentences'], reasons), WHERE_EXCLUDED);
  }
  for (const { documentId, pageNumbers } of pagesWithoutTextByDocument(coverage)) {
    parts.push(`Without text: ${escapeText(names.fileName(documentId))}, page ${pageRanges(pageNumbers)}.`);
  }
  for (const documentId of coverage.documentsWithoutText ?? []) {
    parts.push(`No text was found in ${escapeText(names.fileName(documentId))}.`);
  }
  for (const failed of coverage.chunks.failed) parts.push(`Not analysed: ${escapeText(failed)}.`);
  parts.push(
    '## Matrix',
    rows.length === 0
      ? 'No requirement was found.'
      : table(
          columns.map(({ header }) => header),
          rows.map((row) => columns.map((column) => column.value(row, names))),
        ),
  );
  if (coverage.unresolved.length > 0) {
    const unresolved = coverage.unresolved.map((source) => [
      names.fileName(source.documentId),
      source.sectionRef,
      source.pageNumber,
      source.quote,
    ]);
    parts.push('## Unresolved sentences', table(['Source document', 'Section', 'Page', 'Sentence'], unresolved));
  }
  return parts;
};

export const toMarkdown = (analysis: Analysis): string => {
  const parts = ['# Compliance matrix', '## Documents', documentsTable(analysis), ...recognitionNotes(analysis)];
  return `${[...parts, ...matrixParts(analysis, matrixNames(analysis))].join('\n\n')}\n`;
};
