/** The coverage ledger in figures and in one sentence. */
import type { Coverage } from '../contracts/rfp.ts';

const count = (number: number, singular: string, plural = `${singular}s`): string =>
  `${number} ${number === 1 ? singular : plural}`;

/** How often each reason was given, most frequent first. */
export const excludedByReason = (coverage: Coverage): { reason: string; sentences: number }[] => {
  const counts = new Map<string, number>();
  for (const { reason } of coverage.excluded) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, sentences]) => ({ reason, sentences }))
    .sort((a, b) => b.sentences - a.sentences || (a.reason < b.reason ? -1 : 1));
};

/** Pages without text, per document, in the order of the ledger. */
export const pagesWithoutTextByDocument = (coverage: Coverage): { documentId: string; pageNumbers: number[] }[] => {
  const pages = new Map<string, number[]>();
  for (const { documentId, pageNumber } of coverage.pagesWithoutText) {
    pages.set(documentId, [...(pages.get(documentId) ?? []), pageNumber]);
  }
  return [...pages].map(([documentId, pageNumbers]) => ({ documentId, pageNumbers }));
};

/** "412 sentences: 97 in the matrix, 310 excluded with a reason, 5 unresolved." and what else keeps it from being complete. */
export const coverageLine = (coverage: Coverage): string => {
  const parts = [
    `${coverage.inMatrix} in the matrix`,
    `${coverage.excluded.length} excluded with a reason`,
    `${coverage.unresolved.length} unresolved`,
  ];
  const gaps: string[] = [];
  if (coverage.pagesWithoutText.length > 0)
    gaps.push(`${count(coverage.pagesWithoutText.length, 'page')} without text`);
  const unread = coverage.documentsWithoutText?.length ?? 0;
  if (unread > 0) gaps.push(`${count(unread, 'document')} without text`);
  if (coverage.chunks.failed.length > 0) gaps.push(`${count(coverage.chunks.failed.length, 'part')} not analysed`);
  const open = gaps.length > 0 ? ` Not read: ${gaps.join(', ')}.` : '';
  return `${count(coverage.sentences, 'sentence')}: ${parts.join(', ')}.${open}`;
};
