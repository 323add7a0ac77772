/** A small analysis with one of everything that exports treat differently. */
import type { Analysis } from '../../../functions/src/contracts/analysis.ts';
import type { ComplianceRow, Coverage, LedgerSource, SourceRef } from '../../../functions/src/contracts/rfp.ts';
import { NOTHING_LOST } from '../../support/clean-quality.ts';

export const DOCUMENT_ID = '0123456789abcdef';

export const sampleSource = (changes: Partial<SourceRef> = {}): SourceRef => ({
  documentId: DOCUMENT_ID,
  documentRole: 'base',
  sectionRef: 'L.4.2',
  sectionPath: ['Section L', 'L.4 Proposal format', 'L.4.2 Volumes'],
  ucfSection: 'L',
  functionalRole: 'instructions',
  pageNumber: 12,
  pageLabel: 'L-3',
  pageBasis: 'pdf',
  blockId: 'block-1',
  charStart: 100,
  charEnd: 152,
  quote: 'The offeror shall submit three volumes.',
  quoteSha256: 'aa',
  match: 'exact',
  matchScore: 1,
  ...changes,
});

export const sampleRow = (changes: Partial<ComplianceRow> = {}): ComplianceRow => ({
  rowId: 'row-1',
  displayId: 'L-001',
  requirementText: 'The offeror shall submit three volumes.',
  kind: 'instruction',
  obligation: 'mandatory',
  modal: 'shall',
  actor: 'offeror',
  action: 'address_in_proposal',
  timing: 'proposal',
  source: sampleSource(),
  otherSources: [],
  links: [],
  unresolvedRefs: [],
  compliance: 'tbd',
  status: 'not_started',
  risk: 'low',
  evidence: [],
  amendment: { state: 'unchanged', humanFieldsCarried: false },
  verification: { status: 'machine_verified', method: 'rule' },
  ...changes,
});

const sampleLedgerSource = (blockId: string, charStart: number | null, text: string): LedgerSource => ({
  documentId: DOCUMENT_ID,
  blockId,
  pageNumber: 12,
  charStart,
  charEnd: charStart === null ? null : charStart + text.length,
  text,
});

export const sampleCoverage = (changes: Partial<Coverage> = {}): Coverage => ({
  sentences: 8,
  bindingCandidates: 4,
  inMatrix: 2,
  excluded: [
    { source: sampleLedgerSource('b2', 0, 'L.4 Proposal format'), reason: 'heading' },
    { source: sampleLedgerSource('b3', 40, 'The library opened in 1911.'), reason: 'informational' },
    { source: sampleLedgerSource('b4', 80, 'L.4.2 Volumes'), reason: 'heading' },
    { source: sampleLedgerSource('b5', null, 'Solicitation 12-R-7'), reason: 'header_footer' },
    { source: sampleLedgerSource('b6', 160, 'Volume and page limit'), reason: 'heading' },
  ],
  unresolved: [
    sampleSource({ blockId: 'b7', charStart: 200, charEnd: 238, quote: 'Quotes should be firm, if practicable.' }),
  ],
  pagesWithoutText: [
    { documentId: DOCUMENT_ID, pageNumber: 3 },
    { documentId: DOCUMENT_ID, pageNumber: 4 },
  ],
  chunks: { planned: 3, done: 3, failed: [] },
  complete: false,
  ...changes,
});

export const sampleAnalysis = (
  changes: { rows?: ComplianceRow[]; coverage?: Partial<Coverage>; fileName?: string } = {},
): Analysis => ({
  documents: [
    {
      documentId: DOCUMENT_ID,
      fileName: changes.fileName ?? 'solicitation.pdf',
      mediaType: 'application/pdf',
      sizeBytes: 1234,
      title: 'Grounds maintenance',
      role: 'base',
      pageBasis: 'pdf',
      pages: 40,
      pagesNeedingOcr: [3, 4],
      quality: { characters: 9000, pages: 40, pagesWithText: 38, unreadableCharacters: 0, ...NOTHING_LOST },
      messages: [{ level: 'warning', code: 'PAGE_NEEDS_OCR', pageNumber: 3, text: 'The page holds only an image.' }],
    },
  ],
  complianceMatrix: {
    rows: changes.rows ?? [
      sampleRow(),
      sampleRow({
        rowId: 'row-2',
        displayId: 'C-001',
        requirementText: 'mow the grass every week.',
        leadIn: 'The contractor shall:',
        kind: 'performance',
        actor: 'unclear',
        timing: 'post_award',
        status: 'noncompliant_accepted',
        verification: { status: 'needs_review', method: 'rule' },
      }),
    ],
    coverage: sampleCoverage(changes.coverage),
  },
});
