/** Evaluation criteria: how the buyer will choose, in the wording of FAR 15.304 as enums. */
import * as z from 'zod';
import { SourceRefSchema, VerificationSchema } from './rfp.ts';

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
