/** For every operation a request that fits, and an answer that fits. */
import type { Handlers, OperationInput, OperationName } from '../../functions/src/contracts/operations.ts';

const TIME = '2026-11-20T09:00:00.000Z';

export const SAMPLE_REQUESTS: { [N in OperationName]: OperationInput<N> } = {
  health: {},
  getAccount: {},
  createUpload: { fileName: 'a.pdf', contentType: 'application/pdf', sizeBytes: 1000 },
  getConversion: { conversionId: 'conversion1' },
  listConversions: { pageSize: 5 },
  openDocument: { conversionId: 'conversion1' },
  getDownloadUrl: { conversionId: 'conversion1', name: 'blocks' },
  deleteConversion: { conversionId: 'conversion1' },
  startAnalysis: { conversionIds: ['conversion1'], kinds: ['compliance-matrix'] },
  listRuns: { pageSize: 5 },
  getRun: { runId: 'run1' },
  listRows: { runId: 'run1', obligation: 'mandatory' },
  listFindings: { runId: 'run1', windowIds: ['compliance-matrix-00000'] },
  getLedger: { runId: 'run1' },
  retryRun: { runId: 'run1' },
  cancelRun: { runId: 'run1' },
  exportRun: { runId: 'run1', format: 'xlsx' },
};

const conversion = {
  conversionId: 'conversion1',
  fileName: 'a.pdf',
  contentType: 'application/pdf',
  state: 'completed' as const,
  phase: 'assemble' as const,
  kinds: [],
  createdAt: TIME,
  updatedAt: TIME,
  expiresAt: TIME,
};

const run = {
  runId: 'run1',
  conversionIds: ['conversion1'],
  documents: [{ conversionId: 'conversion1', documentId: '0123456789abcdef', fileName: 'a.pdf' }],
  kinds: ['compliance-matrix' as const],
  state: 'completed' as const,
  progress: { planned: 1, done: 1, failed: 0 },
  createdAt: TIME,
  updatedAt: TIME,
  expiresAt: TIME,
};

const account = {
  uid: 'user1',
  orgId: 'org1',
  role: 'owner' as const,
  anonymous: true,
  retentionDays: 30,
  uploadLimits: { pdfBytes: 4, officeBytes: 3, textBytes: 2, otherBytes: 1 },
};

const signed = { url: 'https://storage.example/object', fileName: 'a.md', expiresAt: TIME };

export const SAMPLE_HANDLERS: Handlers = {
  health: async () => ({ status: 'ok', version: '1.2.3' }),
  getAccount: async () => ({ account }),
  createUpload: async () => ({
    conversionId: 'conversion1',
    upload: { url: signed.url, method: 'PUT', headers: {}, resumable: false, expiresAt: TIME },
  }),
  getConversion: async () => ({ conversion }),
  listConversions: async () => ({ conversions: [conversion] }),
  openDocument: async () => ({ conversion, markdown: signed, blocks: signed, original: signed }),
  getDownloadUrl: async () => ({ download: signed }),
  deleteConversion: async () => ({ conversionId: 'conversion1' }),
  startAnalysis: async () => ({ run }),
  listRuns: async () => ({ runs: [run] }),
  getRun: async () => ({ run }),
  listRows: async () => ({ rows: [] }),
  listFindings: async () => ({ windows: [] }),
  getLedger: async () => ({ download: signed }),
  retryRun: async () => ({ run }),
  cancelRun: async () => ({ run }),
  exportRun: async () => ({ download: signed }),
};
