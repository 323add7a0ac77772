/** The columns of the compliance matrix, once, for every export that shows it as a table. */
import type { Analysis } from '../contracts/analysis.ts';
import { type ComplianceRow, ComplianceRowSchema, type SourceRef } from '../contracts/rfp.ts';
import { label, labels } from './labels.ts';

export type CellValue = string | number | undefined;

/** What a row only names by id. */
export interface MatrixNames {
  fileName(documentId: string): string;
  outlineSection(sectionId: string): string;
}

export type ColumnLevel = 'detail' | 'technical';

export interface MatrixColumn {
  key: string;
  header: string;
  /** In characters of the default font. */
  width: number;
  /** The column may grow to this for its longest text. */
  widest?: number;
  value(row: ComplianceRow, names: MatrixNames): CellValue;
  /** All that the cell may hold: offered as a drop-down list. */
  choices?: readonly string[];
  /**
   * `detail` is not printed; `technical` (offsets, keys) is for programs: a spreadsheet folds it away too. Unset for
   * what a person works with. In the table, levels stand in this order.
   */
  level?: ColumnLevel;
  /** Shown in the Markdown report, which has to fit a page. */
  inMarkdown?: true;
}

const place = (source: SourceRef, names: MatrixNames): string => {
  const section = source.sectionRef ? `, ${source.sectionRef}` : '';
  const page = source.pageNumber === undefined ? '' : `, page ${source.pageNumber}`;
  return names.fileName(source.documentId) + section + page;
};

const responseLocation = (row: ComplianceRow, names: MatrixNames): CellValue => {
  const location = row.proposalLocation;
  if (!location) return undefined;
  const { pageFrom, pageTo } = location;
  const to = pageTo === undefined || pageTo === pageFrom ? '' : `–${pageTo}`;
  const page = pageFrom === undefined ? '' : `, page ${pageFrom}${to}`;
  return names.outlineSection(location.sectionId) + page;
};

const notes = (row: ComplianceRow): CellValue => {
  const parts = [row.notes, row.naReason && `Not applicable: ${row.naReason}`];
  if (row.clarificationQuestion) parts.push(`Question to the buyer: ${row.clarificationQuestion}`);
  for (const reference of row.unresolvedRefs) {
    parts.push(
      reference.reason === 'missing_document'
        ? `${reference.text} is not in the package.`
        : `It is not clear what ${reference.text} points at.`,
    );
  }
  return parts.filter(Boolean).join('\n') || undefined;
};

const { obligation, compliance, status, risk } = ComplianceRowSchema.shape;

/** What a proposal manager reads and fills in, then details, then columns for programs. */
export const MATRIX_COLUMNS: readonly MatrixColumn[] = [
  { key: 'id', header: 'ID', width: 8, value: (row) => row.displayId, inMarkdown: true },
  {
    key: 'document',
    header: 'Source document',
    width: 17,
    widest: 34,
    value: (row, names) => names.fileName(row.source.documentId),
    inMarkdown: true,
  },
  { key: 'section', header: 'Section', width: 10, value: (row) => row.source.sectionRef, inMarkdown: true },
  { key: 'page', header: 'Page', width: 6, value: (row) => row.source.pageNumber, inMarkdown: true },
  { key: 'requirement', header: 'Requirement', width: 60, value: (row) => row.requirementText, inMarkdown: true },
  { key: 'leadIn', header: 'Lead-in', width: 22, value: (row) => row.leadIn, inMarkdown: true },
  { key: 'actor', header: 'Actor', width: 12, value: (row) => label(row.actor), inMarkdown: true },
  {
    key: 'obligation',
    header: 'Obligation',
    width: 13,
    value: (row) => label(row.obligation),
    choices: labels(obligation.options),
    inMarkdown: true,
  },
  { key: 'modal', header: 'Modal', width: 10, value: (row) => row.modal.replaceAll('_', ' ') },
  { key: 'kind', header: 'Kind', width: 14, value: (row) => label(row.kind), inMarkdown: true },
  { key: 'timing', header: 'Timing', width: 11, value: (row) => label(row.timing) },
  {
    key: 'status',
    header: 'Status',
    width: 14,
    value: (row) => label(row.status),
    choices: labels(status.options),
    inMarkdown: true,
  },
  {
    key: 'compliance',
    header: 'Compliance',
    width: 13,
    value: (row) => label(row.compliance),
    choices: labels(compliance.options),
    inMarkdown: true,
  },
  { key: 'owner', header: 'Owner', width: 14, value: (row) => row.ownerId },
  { key: 'responseLocation', header: 'Response location', width: 17, value: responseLocation },
  { key: 'risk', header: 'Risk', width: 11, value: (row) => label(row.risk), choices: labels(risk.options) },
  { key: 'verification', header: 'Verification', width: 16, value: (row) => label(row.verification.status) },
  { key: 'notes', header: 'Notes', width: 28, value: notes },
  {
    key: 'sectionTitle',
    header: 'Section title',
    width: 24,
    value: (row) => row.source.sectionPath.at(-1),
    level: 'detail',
  },
  { key: 'pageLabel', header: 'Printed page', width: 9, value: (row) => row.source.pageLabel, level: 'detail' },
  { key: 'part', header: 'Part meant', width: 30, value: (row) => row.atomicText, level: 'detail' },
  { key: 'condition', header: 'Condition', width: 24, value: (row) => row.conditionText, level: 'detail' },
  {
    key: 'alsoAt',
    header: 'Also stated at',
    width: 30,
    value: (row, names) => row.otherSources.map((source) => place(source, names)).join('\n') || undefined,
    level: 'detail',
  },
  {
    key: 'charStart',
    header: 'Start offset',
    width: 12,
    value: (row) => row.source.charStart ?? undefined,
    level: 'technical',
  },
  {
    key: 'charEnd',
    header: 'End offset',
    width: 12,
    value: (row) => row.source.charEnd ?? undefined,
    level: 'technical',
  },
  { key: 'documentId', header: 'Document key', width: 19, value: (row) => row.source.documentId, level: 'technical' },
  { key: 'rowId', header: 'Row key', width: 19, value: (row) => row.rowId, level: 'technical' },
];

/** Looks names up in the analysis; an id that it does not hold is shown as it is. */
export const matrixNames = (analysis: Analysis): MatrixNames => {
  const files = new Map(analysis.documents.map(({ documentId, fileName }) => [documentId, fileName]));
  const sections = new Map(
    analysis.annotatedOutline?.sections.map(({ sectionId, number, heading }) => [
      sectionId,
      `${number} ${heading}`.trim(),
    ]),
  );
  return {
    fileName: (documentId) => files.get(documentId) ?? documentId,
    outlineSection: (sectionId) => sections.get(sectionId) ?? sectionId,
  };
};
