/** A conversion: one uploaded document on its way to Markdown. `orgs/{orgId}/conversions/{conversionId}`. */
import * as z from 'zod';
import { AnalysisKindSchema } from './analysis.ts';
import { FailureSchema, StoredObjectSchema, TimeSchema, TraceSchema, WorkFieldsShape } from './work.ts';

export const ConversionStateSchema = z.enum([
  'awaiting_upload',
  'queued',
  'converting',
  'completed',
  'partial',
  'failed',
  'expired',
]);
export type ConversionState = z.infer<typeof ConversionStateSchema>;

/** What is being done while a conversion is queued or converting. */
export const ConversionPhaseSchema = z.enum(['read', 'recognise', 'assemble']);
export type ConversionPhase = z.infer<typeof ConversionPhaseSchema>;

/** What came out, small enough for a list; Markdown and blocks are objects in the bucket of results. */
export const ConversionResultSchema = z.object({
  documentId: z.string(),
  mediaType: z.string(),
  title: z.string().optional(),
  /** What read it: "pdf", "docx", …, and "+ocr" when pages were recognised. */
  engine: z.string(),
  pages: z.int().nonnegative(),
  blocks: z.int().nonnegative(),
  characters: z.int().nonnegative(),
  /** Physical pages that stayed without text though they show something. Not empty: the conversion is partial. */
  pagesWithoutText: z.array(z.int().positive()),
  warnings: z.int().nonnegative(),
  markdown: StoredObjectSchema,
  blockIndex: StoredObjectSchema,
});
export type ConversionResult = z.infer<typeof ConversionResultSchema>;

export const ConversionSchema = z.object({
  conversionId: z.string(),
  orgId: z.string(),
  createdBy: z.string(),
  /** Last part of the name only, as the user knows it. */
  fileName: z.string(),
  /** As declared at createUpload and bound into the signature. */
  contentType: z.string(),
  /** As declared at createUpload: the upload has no more. */
  maxBytes: z.int().positive(),
  /** Where the upload goes, in the bucket of uploads. */
  uploadObject: z.string(),
  /** Analyse these as soon as it is converted. Empty: convert only. */
  kinds: z.array(AnalysisKindSchema),
  state: ConversionStateSchema,
  phase: ConversionPhaseSchema,
  ...WorkFieldsShape,
  createdAt: TimeSchema,
  updatedAt: TimeSchema,
  /** The end of the right to upload. */
  uploadUntilAt: TimeSchema,
  /** The end of retention: Firestore and Cloud Storage erase it by themselves. */
  expiresAt: TimeSchema,
  /** Set when the user deleted it: gone for everyone, erased step by step. */
  deletedAt: TimeSchema.optional(),
  trace: TraceSchema,
  /** The claimed upload; nothing else is ever read for it. */
  source: StoredObjectSchema.optional(),
  /** Of the recognition that belongs to this conversion now: shards of any other attempt are stale. */
  ocr: z.object({ attempt: z.int().positive(), shards: z.int().positive() }).optional(),
  result: ConversionResultSchema.optional(),
  /** Of a mail or an archive: the conversions of the files in it, in their order. */
  children: z.array(z.string()).optional(),
  /** Of a file in a mail or an archive: the conversion of that one, and how many are around it in all. */
  container: z.object({ conversionId: z.string(), depth: z.int().positive() }).optional(),
  /** The run that follows by itself when `kinds` were named. */
  runId: z.string().optional(),
  failure: FailureSchema.optional(),
});
export type Conversion = z.infer<typeof ConversionSchema>;

/** At most 15 pages of a scan, recognised by one call. `…/conversions/{conversionId}/shards/{shardId}`. */
export const OcrShardSchema = z.object({
  /** `${ocrAttempt}-${index}`. */
  shardId: z.string(),
  orgId: z.string(),
  conversionId: z.string(),
  /** Conversion.ocr.attempt that it belongs to. */
  ocrAttempt: z.int().positive(),
  index: z.int().nonnegative(),
  pageNumbers: z.array(z.int().positive()).min(1),
  pageSizes: z.array(z.object({ widthPt: z.number(), heightPt: z.number() })).optional(),
  mediaType: z.enum(['application/pdf', 'image/png', 'image/jpeg', 'image/tiff']),
  /** The pages themselves, in the bucket of results (or of uploads, for an image that is sent as it is). */
  bucket: z.enum(['uploads', 'processed']),
  input: StoredObjectSchema,
  state: z.enum(['queued', 'working', 'done', 'failed']),
  ...WorkFieldsShape,
  expiresAt: TimeSchema,
  /** OcrPage[] as JSON. */
  output: StoredObjectSchema.optional(),
  failure: FailureSchema.optional(),
});
export type OcrShard = z.infer<typeof OcrShardSchema>;

/** As the API shows it: no leases, no paths. */
export const ConversionViewSchema = z.object({
  conversionId: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  state: ConversionStateSchema,
  phase: ConversionPhaseSchema,
  kinds: z.array(AnalysisKindSchema),
  createdAt: TimeSchema,
  updatedAt: TimeSchema,
  expiresAt: TimeSchema,
  sizeBytes: z.int().nonnegative().optional(),
  result: ConversionResultSchema.omit({ markdown: true, blockIndex: true }).optional(),
  /** Of a mail or an archive: the conversions of the files in it. A run of it takes them in. */
  children: z.array(z.string()).optional(),
  /** Of a file in a mail or an archive: where it was. */
  container: z.object({ conversionId: z.string() }).optional(),
  runId: z.string().optional(),
  failure: FailureSchema.optional(),
});
export type ConversionView = z.infer<typeof ConversionViewSchema>;
