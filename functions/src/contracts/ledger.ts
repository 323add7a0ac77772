/** ledger.json: the coverage ledger as data for a picture. Where the sentences of every page went, and those that are in no row. */
import * as z from 'zod';
import { AnalysedDocumentSchema } from './analysis.ts';
import { ExclusionReasonSchema, LedgerSourceSchema } from './rfp.ts';

/** A page; of a document without pages, a top-level section. Its figures count sentences. */
export const LedgerPartSchema = z.object({
  documentId: z.string(),
  /** Physical, from 1; null in a document without pages. */
  pageNumber: z.int().positive().nullable(),
  /** As printed on the page ("iv", "C-3"), else its number; or the heading, empty for what stands before the first one. */
  label: z.string(),
  /** UTF-16 offsets into the canonical Markdown, half-open. Those of a document's parts follow one another from 0 to its end. */
  charStart: z.int().nonnegative(),
  charEnd: z.int().nonnegative(),
  inMatrix: z.int().nonnegative(),
  excluded: z.int().nonnegative(),
  unresolved: z.int().nonnegative(),
  /** False when there is nothing to read on it: a blank page, a scan that was not recognised. */
  hasText: z.boolean(),
  /** Something on it was not read, so the coverage is not complete: a page that needs recognition, or a window that failed. */
  unread: z.boolean(),
});
export type LedgerPart = z.infer<typeof LedgerPartSchema>;

/** Index into `parts`. */
const part = z.int().nonnegative();

/**
 * The sums over `parts` are those of the run's coverage: in all `sentences`, and `inMatrix`, `excluded`, `unresolved` each.
 * No times, random ids or absolute paths but the ids of the conversions: the same run gives the same bytes.
 */
export const LedgerFileSchema = z.object({
  /** In package order. */
  documents: z.array(
    z.object({
      documentId: z.string(),
      conversionId: z.string(),
      fileName: z.string(),
      pageBasis: AnalysedDocumentSchema.shape.pageBasis,
      pages: z.int().nonnegative(),
    }),
  ),
  /** Document by document, each in its own order; pages without a sentence too. A document without pages has at least one. */
  parts: z.array(LedgerPartSchema),
  excluded: z.array(LedgerSourceSchema.extend({ reason: ExclusionReasonSchema, part })),
  unresolved: z.array(LedgerSourceSchema.extend({ part })),
});
export type LedgerFile = z.infer<typeof LedgerFileSchema>;
