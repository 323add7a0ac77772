/** The submission checklist: what must be handed in, how and by when. */
import * as z from 'zod';
import { SourceRefSchema, VerificationSchema } from './rfp.ts';

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
