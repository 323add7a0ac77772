/** The compliance matrix: what a row says, where it stands, and the ledger that accounts for every sentence. */
import * as z from 'zod';
import { BoundingBoxSchema } from './document.ts';

export const DocumentRoleSchema = z.enum(['base', 'amendment', 'attachment', 'qa', 'clause_matrix', 'price_template']);
export type DocumentRole = z.infer<typeof DocumentRoleSchema>;

/** What a section is for, whatever its letter. FAR 15.204-1 names A–M; other solicitations are read by heading and content. */
export const FunctionalRoleSchema = z.enum([
  'instructions',
  'evaluation',
  'work',
  'clauses',
  'reps',
  'forms',
  'price',
  'other',
]);
export type FunctionalRole = z.infer<typeof FunctionalRoleSchema>;

export const MatchSchema = z.enum(['exact', 'normalized', 'fuzzy', 'unverified']);

/** Where something stands. `quote` is the canonical Markdown from charStart to charEnd, to the letter, unless `match` says otherwise. */
export const SourceRefSchema = z.object({
  documentId: z.string(),
  documentRole: DocumentRoleSchema,
  amendmentNo: z.string().optional(),
  /** The nearest numbering above it, as printed: "L.4.2.1(b)". Empty when the document numbers nothing. */
  sectionRef: z.string(),
  /** Headings from the top down. */
  sectionPath: z.array(z.string()),
  ucfSection: z
    .string()
    .regex(/^[A-M]$/)
    .nullable(),
  functionalRole: FunctionalRoleSchema,
  pageNumber: z.int().positive().optional(),
  pageLabel: z.string().optional(),
  pageBasis: z.enum(['pdf', 'rendered_docx', 'none']),
  blockId: z.string(),
  /** UTF-16 offsets into the canonical Markdown, half-open; null when unverified, and for running heads, which are not in it. */
  charStart: z.int().nonnegative().nullable(),
  charEnd: z.int().nonnegative().nullable(),
  bbox: BoundingBoxSchema.optional(),
  quote: z.string(),
  quoteSha256: z.string(),
  match: MatchSchema,
  /** 1 for exact. */
  matchScore: z.number(),
});
export type SourceRef = z.infer<typeof SourceRefSchema>;

/** Why a sentence that could have been a requirement is not one. */
export const ExclusionReasonSchema = z.enum([
  'boilerplate',
  'header_footer',
  'toc',
  'heading',
  'definition',
  'informational',
  'permission',
  'evaluation_statement',
  'duplicate',
  'government_duty',
  'out_of_scope',
  'not_a_sentence',
]);
export type ExclusionReason = z.infer<typeof ExclusionReasonSchema>;

export const VerificationSchema = z.object({
  status: z.enum(['machine_verified', 'needs_review', 'human_verified', 'rejected']),
  method: z.enum(['rule', 'model', 'human']),
  by: z.string().optional(),
  at: z.string().optional(),
  rejectReason: ExclusionReasonSchema.optional(),
});
export type Verification = z.infer<typeof VerificationSchema>;

export const RowKindSchema = z.enum([
  'instruction',
  'evaluation',
  'performance',
  'deliverable',
  'contract_clause',
  'representation',
  'certification',
  'pricing',
  'security',
  'submission',
  'administrative',
]);
export type RowKind = z.infer<typeof RowKindSchema>;

export const ObligationSchema = z.enum([
  'mandatory',
  'conditional',
  'desired',
  'permitted',
  'prohibited',
  'informational',
]);
export type Obligation = z.infer<typeof ObligationSchema>;

export const ModalSchema = z.enum([
  'shall',
  'must',
  'will',
  'should',
  'may',
  'required_to',
  'shall_not',
  'must_not',
  'may_not',
  'imperative',
  'implied',
]);
export type Modal = z.infer<typeof ModalSchema>;

export const ActorSchema = z.enum(['offeror', 'contractor', 'government', 'subcontractor', 'unclear']);
export type Actor = z.infer<typeof ActorSchema>;

export const ComplianceRowSchema = z.object({
  /** hash(kind, sectionRef, normalised text, nth): survives amendments and re-runs. */
  rowId: z.string(),
  /** For people: "L-014". */
  displayId: z.string(),
  parentRowId: z.string().optional(),
  /** The words of the source, Markdown marks removed and white space collapsed. The exact characters are in source.quote. */
  requirementText: z.string(),
  atomicText: z.string().optional(),
  /** The stem of the list this item stands in: "The Contractor shall:". */
  leadIn: z.string().optional(),
  kind: RowKindSchema,
  obligation: ObligationSchema,
  conditionText: z.string().optional(),
  modal: ModalSchema,
  actor: ActorSchema,
  action: z.enum(['address_in_proposal', 'price_it', 'attach_form', 'accept_term', 'review_only']),
  timing: z.enum(['proposal', 'post_award']),
  source: SourceRefSchema,
  otherSources: z.array(SourceRefSchema),
  links: z.array(
    z.object({
      toId: z.string(),
      toType: z.enum(['L_instruction', 'M_factor', 'C_work', 'clause', 'attachment', 'cdrl', 'form']),
      basis: z.enum(['stated', 'same_number', 'lexical', 'model', 'user']),
      score: z.number(),
    }),
  ),
  unresolvedRefs: z.array(z.object({ text: z.string(), reason: z.enum(['missing_document', 'ambiguous']) })),
  proposalLocation: z
    .object({ volumeId: z.string(), sectionId: z.string(), pageFrom: z.int().optional(), pageTo: z.int().optional() })
    .optional(),
  compliance: z.enum(['tbd', 'comply', 'partial', 'exception', 'no_bid']),
  status: z.enum([
    'not_started',
    'in_progress',
    'ready_for_review',
    'approved',
    'noncompliant_accepted',
    'not_applicable',
  ]),
  naReason: z.string().optional(),
  ownerId: z.string().optional(),
  reviewerId: z.string().optional(),
  dueAt: z.string().optional(),
  risk: z.enum(['low', 'medium', 'high', 'disqualifying']),
  evidence: z.array(z.string()),
  clarificationQuestion: z.string().optional(),
  notes: z.string().optional(),
  amendment: z.object({
    state: z.enum(['unchanged', 'added', 'modified', 'deleted', 'clarified', 'superseded']),
    amendmentNo: z.string().optional(),
    previousText: z.string().optional(),
    humanFieldsCarried: z.boolean(),
  }),
  verification: VerificationSchema,
});
export type ComplianceRow = z.infer<typeof ComplianceRowSchema>;

/** A short pointer for the ledger: enough to read it and to open the place, small enough for tens of thousands of entries. */
export const LedgerSourceSchema = z.object({
  documentId: z.string(),
  blockId: z.string(),
  pageNumber: z.int().positive().optional(),
  charStart: z.int().nonnegative().nullable(),
  charEnd: z.int().nonnegative().nullable(),
  /** The whole sentence in plain text: Markdown marks removed, white space collapsed. */
  text: z.string(),
});
export type LedgerSource = z.infer<typeof LedgerSourceSchema>;

/**
 * Accounts for every sentence. A *sentence* is a sentence of a paragraph, list item, table cell or footnote, or a whole heading,
 * block of code (indented prose with binding words is read as a paragraph), caption, figure, form field, running head or running foot. sentences = inMatrix + excluded.length + unresolved.length.
 * A running head or foot with words that bind is unresolved where its text first stands, and excluded as a duplicate where the same
 * text stands again, numbers ("Page 3") left out of the comparison.
 * A document without a single sentence is named in `documentsWithoutText`, and the coverage is then not complete.
 */
export const CoverageSchema = z.object({
  sentences: z.int().nonnegative(),
  /** Sentences with words that can bind somebody, before it is known whom. */
  bindingCandidates: z.int().nonnegative(),
  inMatrix: z.int().nonnegative(),
  excluded: z.array(z.object({ source: LedgerSourceSchema, reason: ExclusionReasonSchema })),
  unresolved: z.array(SourceRefSchema),
  pagesWithoutText: z.array(z.object({ documentId: z.string(), pageNumber: z.int().positive() })),
  /** Ids of documents in which there is nothing to read: an empty file, a drawing, scans without text. */
  documentsWithoutText: z.array(z.string()).optional(),
  chunks: z.object({ planned: z.int().nonnegative(), done: z.int().nonnegative(), failed: z.array(z.string()) }),
  /** True only when nothing is unresolved, no window failed, and every page and every document has text. */
  complete: z.boolean(),
});
export type Coverage = z.infer<typeof CoverageSchema>;

export const ComplianceMatrixSchema = z.object({ rows: z.array(ComplianceRowSchema), coverage: CoverageSchema });
export type ComplianceMatrix = z.infer<typeof ComplianceMatrixSchema>;
