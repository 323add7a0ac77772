/** Does a quote stand where it is said to stand? */
import type { Document } from '../contracts/document.ts';
import type { SourceRef } from '../contracts/rfp.ts';

/** True only when the Markdown from charStart to charEnd is the quote, to the letter. */
export const isGrounded = (
  document: Document,
  source: Pick<SourceRef, 'documentId' | 'quote' | 'charStart' | 'charEnd'>,
): boolean =>
  source.documentId === document.documentId &&
  source.charStart !== null &&
  source.charEnd !== null &&
  source.charEnd > source.charStart &&
  source.charEnd <= document.markdown.length &&
  document.markdown.slice(source.charStart, source.charEnd) === source.quote;
