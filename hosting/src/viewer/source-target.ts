/** A place in a document, as a row of the matrix or an address names it. What is not known is left out. */
export interface SourceTarget {
  /** UTF-16 offsets into the canonical Markdown, [from, to). Null as a source reference has it: the block is not in the Markdown. */
  from?: number | null;
  to?: number | null;
  blockId?: string;
  /** Physical, 1-based. */
  pageNumber?: number;
  /** The text that is shown on the page; without it the block is. */
  quote?: string;
}
