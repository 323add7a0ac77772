/** One valid item of each kind that is stored, for tests that care about a few of its fields. */
import type { AuditEntry, UsageEvent } from '../../functions/src/contracts/account.ts';
import type { Conversion, OcrShard } from '../../functions/src/contracts/conversion.ts';
import type { ComplianceRow } from '../../functions/src/contracts/rfp.ts';
import type { Run, RunRow, RunWindow } from '../../functions/src/contracts/run.ts';
import type { DeadLetter } from '../../functions/src/contracts/work.ts';

const CREATED_AT = '2026-11-20T09:00:00.000Z';
const EXPIRES_AT = '2026-12-20T09:00:00.000Z';
const trace = { requestId: 'request-1', traceId: '0123456789abcdef0123456789abcdef' };
const waiting = { attempt: 1, tries: 1, dueAt: '2026-11-20T09:02:00.001Z' };

export const sampleConversion = (fields: Partial<Conversion> = {}): Conversion => ({
  conversionId: 'conversion-1',
  orgId: 'org-1',
  createdBy: 'user-1',
  fileName: 'solicitation.pdf',
  contentType: 'application/pdf',
  maxBytes: 1000,
  uploadObject: 'uploads/org-1/conversion-1/solicitation.pdf',
  kinds: ['compliance-matrix'],
  state: 'queued',
  phase: 'read',
  ...waiting,
  createdAt: CREATED_AT,
  updatedAt: CREATED_AT,
  uploadUntilAt: '2026-11-20T09:15:00.000Z',
  expiresAt: EXPIRES_AT,
  trace,
  ...fields,
});

export const sampleShard = (fields: Partial<OcrShard> = {}): OcrShard => ({
  shardId: '1-0',
  orgId: 'org-1',
  conversionId: 'conversion-1',
  ocrAttempt: 1,
  index: 0,
  pageNumbers: [1, 2],
  pageSizes: [{ widthPt: 612, heightPt: 792.5 }],
  mediaType: 'application/pdf',
  bucket: 'processed',
  input: { object: 'shards/1-0.pdf', generation: '1', sizeBytes: 10 },
  state: 'queued',
  ...waiting,
  expiresAt: EXPIRES_AT,
  ...fields,
});

export const sampleRun = (fields: Partial<Run> = {}): Run => ({
  runId: 'run-1',
  orgId: 'org-1',
  createdBy: 'user-1',
  conversionIds: ['conversion-1'],
  documents: [],
  kinds: ['compliance-matrix'],
  readers: [],
  state: 'queued',
  ...waiting,
  createdAt: CREATED_AT,
  updatedAt: CREATED_AT,
  expiresAt: EXPIRES_AT,
  trace,
  progress: { planned: 0, done: 0, failed: 0 },
  ...fields,
});

export const sampleWindow = (ordinal = 0, fields: Partial<RunWindow> = {}): RunWindow => ({
  windowId: `compliance-matrix-${String(ordinal).padStart(5, '0')}`,
  orgId: 'org-1',
  runId: 'run-1',
  kind: 'compliance-matrix',
  ordinal,
  documentId: '0123456789abcdef',
  chunks: 4,
  state: 'queued',
  ...waiting,
  expiresAt: EXPIRES_AT,
  ...fields,
});

export const sampleComplianceRow = (fields: Partial<ComplianceRow> = {}): ComplianceRow => ({
  rowId: 'row-0',
  displayId: 'L-001',
  requirementText: 'The offeror shall submit one volume.',
  kind: 'instruction',
  obligation: 'mandatory',
  modal: 'shall',
  actor: 'offeror',
  action: 'address_in_proposal',
  timing: 'proposal',
  source: {
    documentId: '0123456789abcdef',
    documentRole: 'base',
    sectionRef: 'L.4.2',
    sectionPath: ['Section L', 'L.4 Volumes'],
    ucfSection: 'L',
    functionalRole: 'instructions',
    pageNumber: 3,
    pageBasis: 'pdf',
    blockId: 'block-1',
    charStart: 10,
    charEnd: 46,
    bbox: { x: 72, y: 100.25, width: 400, height: 12 },
    quote: 'The offeror shall submit one volume.',
    quoteSha256: 'a'.repeat(64),
    match: 'exact',
    matchScore: 1,
  },
  otherSources: [],
  links: [{ toId: 'row-9', toType: 'M_factor', basis: 'stated', score: 0.5 }],
  unresolvedRefs: [{ text: 'Attachment 9', reason: 'missing_document' }],
  compliance: 'tbd',
  status: 'not_started',
  // As a document says it, which is no time of ours.
  dueAt: '14:00 EST on 3 March',
  risk: 'low',
  evidence: [],
  amendment: { state: 'unchanged', humanFieldsCarried: false },
  verification: { status: 'machine_verified', method: 'rule' },
  ...fields,
});

export const sampleRow = (position: number, fields: Partial<RunRow> = {}): RunRow => ({
  rowId: `row-${position}`,
  orgId: 'org-1',
  runId: 'run-1',
  position,
  functionalRole: 'instructions',
  obligation: 'mandatory',
  actor: 'offeror',
  kind: 'instruction',
  verification: 'machine_verified',
  expiresAt: EXPIRES_AT,
  body: sampleComplianceRow({ rowId: `row-${position}` }),
  ...fields,
});

export const sampleDeadLetter = (fields: Partial<DeadLetter> = {}): DeadLetter => ({
  deadLetterId: 'letter-1',
  orgId: 'org-1',
  queue: 'convert-document',
  payload: { orgId: 'org-1', attempt: 1, trace },
  failure: { code: 'internal', reason: 'WORK_LOST', message: 'Given up.', details: { tries: 4, since: null } },
  tries: 4,
  createdAt: CREATED_AT,
  expiresAt: EXPIRES_AT,
  ...fields,
});

export const sampleUsage = (fields: Partial<UsageEvent> = {}): UsageEvent => ({
  usageId: 'usage-1',
  orgId: 'org-1',
  kind: 'pages_converted',
  quantity: 3,
  subject: { conversionId: 'conversion-1' },
  createdAt: CREATED_AT,
  ...fields,
});

export const sampleAuditEntry = (fields: Partial<AuditEntry> = {}): AuditEntry => ({
  auditId: 'audit-1',
  orgId: 'org-1',
  uid: 'user-1',
  operation: 'openDocument',
  subject: { conversionId: 'conversion-1' },
  outcome: 'ok',
  requestId: 'request-1',
  createdAt: CREATED_AT,
  expiresAt: EXPIRES_AT,
  ...fields,
});
