/** A run: one analysis of a package of converted documents. `orgs/{orgId}/runs/{runId}`, its windows and rows below it. */
import * as z from 'zod';
import { AnalysisKindSchema, type WindowSchema } from './analysis.ts';
import { ActorSchema, ComplianceRowSchema, ObligationSchema, RowKindSchema } from './rfp.ts';
import { FailureSchema, StoredObjectSchema, TimeSchema, TraceSchema, WorkFieldsShape } from './work.ts';

export const RunStateSchema = z.enum([
  'queued',
  'planning',
  'analyzing',
  'merging',
  'completed',
  'partial',
  'failed',
  'cancelled',
]);
export type RunState = z.infer<typeof RunStateSchema>;

/** A document of the package as it was when the run began: later conversions of it change nothing here. */
export const RunDocumentSchema = z.object({
  conversionId: z.string(),
  documentId: z.string(),
  fileName: z.string(),
  markdown: StoredObjectSchema,
  blockIndex: StoredObjectSchema,
});
export type RunDocument = z.infer<typeof RunDocumentSchema>;

/** A file of the package that the run does not read, because it was refused or could not be converted. */
export const NotReadSchema = z.object({
  fileName: z.string().min(1).max(255),
  reason: z
    .string()
    .max(64)
    .regex(/^[A-Z][A-Z0-9_]*$/, 'it must be a reason such as FILE_EMPTY'),
});
export type NotRead = z.infer<typeof NotReadSchema>;

/** The coverage ledger in numbers; the ledger itself is in analysis.json. */
export const CoverageSummarySchema = z.object({
  sentences: z.int().nonnegative(),
  inMatrix: z.int().nonnegative(),
  excluded: z.int().nonnegative(),
  unresolved: z.int().nonnegative(),
  complete: z.boolean(),
});

export const RunSchema = z.object({
  runId: z.string(),
  orgId: z.string(),
  createdBy: z.string(),
  conversionIds: z.array(z.string()).min(1),
  documents: z.array(RunDocumentSchema),
  /** Files of the package that are not among them; with any the run is partial at best. Absent: none. */
  notRead: z.array(NotReadSchema).optional(),
  kinds: z.array(AnalysisKindSchema).min(1),
  /** Users outside the organisation who may read it. */
  readers: z.array(z.string()),
  state: RunStateSchema,
  ...WorkFieldsShape,
  createdAt: TimeSchema,
  updatedAt: TimeSchema,
  expiresAt: TimeSchema,
  deletedAt: TimeSchema.optional(),
  trace: TraceSchema,
  /** PackageContext and windows as JSON; set with `analyzing`. */
  plan: StoredObjectSchema.optional(),
  /** Windows in all and windows settled; written at most once a second while windows are open, and exactly at the end. */
  progress: z.object({
    planned: z.int().nonnegative(),
    done: z.int().nonnegative(),
    failed: z.int().nonnegative(),
  }),
  /** analysis.json; set with `completed` and `partial`. */
  analysis: StoredObjectSchema.optional(),
  /** ledger.json, written beside it. A run from before there were ledgers has none. */
  ledger: StoredObjectSchema.optional(),
  rows: z.int().nonnegative().optional(),
  coverage: CoverageSummarySchema.optional(),
  /** What kept it from being complete, at most 100 of them: failed windows by id, pages and documents without text. */
  missing: z.array(z.string()).optional(),
  failure: FailureSchema.optional(),
});
export type Run = z.infer<typeof RunSchema>;

/** `…/runs/{runId}/windows/{windowId}`. */
export const RunWindowSchema = z.object({
  /** `${kind}-${ordinal, five digits}`. */
  windowId: z.string(),
  orgId: z.string(),
  runId: z.string(),
  kind: AnalysisKindSchema,
  /** Position among the run's windows, from 0: the order of the plan. */
  ordinal: z.int().nonnegative(),
  documentId: z.string(),
  chunks: z.int().positive(),
  state: z.enum(['queued', 'working', 'done', 'failed', 'cancelled']),
  ...WorkFieldsShape,
  expiresAt: TimeSchema,
  /** WindowResult as JSON. */
  output: StoredObjectSchema.optional(),
  findings: z.int().nonnegative().optional(),
  failure: FailureSchema.optional(),
});
export type RunWindow = z.infer<typeof RunWindowSchema>;

/** plan.json: the context, and the windows in the order of their ordinals. The context is checked where it is used. */
export interface StoredPlan {
  context: z.infer<typeof import('./analysis.ts').PackageContextSchema>;
  windows: z.infer<typeof WindowSchema>[];
}

/** `…/runs/{runId}/rows/{rowId}`: what is asked for by field, and the row itself in one map that no index sees. */
export const RunRowSchema = z.object({
  rowId: z.string(),
  orgId: z.string(),
  runId: z.string(),
  /** From 0, in package order. */
  position: z.int().nonnegative(),
  functionalRole: z.string(),
  obligation: z.string(),
  actor: z.string(),
  kind: z.string(),
  verification: z.string(),
  expiresAt: TimeSchema,
  body: ComplianceRowSchema,
});
export type RunRow = z.infer<typeof RunRowSchema>;

export const RunViewSchema = RunSchema.pick({
  runId: true,
  conversionIds: true,
  kinds: true,
  state: true,
  progress: true,
  rows: true,
  coverage: true,
  missing: true,
  notRead: true,
  createdAt: true,
  updatedAt: true,
  expiresAt: true,
  failure: true,
}).extend({
  /** The documents that were read: the same bytes uploaded twice are one. */
  documents: z.array(RunDocumentSchema.pick({ conversionId: true, documentId: true, fileName: true })),
});
export type RunView = z.infer<typeof RunViewSchema>;

/** Characters (UTF-16) of the text of a preview, the sign that says it was cut included. */
export const LONGEST_PREVIEW = 400;

/** What a window has found, before merge makes a row of it: short, to be shown while the run goes on. */
export const FindingPreviewSchema = z.object({
  text: z.string().max(LONGEST_PREVIEW).describe('Of a longer one the beginning, and "…".'),
  obligation: ObligationSchema,
  actor: ActorSchema,
  kind: RowKindSchema,
  needsReview: z.boolean(),
  blockId: z.string(),
  charStart: z.int().nonnegative().nullable(),
  charEnd: z.int().nonnegative().nullable(),
  pageNumber: z.int().positive().optional(),
  sectionRef: z.string().describe('The nearest numbering above it. Empty when the document numbers nothing.'),
});
export type FindingPreview = z.infer<typeof FindingPreviewSchema>;

export const WindowFindingsSchema = z.object({
  windowId: z.string(),
  ordinal: z.int().nonnegative(),
  documentId: z.string(),
  findings: z.array(FindingPreviewSchema).describe('In the order of the document.'),
});
export type WindowFindings = z.infer<typeof WindowFindingsSchema>;
