/** The seams of an analysis: the context built once, the windows it is cut into, what comes out of each, and the whole. */
import * as z from 'zod';
import { ConversionMessageSchema, QualitySchema } from './document.ts';
import { EvaluationSchema } from './evaluation.ts';
import { OutlineSchema } from './outline.ts';
import {
  ActorSchema,
  ComplianceMatrixSchema,
  DocumentRoleSchema,
  ExclusionReasonSchema,
  FunctionalRoleSchema,
  ModalSchema,
  ObligationSchema,
  RowKindSchema,
} from './rfp.ts';
import { SubmissionSchema } from './submission.ts';

/** What a run can be asked for. A kind that is not built yet is not in the list. */
export const AnalysisKindSchema = z.enum(['compliance-matrix']);
export type AnalysisKind = z.infer<typeof AnalysisKindSchema>;

export const SectionSchema = z.object({
  sectionId: z.string(),
  documentId: z.string(),
  /** As printed: "L.4.2". Empty for an unnumbered heading. */
  number: z.string(),
  heading: z.string(),
  /** Headings from the top down, this one last. */
  path: z.array(z.string()),
  level: z.int().nonnegative(),
  role: FunctionalRoleSchema,
  ucfSection: z
    .string()
    .regex(/^[A-M]$/)
    .nullable(),
  /** In document order; a block belongs to exactly one section. */
  blockIds: z.array(z.string()),
});
export type Section = z.infer<typeof SectionSchema>;

/** A lead-in and the blocks that complete it: "The Contractor shall:" and its items. */
export const OpenStemSchema = z.object({
  documentId: z.string(),
  blockId: z.string(),
  /** Plain text of the lead-in sentence. */
  text: z.string(),
  charStart: z.int().nonnegative(),
  charEnd: z.int().nonnegative(),
  itemBlockIds: z.array(z.string()),
});
export type OpenStem = z.infer<typeof OpenStemSchema>;

/** All that a window must know of the rest of the package. Built once per run; the same bytes give the same context. */
export const PackageContextSchema = z.object({
  planVersion: z.string(),
  documents: z.array(
    z.object({ documentId: z.string(), role: DocumentRoleSchema, amendmentNo: z.string().optional() }),
  ),
  sections: z.array(SectionSchema),
  /** Names used for the two sides: "Quoter" → offeror, "FMCSA" → government. Lower case. */
  parties: z.array(z.object({ name: z.string(), actor: ActorSchema })),
  definedTerms: z.array(z.object({ term: z.string(), documentId: z.string(), blockId: z.string() })),
  openStems: z.array(OpenStemSchema),
  /** "Attachment 7", "Section L.4": what the text points at, and whether the package has it. */
  references: z.array(
    z.object({
      text: z.string(),
      documentId: z.string(),
      blockId: z.string(),
      targetDocumentId: z.string().nullable(),
    }),
  ),
});
export type PackageContext = z.infer<typeof PackageContextSchema>;

/** An overlapping run of blocks of one document. What lies in [ownStart, ownEnd) is this window's own; the rest is shown for context. */
export const WindowSchema = z.object({
  kind: AnalysisKindSchema,
  index: z.int().nonnegative(),
  documentId: z.string(),
  blockIds: z.array(z.string()),
  /** How many leading blocks are repeated from the window before. */
  overlapBefore: z.int().nonnegative(),
  /** UTF-16 offsets into the document's Markdown. */
  ownStart: z.int().nonnegative(),
  ownEnd: z.int().nonnegative(),
  chunks: z.int().positive(),
});
export type Window = z.infer<typeof WindowSchema>;

/** Where each sentence of a window went. Exactly one entry per sentence that the window owns. */
export const LedgerEntrySchema = z.object({
  documentId: z.string(),
  blockId: z.string(),
  charStart: z.int().nonnegative().nullable(),
  charEnd: z.int().nonnegative().nullable(),
  /** Has words that can bind somebody. */
  candidate: z.boolean(),
  disposition: z.enum(['in_matrix', 'excluded', 'unresolved']),
  reason: ExclusionReasonSchema.optional(),
});
export type LedgerEntry = z.infer<typeof LedgerEntrySchema>;

/** One raw requirement as a rule or a model saw it, before merge. */
export const FindingSchema = z.object({
  documentId: z.string(),
  /** The block of the quote first, then the block of its lead-in if it has one. */
  blockIds: z.array(z.string()).min(1),
  /** Canonical Markdown, to the letter, when charStart is set. */
  quote: z.string(),
  charStart: z.int().nonnegative().nullable(),
  charEnd: z.int().nonnegative().nullable(),
  text: z.string(),
  leadIn: z.string().optional(),
  kind: RowKindSchema,
  obligation: ObligationSchema,
  modal: ModalSchema,
  actor: ActorSchema,
  conditionText: z.string().optional(),
  timing: z.enum(['proposal', 'post_award']),
  method: z.enum(['rule', 'model']),
  needsReview: z.boolean(),
});
export type Finding = z.infer<typeof FindingSchema>;

/** A requirement as a language model names it: a block by its label, and a few words of the sentence. */
export const ModelRowSchema = z.object({
  block: z.string().min(1),
  quote: z.string().min(1),
  obligation: ObligationSchema.exclude(['informational', 'permitted']),
  actor: ActorSchema.exclude(['government']),
  timing: FindingSchema.shape.timing,
  kind: RowKindSchema,
});
export type ModelRow = z.infer<typeof ModelRowSchema>;

/** The rows are checked one by one: one that does not fit costs no other. */
export const ModelAnswerSchema = z.object({ rows: z.array(z.unknown()) });

export const WindowResultSchema = z.object({
  kind: AnalysisKindSchema,
  index: z.int().nonnegative(),
  documentId: z.string(),
  chunks: z.int().positive(),
  findings: z.array(FindingSchema),
  ledger: z.array(LedgerEntrySchema),
});
export type WindowResult = z.infer<typeof WindowResultSchema>;

/** A document as analysis.json names it. */
export const AnalysedDocumentSchema = z.object({
  documentId: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  sizeBytes: z.int(),
  title: z.string().optional(),
  role: DocumentRoleSchema,
  pageBasis: z.enum(['pdf', 'none']),
  pages: z.int().nonnegative(),
  pagesNeedingOcr: z.array(z.int().positive()),
  quality: QualitySchema,
  messages: z.array(ConversionMessageSchema),
});
export type AnalysedDocument = z.infer<typeof AnalysedDocumentSchema>;

/** analysis.json. No times, random ids or absolute paths: the same bytes give the same file. Kinds that were not asked for are absent. */
export const AnalysisSchema = z.object({
  documents: z.array(AnalysedDocumentSchema),
  complianceMatrix: ComplianceMatrixSchema.optional(),
  evaluationCriteria: EvaluationSchema.optional(),
  annotatedOutline: OutlineSchema.optional(),
  submissionChecklist: SubmissionSchema.optional(),
});
export type Analysis = z.infer<typeof AnalysisSchema>;
