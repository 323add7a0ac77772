/** The annotated outline: volumes and headings after Section L, with the rows of M and C that each must answer. */
import * as z from 'zod';
import { SourceRefSchema } from './rfp.ts';

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
