import type { Analysis } from '../../../functions/src/contracts/analysis.ts';
import { type ComplianceRow, ComplianceRowSchema } from '../../../functions/src/contracts/rfp.ts';
import { NOTHING_LOST } from '../../support/clean-quality.ts';

type RowChange = Partial<Pick<ComplianceRow, 'actor' | 'obligation'>> & {
  quote: string;
  sectionRef?: string;
  documentId?: string;
};

export const row = ({ quote, sectionRef = 'C.1', documentId = '0'.repeat(16), ...change }: RowChange): ComplianceRow =>
  ComplianceRowSchema.parse({
    rowId: quote,
    displayId: 'C-001',
    requirementText: quote,
    kind: 'performance',
    obligation: 'mandatory',
    modal: 'shall',
    actor: 'contractor',
    action: 'accept_term',
    timing: 'post_award',
    source: {
      documentId,
      documentRole: 'base',
      sectionRef,
      sectionPath: [],
      ucfSection: 'C',
      functionalRole: 'work',
      pageBasis: 'none',
      blockId: 'b',
      charStart: 0,
      charEnd: quote.length,
      quote,
      quoteSha256: '',
      match: 'exact',
      matchScore: 1,
    },
    otherSources: [],
    links: [],
    unresolvedRefs: [],
    compliance: 'tbd',
    status: 'not_started',
    risk: 'low',
    evidence: [],
    amendment: { state: 'unchanged', humanFieldsCarried: false },
    verification: { status: 'machine_verified', method: 'rule' },
    ...change,
  });

export const analysis = (rows: ComplianceRow[], documents: Record<string, string> = {}): Analysis => ({
  documents: Object.entries(documents).map(([fileName, documentId]) => ({
    documentId,
    fileName,
    mediaType: 'text/markdown',
    sizeBytes: 1,
    role: 'base',
    pageBasis: 'none',
    pages: 0,
    pagesNeedingOcr: [],
    quality: { characters: 1, pages: 0, pagesWithText: 0, unreadableCharacters: 0, ...NOTHING_LOST },
    messages: [],
  })),
  complianceMatrix: {
    rows,
    coverage: {
      sentences: rows.length,
      bindingCandidates: rows.length,
      inMatrix: rows.length,
      excluded: [],
      unresolved: [],
      pagesWithoutText: [],
      chunks: { planned: 1, done: 1, failed: [] },
      complete: true,
    },
  },
});
