/** The ledger of a kind, as the reader sees it: every sentence is in a row, excluded for a reason, or unresolved. */
import type { LedgerEntry, Window } from '../contracts/analysis.ts';
import type { Document } from '../contracts/document.ts';
import type { Coverage, LedgerSource, SourceRef } from '../contracts/rfp.ts';

interface CoverageInput {
  documents: readonly Document[];
  /** In package order, each sentence once, running lines settled. */
  ledger: readonly LedgerEntry[];
  /** All that were planned for the kind. */
  windows: readonly Window[];
  /** Those of them for which no result came. */
  failed: readonly Window[];
  pointerOf: (entry: LedgerEntry) => LedgerSource;
  sourceOf: (entry: LedgerEntry) => SourceRef;
}

const sum = (windows: readonly Window[]): number => windows.reduce((total, { chunks }) => total + chunks, 0);

/** "Page 3 of 9" and "Page 4 of 9" are the same running line. */
const withoutNumbers = (text: string): string => text.toLowerCase().replace(/\d+/g, '#').replace(/\s+/g, ' ').trim();

/** A running line that binds is for a person to read, once: its repetitions are duplicates of it. `textOf`: the sentence in plain text. */
export const settleRunningLines = (
  ledger: readonly LedgerEntry[],
  textOf: (entry: LedgerEntry) => string,
): LedgerEntry[] => {
  const seen = new Set<string>();
  return ledger.map((entry) => {
    if (entry.reason !== 'header_footer' || !entry.candidate) return entry;
    const text = withoutNumbers(textOf(entry));
    if (seen.has(text)) return { ...entry, reason: 'duplicate' };
    seen.add(text);
    const { reason: _, ...bare } = entry;
    return { ...bare, disposition: 'unresolved' };
  });
};

/** `chunks.failed` names windows without a result as "documentId:index"; their chunks are planned but not done. */
export const coverageOf = (input: CoverageInput): Coverage => {
  const { documents, ledger, windows, failed, pointerOf, sourceOf } = input;
  const excluded = ledger
    .filter(({ disposition }) => disposition === 'excluded')
    .map((entry) => ({ source: pointerOf(entry), reason: entry.reason ?? 'informational' }));
  const unresolved = ledger.filter(({ disposition }) => disposition === 'unresolved').map(sourceOf);
  const pagesWithoutText = documents.flatMap(({ documentId, pagesNeedingOcr }) =>
    pagesNeedingOcr.map((pageNumber) => ({ documentId, pageNumber })),
  );
  const withText = new Set([...ledger, ...failed].map(({ documentId }) => documentId));
  const documentsWithoutText = documents.flatMap(({ documentId }) => (withText.has(documentId) ? [] : [documentId]));
  const allHaveText = pagesWithoutText.length === 0 && documentsWithoutText.length === 0;
  return {
    sentences: ledger.length,
    bindingCandidates: ledger.filter(({ candidate }) => candidate).length,
    inMatrix: ledger.length - excluded.length - unresolved.length,
    excluded,
    unresolved,
    pagesWithoutText,
    documentsWithoutText,
    chunks: {
      planned: sum(windows),
      done: sum(windows) - sum(failed),
      failed: failed.map(({ documentId, index }) => `${documentId}:${index}`),
    },
    complete: unresolved.length === 0 && failed.length === 0 && allHaveText && documents.length > 0,
  };
};
