/** The four answers to an RFP: compliance matrix, evaluation criteria, annotated outline, submission checklist. */
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

/** A short pointer for the ledger: enough to open the place, small enough for tens of thousands of entries. */
export const LedgerSourceSchema = z.object({
  documentId: z.string(),
  blockId: z.string(),
  pageNumber: z.int().positive().optional(),
  charStart: z.int().nonnegative().nullable(),
  charEnd: z.int().nonnegative().nullable(),
});
export type LedgerSource = z.infer<typeof LedgerSourceSchema>;

/**
 * Accounts for every sentence. A *sentence* is a sentence of a paragraph, list item, table cell or footnote, or a whole heading,
 * block of code, caption, figure, form field, running head or running foot. sentences = inMatrix + excluded.length + unresolved.length.
 */
export const CoverageSchema = z.object({
  sentences: z.int().nonnegative(),
  /** Sentences with words that can bind somebody, before it is known whom. */
  bindingCandidates: z.int().nonnegative(),
  inMatrix: z.int().nonnegative(),
  excluded: z.array(z.object({ source: LedgerSourceSchema, reason: ExclusionReasonSchema })),
  unresolved: z.array(SourceRefSchema),
  pagesWithoutText: z.array(z.object({ documentId: z.string(), pageNumber: z.int().positive() })),
  chunks: z.object({ planned: z.int().nonnegative(), done: z.int().nonnegative(), failed: z.array(z.string()) }),
  /** True only when nothing is unresolved, no window failed and every page has text. */
  complete: z.boolean(),
});
export type Coverage = z.infer<typeof CoverageSchema>;

export const ComplianceMatrixSchema = z.object({ rows: z.array(ComplianceRowSchema), coverage: CoverageSchema });
export type ComplianceMatrix = z.infer<typeof ComplianceMatrixSchema>;

export const FactorSchema = z.object({
  factorId: z.string(),
  /** As printed: "M.2.1". */
  number: z.string(),
  title: z.string(),
  parentId: z.string().optional(),
  level: z.enum(['factor', 'subfactor', 'element']),
  type: z.enum([
    'technical',
    'management',
    'past_performance',
    'cost_price',
    'small_business',
    'security',
    'oral',
    'other',
  ]),
  method: z.enum([
    'adjectival',
    'color',
    'confidence',
    'points',
    'pass_fail',
    'acceptable_unacceptable',
    'price_reasonableness',
    'cost_realism',
    'narrative',
  ]),
  weight: z.object({ value: z.number(), unit: z.enum(['percent', 'points']) }).optional(),
  rank: z.int().optional(),
  importanceQuote: z.string().optional(),
  ratingScale: z.array(z.object({ label: z.string(), definition: z.string().optional() })),
  goNoGo: z.boolean(),
  threshold: z.string().optional(),
  evaluatorLooksFor: z.array(z.string()),
  instructionRowIds: z.array(z.string()),
  workRowIds: z.array(z.string()),
  sources: z.array(SourceRefSchema),
  verification: VerificationSchema,
});

export const EvaluationSchema = z.object({
  awardBasis: z.enum(['tradeoff', 'lpta', 'highest_rated_fair_price', 'points', 'sealed_bid', 'not_stated']),
  awardWithoutDiscussions: z.boolean().optional(),
  /** The three wordings of FAR 15.304(e). */
  noncostVsCost: z.enum([
    'significantly_more_important',
    'approximately_equal',
    'significantly_less_important',
    'not_stated',
  ]),
  orderRule: z.enum(['descending', 'equal', 'weighted', 'points', 'not_stated']),
  factors: z.array(FactorSchema),
  checks: z.object({
    weightsSum: z.number().optional(),
    factorsWithoutInstruction: z.array(z.string()),
    instructionsWithoutFactor: z.array(z.string()),
    contradictions: z.array(z.string()),
  }),
});
export type Evaluation = z.infer<typeof EvaluationSchema>;

export const VolumeSchema = z.object({
  volumeId: z.string(),
  number: z.string(),
  title: z.string(),
  pageLimit: z.object({ value: z.int(), exclusions: z.array(z.string()) }).optional(),
  fileName: z.string().optional(),
  fileFormat: z.string().optional(),
  copies: z.int().optional(),
  source: SourceRefSchema,
});

export const OutlineSectionSchema = z.object({
  sectionId: z.string(),
  number: z.string(),
  heading: z.string(),
  level: z.int().min(1).max(5),
  parentId: z.string().optional(),
  order: z.int(),
  pageTarget: z.object({ value: z.number(), basis: z.enum(['stated', 'by_weight', 'user']) }).optional(),
  rowIds: z.object({ L: z.array(z.string()), M: z.array(z.string()), C: z.array(z.string()) }),
  questionsToAnswer: z.array(z.string()),
  winThemes: z.array(z.string()),
  discriminators: z.array(z.string()),
  proofPoints: z.array(z.string()),
  graphics: z.array(z.object({ title: z.string(), caption: z.string().optional() })),
  pastPerformanceRefs: z.array(z.string()),
  writerId: z.string().optional(),
  reviewerId: z.string().optional(),
  reviewStage: z.enum(['pink', 'red', 'gold', 'white']).optional(),
  warnings: z.array(z.string()),
});

export const OutlineSchema = z.object({
  volumes: z.array(VolumeSchema),
  formatRules: z.object({
    fonts: z.array(z.string()),
    bodyPt: z.number().optional(),
    tablePt: z.number().optional(),
    graphicPt: z.number().optional(),
    marginsIn: z.number().optional(),
    lineSpacing: z.string().optional(),
    pageSize: z.string().optional(),
    foldouts: z.string().optional(),
    headerFooter: z.string().optional(),
    markings: z.string().optional(),
    sources: z.array(SourceRefSchema),
  }),
  sections: z.array(OutlineSectionSchema),
  checks: z.object({
    rowsWithoutSection: z.array(z.string()),
    sectionsWithoutRow: z.array(z.string()),
    pageBudgetOver: z.array(z.string()),
  }),
});
export type Outline = z.infer<typeof OutlineSchema>;

export const SubmissionDateSchema = z.object({
  kind: z.enum([
    'questions_due',
    'site_visit',
    'pre_proposal_conference',
    'notice_of_intent',
    'ppq_due',
    'proposal_due',
    'orals',
    'offer_valid_until',
    'award_expected',
  ]),
  /** As the document states it, in ISO 8601 without a zone. */
  local: z.string(),
  ianaTz: z.string().optional(),
  utc: z.string().optional(),
  tzBasis: z.enum(['stated', 'assumed']),
  supersededBy: z.string().optional(),
  source: SourceRefSchema,
});

export const SubmissionItemSchema = z.object({
  itemId: z.string(),
  category: z.enum([
    'form',
    'volume',
    'attachment',
    'certification',
    'registration',
    'price',
    'signature',
    'amendment_acknowledgement',
    'past_performance',
    'security',
    'bond',
    'format',
    'file_naming',
    'delivery',
  ]),
  title: z.string(),
  required: z.enum(['mandatory', 'conditional', 'optional']),
  conditionText: z.string().optional(),
  /** "SF1449", "SF33", "SF30", "SF1442", "DD254", … */
  formNo: z.string().optional(),
  copies: z.int().optional(),
  fileFormat: z.string().optional(),
  fileName: z.string().optional(),
  maxFileMb: z.number().optional(),
  pageLimit: z.int().optional(),
  delivery: z.enum(['email', 'portal', 'mail', 'hand', 'encrypted']).nullable(),
  deliveryTarget: z.string().optional(),
  signatureRequired: z.boolean().optional(),
  dueAt: z.string().optional(),
  ownerId: z.string().optional(),
  disqualifying: z.boolean(),
  autoCheck: z.enum(['none', 'file_present', 'name', 'page_count', 'font', 'size', 'before_deadline']),
  state: z.enum(['open', 'done', 'waived', 'blocked']),
  evidenceFileId: z.string().optional(),
  rowIds: z.array(z.string()),
  sources: z.array(SourceRefSchema),
  verification: VerificationSchema,
});

export const SubmissionSchema = z.object({
  header: z.object({
    solicitationNo: z.string().nullable(),
    title: z.string().nullable(),
    agency: z.string().nullable(),
    contractingOfficer: z.string().optional(),
    naics: z.string().optional(),
    sizeStandard: z.string().optional(),
    setAside: z.string().optional(),
    contractType: z.string().optional(),
    period: z.string().optional(),
    place: z.string().optional(),
    amendmentsIssued: z.array(z.string()),
  }),
  dates: z.array(SubmissionDateSchema),
  items: z.array(SubmissionItemSchema),
  gates: z.object({
    openDisqualifiers: z.int(),
    unacknowledgedAmendments: z.int(),
    conflicts: z.array(z.object({ field: z.string(), values: z.array(z.string()), sources: z.array(SourceRefSchema) })),
  }),
});
export type Submission = z.infer<typeof SubmissionSchema>;
