/** Does a quote stand where it is said to stand, and where does it stand? */
import type { Document } from '../contracts/document.ts';
import type { SourceRef } from '../contracts/rfp.ts';
import type { Sentence } from './sentences.ts';

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

const FEWEST_WORDS = 3;

const wordCount = (text: string): number => text.split(' ').length;

/** The forms of one mark that a typesetter and a keyboard have, as one. */
const levelled = (text: string): string =>
  text
    .replace(/[\u2018\u2019\u201b\u2032]/g, "'")
    .replace(/[\u201c\u201d\u201e\u2033]/g, '"')
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();

/**
 * The first of the sentences in which the quote begins: word for word, but for white space and the forms of quotes and dashes. Null too for
 * a quote of under three words that is not the whole sentence: it could stand anywhere.
 */
export const sentenceOfQuote = (sentences: readonly Sentence[], quote: string): Sentence | null => {
  const wanted = levelled(quote).replace(/ ?(?:\.{3}|\u2026)$/, '');
  if (wanted === '') return null;
  const isTelling = wordCount(wanted) >= FEWEST_WORDS;
  const begins = (sentence: Sentence): boolean => {
    const text = levelled(sentence.text);
    if (text === wanted) return true;
    return isTelling && (text.includes(wanted) || (wordCount(text) >= FEWEST_WORDS && wanted.startsWith(text)));
  };
  return sentences.find(begins) ?? null;
};
