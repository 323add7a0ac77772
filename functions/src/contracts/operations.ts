/**
 * EVERY API operation, once. From this table come the callable, the REST route, openapi.json, the typed client, the rate limit,
 * the scope and the audit entry.
 */
import * as z from 'zod';
import { AccountViewSchema, type Principal } from './account.ts';
import { AnalysisKindSchema } from './analysis.ts';
import { ConversionStateSchema, ConversionViewSchema } from './conversion.ts';
import {
  byConversion,
  byRun,
  cursor,
  id,
  idempotencyKey,
  nextCursor,
  notRead,
  pageSize,
  SignedUrlSchema,
  UploadGrantSchema,
} from './operation-fields.ts';
import { ActorSchema, ComplianceRowSchema, FunctionalRoleSchema, ObligationSchema, VerificationSchema } from './rfp.ts';
import { RunViewSchema, WindowFindingsSchema } from './run.ts';
import type { Trace } from './work.ts';

/** Requests a minute (and a day) by one principal; FEATURES section 0. An anonymous visitor has `anonymous` on top. */
export const RATE_LIMITS = {
  overall: { perMinute: 120 },
  anonymous: { perMinute: 60, perDay: 2000 },
  read: { perMinute: 120 },
  upload: { perMinute: 20 },
  convert: { perMinute: 20 },
  analysis: { perMinute: 10 },
  /** By address, as there is no principal: public operations, */
  public: { perMinute: 60 },
  /** and requests without a valid token. Apart, so that a flood of these leaves the public operations alone. */
  unauthenticated: { perMinute: 60 },
} as const satisfies Record<string, { perMinute: number; perDay?: number }>;
export type RateLimitName = keyof typeof RATE_LIMITS;

export type Scope = 'documents:read' | 'documents:write' | 'analysis:read' | 'analysis:write';

export interface OperationSpec {
  summary: string;
  /** `public`: deliberately without a principal. `user`: any signed-in user, the anonymous visitor too. */
  auth: 'public' | 'user';
  scope: Scope | null;
  rateLimit: RateLimitName;
  /** Below /api/v1; `{name}` comes from the request's field of that name, the rest from the query (GET, DELETE) or the body. */
  rest: { method: 'get' | 'post' | 'delete'; path: string };
  /** Fields of the request that the audit entry names. Null: not audited, because it shows nothing of anybody's. */
  audit: readonly string[] | null;
  request: z.ZodObject;
  response: z.ZodObject;
}

/** Documents that one run may read. */
export const MOST_RUN_DOCUMENTS = 200;

/** `DocumentFormat` of a download: the canonical Markdown, the index of blocks, or the file as it was uploaded. */
export const DownloadNameSchema = z.enum(['markdown', 'blocks', 'original']);
export const ExportFormatSchema = z.enum(['json', 'xlsx', 'csv', 'md']);

const operation = <const S extends OperationSpec>(spec: S): S => spec;

export const OPERATIONS = {
  health: operation({
    summary: 'Whether the service answers.',
    auth: 'public',
    scope: null,
    rateLimit: 'public',
    rest: { method: 'get', path: '/health' },
    audit: null,
    request: z.strictObject({}),
    response: z.object({ status: z.literal('ok'), version: z.string() }),
  }),
  getAccount: operation({
    summary: 'Who asks: the organisation, the role in it, and the limits that hold for it.',
    auth: 'user',
    scope: 'documents:read',
    rateLimit: 'read',
    rest: { method: 'get', path: '/account' },
    audit: [],
    request: z.strictObject({}),
    response: z.object({ account: AccountViewSchema }),
  }),
  createUpload: operation({
    summary:
      'Begins a conversion: a signed URL for one upload. With kinds, the analysis follows the conversion by itself.',
    auth: 'user',
    scope: 'documents:write',
    rateLimit: 'upload',
    rest: { method: 'post', path: '/convert' },
    audit: ['conversionId'],
    request: z.strictObject({
      fileName: z
        .string()
        .min(1)
        .max(255)
        .describe(
          'With its extension, which must fit what the file holds. Of a path only the last part is kept, and no control characters.',
        ),
      contentType: z
        .string()
        .regex(/^[\w.+-]+\/[\w.+-]+$/, 'it must be a media type such as application/pdf')
        .max(127)
        .describe('Media type with which the file will be sent; application/octet-stream where it is not known.'),
      sizeBytes: z.int().nonnegative().describe('Of the file that will be sent: the upload takes exactly as many.'),
      kinds: z
        .array(AnalysisKindSchema)
        .max(8)
        .default([])
        .describe('Analysed as soon as it is converted; the run is then named by `runId` of the conversion.'),
      idempotencyKey,
    }),
    response: z.object({ conversionId: z.string(), upload: UploadGrantSchema }),
  }),
  getConversion: operation({
    summary: 'State and result of a conversion.',
    auth: 'user',
    scope: 'documents:read',
    rateLimit: 'read',
    rest: { method: 'get', path: '/convert/{conversionId}' },
    audit: ['conversionId'],
    request: byConversion,
    response: z.object({ conversion: ConversionViewSchema }),
  }),
  listConversions: operation({
    summary: 'Conversions of the organisation, the newest first.',
    auth: 'user',
    scope: 'documents:read',
    rateLimit: 'read',
    rest: { method: 'get', path: '/convert' },
    audit: [],
    request: z.strictObject({ pageSize: pageSize(100, 20), cursor, state: ConversionStateSchema.optional() }),
    response: z.object({ conversions: z.array(ConversionViewSchema), nextCursor }),
  }),
  openDocument: operation({
    summary: 'Signed URLs of everything that shows a converted document.',
    auth: 'user',
    scope: 'documents:read',
    rateLimit: 'read',
    rest: { method: 'get', path: '/convert/{conversionId}/result' },
    audit: ['conversionId'],
    request: byConversion,
    response: z.object({
      conversion: ConversionViewSchema,
      markdown: SignedUrlSchema,
      blocks: SignedUrlSchema,
      original: SignedUrlSchema,
    }),
  }),
  getDownloadUrl: operation({
    summary: 'A signed URL, good for an hour, for one file of a conversion.',
    auth: 'user',
    scope: 'documents:read',
    rateLimit: 'read',
    rest: { method: 'get', path: '/convert/{conversionId}/download' },
    audit: ['conversionId', 'name'],
    request: byConversion.extend({ name: DownloadNameSchema.default('markdown') }),
    response: z.object({ download: SignedUrlSchema }),
  }),
  deleteConversion: operation({
    summary: 'Erases a document, its Markdown, and the runs that read it.',
    auth: 'user',
    scope: 'documents:write',
    rateLimit: 'convert',
    rest: { method: 'delete', path: '/convert/{conversionId}' },
    audit: ['conversionId'],
    request: byConversion,
    response: z.object({ conversionId: z.string() }),
  }),
  startAnalysis: operation({
    summary: 'Begins a run over converted documents.',
    auth: 'user',
    scope: 'analysis:write',
    rateLimit: 'analysis',
    rest: { method: 'post', path: '/rfp/analysis' },
    audit: ['runId'],
    request: z.strictObject({
      conversionIds: z.array(id).min(1).max(MOST_RUN_DOCUMENTS),
      kinds: z.array(AnalysisKindSchema).min(1).max(8),
      notRead,
      idempotencyKey,
    }),
    response: z.object({ run: RunViewSchema }),
  }),
  listRuns: operation({
    summary: 'Runs of the organisation, the newest first.',
    auth: 'user',
    scope: 'analysis:read',
    rateLimit: 'read',
    rest: { method: 'get', path: '/rfp/analysis' },
    audit: [],
    request: z.strictObject({ pageSize: pageSize(100, 20), cursor }),
    response: z.object({ runs: z.array(RunViewSchema), nextCursor }),
  }),
  getRun: operation({
    summary: 'State, progress and coverage of a run.',
    auth: 'user',
    scope: 'analysis:read',
    rateLimit: 'read',
    rest: { method: 'get', path: '/rfp/analysis/{runId}' },
    audit: ['runId'],
    request: byRun,
    response: z.object({ run: RunViewSchema }),
  }),
  listRows: operation({
    summary: 'Rows of the compliance matrix in package order, filtered by at most one field.',
    auth: 'user',
    scope: 'analysis:read',
    rateLimit: 'read',
    rest: { method: 'get', path: '/rfp/analysis/{runId}/rows' },
    audit: ['runId'],
    request: byRun.extend({
      pageSize: pageSize(500, 100),
      cursor,
      functionalRole: FunctionalRoleSchema.optional(),
      obligation: ObligationSchema.optional(),
      actor: ActorSchema.optional(),
      verification: VerificationSchema.shape.status.optional(),
    }),
    response: z.object({ rows: z.array(ComplianceRowSchema), nextCursor }),
  }),
  listFindings: operation({
    summary:
      'What windows of a run have found so far. A window that is not done is absent; the rows of the matrix follow at the end.',
    auth: 'user',
    scope: 'analysis:read',
    rateLimit: 'read',
    rest: { method: 'post', path: '/rfp/analysis/{runId}/findings' },
    audit: ['runId'],
    request: byRun.extend({ windowIds: z.array(id).min(1).max(20) }),
    response: z.object({
      windows: z.array(WindowFindingsSchema).describe('In the order of the plan, each once.'),
    }),
  }),
  getLedger: operation({
    summary: 'A signed URL, good for an hour, for the coverage ledger: where every sentence of every page went.',
    auth: 'user',
    scope: 'analysis:read',
    rateLimit: 'read',
    rest: { method: 'get', path: '/rfp/analysis/{runId}/ledger' },
    audit: ['runId'],
    request: byRun,
    response: z.object({ download: SignedUrlSchema }),
  }),
  retryRun: operation({
    summary: 'Tries again what failed in a run, and nothing else.',
    auth: 'user',
    scope: 'analysis:write',
    rateLimit: 'analysis',
    rest: { method: 'post', path: '/rfp/analysis/{runId}/retry' },
    audit: ['runId'],
    request: byRun,
    response: z.object({ run: RunViewSchema }),
  }),
  cancelRun: operation({
    summary: 'Stops a run. What is under way ends; nothing new begins.',
    auth: 'user',
    scope: 'analysis:write',
    rateLimit: 'analysis',
    rest: { method: 'post', path: '/rfp/analysis/{runId}/cancel' },
    audit: ['runId'],
    request: byRun,
    response: z.object({ run: RunViewSchema }),
  }),
  exportRun: operation({
    summary: 'A signed URL, good for an hour, for the results in one format.',
    auth: 'user',
    scope: 'analysis:read',
    rateLimit: 'convert',
    rest: { method: 'get', path: '/rfp/analysis/{runId}/export' },
    audit: ['runId', 'format'],
    request: byRun.extend({ format: ExportFormatSchema }),
    response: z.object({ download: SignedUrlSchema }),
  }),
};

export type Operations = typeof OPERATIONS;
export type OperationName = keyof Operations;
/** After defaults are filled in: what a handler gets. */
export type OperationRequest<N extends OperationName> = z.output<Operations[N]['request']>;
/** Before: what a client sends. */
export type OperationInput<N extends OperationName> = z.input<Operations[N]['request']>;
export type OperationResponse<N extends OperationName> = z.output<Operations[N]['response']>;

export const OPERATION_NAMES = Object.keys(OPERATIONS) as OperationName[];

/** For whom an operation runs; a public one runs for nobody. */
export interface Caller<N extends OperationName = OperationName> {
  principal: Operations[N]['auth'] extends 'public' ? null : Principal;
  trace: Trace;
}
export type Handler<N extends OperationName> = (
  caller: Caller<N>,
  request: OperationRequest<N>,
) => Promise<OperationResponse<N>>;
/** A missing handler is a type error. */
export type Handlers = { [N in OperationName]: Handler<N> };
