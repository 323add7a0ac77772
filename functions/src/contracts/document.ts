/** What a conversion produces: canonical Markdown, and an index of blocks that says where every piece of it came from. */
import * as z from 'zod';

/** Points (1/72 inch), origin at the page's top left corner, as the page is shown. */
export const BoundingBoxSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
export type BoundingBox = z.infer<typeof BoundingBoxSchema>;

/** `text`: a text layer; `tags`: the PDF's tag tree; `ocr`: recognised; `none`: no text was found. */
export const PageSourceSchema = z.enum(['text', 'tags', 'ocr', 'none']);

export const PageSchema = z.object({
  /** Physical, 1-based. */
  pageNumber: z.int().positive(),
  /** As printed or as the PDF's page labels say: "iv", "C-3". */
  pageLabel: z.string().optional(),
  widthPt: z.number().optional(),
  heightPt: z.number().optional(),
  source: PageSourceSchema,
});
export type Page = z.infer<typeof PageSchema>;

export const BlockKindSchema = z.enum([
  'heading',
  'paragraph',
  'list_item',
  'table',
  'table_row',
  'table_cell',
  'code',
  'quote',
  'footnote',
  'caption',
  'figure',
  'form_field',
  'header_footer',
]);
export type BlockKind = z.infer<typeof BlockKindSchema>;

/**
 * A piece of the document.
 *
 * `table`, `table_row` and `quote` only hold other blocks and have no text of their own. All other kinds are leaves:
 * the ranges of leaves never overlap, so each character of running text belongs to one block. A list item's range is its
 * own first paragraph without the marker; what is nested below it are blocks with `parentId`. A table cell's range is its content without
 * the pipes or tags around it.
 */
export const PageBreakSchema = z.object({ charStart: z.int().nonnegative(), pageNumber: z.int().positive() });
export type PageBreak = z.infer<typeof PageBreakSchema>;

export const BlockSchema = z.object({
  /** hash(documentId, kind, ordinal, text); stable for the same bytes. */
  blockId: z.string(),
  kind: BlockKindSchema,
  /** Heading level 1–6; list depth from 1. */
  depth: z.int().positive().optional(),
  parentId: z.string().optional(),
  /** Where it begins. */
  pageNumber: z.int().positive().optional(),
  /** Of that page, as printed; where it differs from the number. */
  pageLabel: z.string().optional(),
  bbox: BoundingBoxSchema.optional(),
  /** Of a leaf that goes on over the end of a page: the offset (UTF-16, into Document.markdown) at which each further page begins. */
  pageBreaks: z.array(PageBreakSchema).optional(),
  /** UTF-16 offset into Document.markdown, inclusive; null for header_footer, which is not in the Markdown. */
  charStart: z.int().nonnegative().nullable(),
  /** UTF-16 offset, exclusive. */
  charEnd: z.int().nonnegative().nullable(),
  /** Plain text: no Markdown marks, white space collapsed. Empty for table, table_row and quote. */
  text: z.string(),
  /** As shown: "C.3.2(a)", "Article IV", "1.", "•". */
  numbering: z.string().optional(),
  /** A cell of a header row. */
  isHeader: z.boolean().optional(),
  rowSpan: z.int().positive().optional(),
  columnSpan: z.int().positive().optional(),
});
export type Block = z.infer<typeof BlockSchema>;

/** Trouble that does not stop a conversion. `code` is stable UPPER_SNAKE; `text` is for people and quotes no document text. */
export const ConversionMessageSchema = z.object({
  level: z.enum(['info', 'warning', 'error']),
  code: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
  pageNumber: z.int().positive().optional(),
  blockId: z.string().optional(),
  text: z.string(),
});
export type ConversionMessage = z.infer<typeof ConversionMessageSchema>;

/** Why the eye does not see a text. */
export const UnseenReasonSchema = z.enum([
  /** PDF text render mode 3, a hidden run in Word, `display: none`. */
  'hidden',
  /** Its colour is that of what is behind it. */
  'same_colour',
  'off_page',
  /** Under 1 pt. */
  'tiny',
  /** A picture or a filled shape lies over it. */
  'covered',
  /** U+E0000 to U+E007F: invisible copies of ASCII. */
  'unicode_tags',
  /** Variation selectors in a row, which can spell bytes. */
  'variation_selectors',
  /** Embeddings, overrides and isolates of the Unicode bidirectional algorithm: they show letters in another order. */
  'bidi_controls',
  'comment',
]);
export type UnseenReason = z.infer<typeof UnseenReasonSchema>;

/**
 * Something in the file that a careful reader should know: text nobody sees, macros, links to outside. `text` is for people and quotes
 * no document text; `excerpt` does, so it is shown to the document's readers and never logged.
 */
export const SafetyFindingSchema = z.object({
  code: z.enum(['HIDDEN_TEXT', 'MACROS', 'EMBEDDED_FILE', 'EXTERNAL_RESOURCE', 'SCRIPT']),
  /** Of HIDDEN_TEXT where it is known. */
  reason: UnseenReasonSchema.optional(),
  pageNumber: z.int().positive().optional(),
  blockId: z.string().optional(),
  text: z.string(),
  /** How many characters were left out. */
  characters: z.int().positive().optional(),
  /** The beginning of what was left out, at most 500 characters. */
  excerpt: z.string().max(500).optional(),
});
export type SafetyFinding = z.infer<typeof SafetyFindingSchema>;

export const QualitySchema = z.object({
  /** Characters of canonical Markdown. */
  characters: z.int().nonnegative(),
  pages: z.int().nonnegative(),
  pagesWithText: z.int().nonnegative(),
  /** U+FFFD and unmapped glyphs: text that could not be decoded. */
  unreadableCharacters: z.int().nonnegative(),
  /** `unreadableCharacters` of all characters that the file shows: 0 to 1. */
  unreadableShare: z.number().min(0).max(1),
  /** Pages that hold no text and were not recognised, blank ones among them. */
  pagesWithoutText: z.array(z.int().positive()),
  /** Ways round something that could not be read as it should be: the message's code, and the pages where it was taken. */
  fallbacks: z.array(z.object({ code: z.string(), pages: z.array(z.int().positive()) })),
  /** How many messages of each code there are. */
  messageCounts: z.record(z.string(), z.int().positive()),
});
export type Quality = z.infer<typeof QualitySchema>;

export const DocumentSchema = z.object({
  /** First 16 hex digits of SHA-256 over the bytes. */
  documentId: z.string().regex(/^[0-9a-f]{16}$/),
  /** The last part of the name only, never a path. */
  fileName: z.string(),
  mediaType: z.string(),
  sizeBytes: z.int().nonnegative(),
  title: z.string().optional(),
  /** BCP 47. */
  language: z.string().optional(),
  /** `none`: the format has no pages (DOCX, HTML, Markdown), so no page number is ever claimed. */
  pageBasis: z.enum(['pdf', 'none']),
  pages: z.array(PageSchema),
  /** In document order; a parent stands before its children; header_footer blocks stand where their page begins or ends. */
  blocks: z.array(BlockSchema),
  markdown: z.string(),
  messages: z.array(ConversionMessageSchema),
  safety: z.array(SafetyFindingSchema),
  quality: QualitySchema,
  pagesNeedingOcr: z.array(z.int().positive()),
  /** As the file states them: author, producer, created, … */
  metadata: z.record(z.string(), z.string()),
});
export type Document = z.infer<typeof DocumentSchema>;

/** Of blocks.json: all of a document but its Markdown, which stands beside it. */
export const BlockIndexSchema = DocumentSchema.omit({ markdown: true });
export type BlockIndex = z.infer<typeof BlockIndexSchema>;

export const blockIndexOf = ({ markdown: _, ...index }: Document): BlockIndex => index;
