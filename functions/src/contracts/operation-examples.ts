/** One call of each operation for the reader of docs/openapi.json. */
import type { ConversionView } from './conversion.ts';
import type { OperationInput, OperationName, OperationResponse } from './operations.ts';
import type { ComplianceRow } from './rfp.ts';
import type { FindingPreview, RunView } from './run.ts';

export const EXAMPLE_TIME = '2026-11-20T09:00:00.000Z';
const IN_AN_HOUR = '2026-11-20T10:00:00.000Z';
const END_OF_RETENTION = '2026-12-20T09:00:00.000Z';

const MEBIBYTE = 1024 * 1024;

const conversionId = '9a1f0c2b7d3e4f5a6b7c';
const runId = '3c5e7f90a1b2c3d4e5f6';
const fileName = 'solicitation.pdf';
const contentType = 'application/pdf';
const documentId = '0123456789abcdef';
const times = { createdAt: EXAMPLE_TIME, updatedAt: EXAMPLE_TIME, expiresAt: END_OF_RETENTION };

const signed = (name: string) => ({
  url: `https://storage.googleapis.com/…/${name}?X-Goog-Signature=…`,
  fileName: name,
  expiresAt: IN_AN_HOUR,
});

const conversion: ConversionView = {
  conversionId,
  fileName,
  contentType,
  state: 'completed',
  phase: 'read',
  kinds: ['compliance-matrix'],
  ...times,
  sizeBytes: 482_133,
  result: {
    documentId,
    mediaType: contentType,
    title: 'Grounds maintenance',
    engine: 'pdf',
    pages: 40,
    blocks: 812,
    characters: 96_400,
    pagesWithoutText: [],
    warnings: 0,
  },
  runId,
};

const run: RunView = {
  runId,
  conversionIds: [conversionId],
  documents: [{ conversionId, documentId, fileName }],
  kinds: ['compliance-matrix'],
  state: 'completed',
  ...times,
  progress: { planned: 12, done: 12, failed: 0 },
  rows: 97,
  coverage: { sentences: 412, inMatrix: 97, excluded: 315, unresolved: 0, complete: true },
};

const begun: RunView = {
  runId,
  conversionIds: [conversionId],
  documents: run.documents,
  kinds: ['compliance-matrix'],
  state: 'queued',
  ...times,
  progress: { planned: 0, done: 0, failed: 0 },
};

const quote = 'The offeror shall submit three volumes.';

const row: ComplianceRow = {
  rowId: '5b1d0e7c9a3f2468',
  displayId: 'L-001',
  requirementText: quote,
  kind: 'instruction',
  obligation: 'mandatory',
  modal: 'shall',
  actor: 'offeror',
  action: 'address_in_proposal',
  timing: 'proposal',
  source: {
    documentId,
    documentRole: 'base',
    sectionRef: 'L.4.2',
    sectionPath: ['Section L', 'L.4 Proposal format', 'L.4.2 Volumes'],
    ucfSection: 'L',
    functionalRole: 'instructions',
    pageNumber: 12,
    pageLabel: 'L-3',
    pageBasis: 'pdf',
    blockId: '8c2f4a6e0b1d3957',
    charStart: 31_200,
    charEnd: 31_200 + quote.length,
    quote,
    quoteSha256: '47d6159553cf00bb024998d1598ed8bf479e5009f64b9ba454ee39708d829068',
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
};

const finding: FindingPreview = {
  text: quote,
  obligation: 'mandatory',
  actor: 'offeror',
  kind: 'instruction',
  needsReview: false,
  blockId: row.source.blockId,
  charStart: row.source.charStart,
  charEnd: row.source.charEnd,
  pageNumber: 12,
  sectionRef: 'L.4.2',
};

type Examples = { [N in OperationName]: { request: OperationInput<N>; response: OperationResponse<N> } };

export const OPERATION_EXAMPLES: Examples = {
  health: { request: {}, response: { status: 'ok', version: '1.0.0' } },
  getAccount: {
    request: {},
    response: {
      account: {
        uid: 'Zt3mXq0kQ8VbYw2LrN5c',
        orgId: '1f9c2a7b3d4e5f60a1b2',
        role: 'owner',
        anonymous: false,
        email: 'ana@example.com',
        retentionDays: 30,
        uploadLimits: {
          pdfBytes: 25 * MEBIBYTE,
          officeBytes: 20 * MEBIBYTE,
          textBytes: 5 * MEBIBYTE,
          otherBytes: 10 * MEBIBYTE,
        },
      },
    },
  },
  createUpload: {
    request: {
      fileName,
      contentType,
      sizeBytes: 482_133,
      kinds: ['compliance-matrix'],
      idempotencyKey: 'b7d0c1f4-upload',
    },
    response: {
      conversionId,
      upload: {
        url: signed(fileName).url,
        method: 'PUT',
        headers: {
          'content-type': contentType,
          'x-goog-content-length-range': '482133,482133',
          'x-goog-if-generation-match': '0',
        },
        resumable: false,
        expiresAt: '2026-11-20T09:15:00.000Z',
      },
    },
  },
  getConversion: { request: { conversionId }, response: { conversion } },
  listConversions: { request: { pageSize: 20 }, response: { conversions: [conversion] } },
  openDocument: {
    request: { conversionId },
    response: {
      conversion,
      markdown: signed('solicitation.md'),
      blocks: signed('solicitation.blocks.json'),
      original: signed(fileName),
    },
  },
  getDownloadUrl: { request: { conversionId, name: 'markdown' }, response: { download: signed('solicitation.md') } },
  deleteConversion: { request: { conversionId }, response: { conversionId } },
  startAnalysis: {
    request: { conversionIds: [conversionId], kinds: ['compliance-matrix'], idempotencyKey: 'b7d0c1f4-analysis' },
    response: { run: begun },
  },
  listRuns: { request: { pageSize: 20 }, response: { runs: [run] } },
  getRun: { request: { runId }, response: { run } },
  listRows: { request: { runId, pageSize: 100, obligation: 'mandatory' }, response: { rows: [row] } },
  listFindings: {
    request: { runId, windowIds: ['compliance-matrix-00003'] },
    response: { windows: [{ windowId: 'compliance-matrix-00003', ordinal: 3, documentId, findings: [finding] }] },
  },
  getLedger: { request: { runId }, response: { download: signed('ledger.json') } },
  retryRun: { request: { runId }, response: { run: begun } },
  cancelRun: { request: { runId }, response: { run: { ...begun, state: 'cancelled' } } },
  exportRun: { request: { runId, format: 'xlsx' }, response: { download: signed('compliance-matrix.xlsx') } },
};
