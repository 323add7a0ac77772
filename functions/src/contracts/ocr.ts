/** What text recognition answers: lines with their places, page by page, whoever recognised them. */
import * as z from 'zod';
import { BoundingBoxSchema } from './document.ts';

export const OcrLineSchema = z.object({
  text: z.string(),
  /** Points, origin top left, like every box. */
  bbox: BoundingBoxSchema,
  /** 0–1. */
  confidence: z.number(),
});

export const OcrTableSchema = z.object({
  bbox: BoundingBoxSchema,
  rows: z.array(
    z.object({
      isHeader: z.boolean(),
      cells: z.array(z.object({ text: z.string(), rowSpan: z.int().positive(), columnSpan: z.int().positive() })),
    }),
  ),
});

/** `title`, `heading` and `list_item` only where the recogniser tells them apart; running heads and feet are not `body`. */
export const OcrParagraphSchema = z.object({
  kind: z.enum(['body', 'title', 'heading', 'list_item', 'header', 'footer']),
  /** Heading level or list depth, from 1. */
  depth: z.int().positive().optional(),
  lines: z.array(OcrLineSchema),
});

export const OcrPageSchema = z.object({
  /** Physical page of the whole document, 1-based, also when a part of it was sent. */
  pageNumber: z.int().positive(),
  widthPt: z.number(),
  heightPt: z.number(),
  paragraphs: z.array(OcrParagraphSchema),
  tables: z.array(OcrTableSchema),
  /** BCP 47. */
  language: z.string().optional(),
});
export type OcrPage = z.infer<typeof OcrPageSchema>;
