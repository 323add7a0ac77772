/** The ledger of a kind, as the reader sees it: every sentence is in a row, excluded for a reason, or unresolved. */
import type { LedgerEntry, Window } from '../contracts/analysis.ts';
import type { Document } from '../contracts/document.ts';
import type { Coverage, SourceRef } from '../contracts/rfp.ts';

interface CoverageInput {
  documents: readonly Document[];
  /** In package order, each sentence once. */
  ledger: readonly LedgerEntry[];
  /** All that were planned for the kind. */
  windows: readonly Window[];
  /** Whether a result came for the window. */
  isDone: (window: Window) => boolean;
  pageOf: (entry: LedgerEntry) => number | undefined;
  sourceOf: (entry: LedgerEntry) => SourceRef;
}

const sum = (windows: readonly Window[]): number => windows.reduce((total, { chunks }) => total + chunks, 0);

/** `chunks.failed` names windows without a result as "documentId:index"; their chunks are planned but not done. */
export const coverageOf = (input: CoverageInput): Coverage => {
  const { documents, ledger, windows, isDone, pageOf, sourceOf } = input;
  const failed = windows.filter((window) => !isDone(window));
  const excluded = ledger
    .filter(({ disposition }) => disposition === 'excluded')
    .map((entry) => {
      const { documentId, blockId, charStart, charEnd, reason } = entry;
      const pageNumber = pageOf(entry);
      const source = { documentId, blockId, ...(pageNumber === undefined ? {} : { pageNumber }), charStart, charEnd };
      return { source, reason: reason ?? 'informational' };
    });
  const unresolved = ledger.filter(({ disposition }) => disposition === 'unresolved').map(sourceOf);
  const pagesWithoutText = documents.flatMap(({ documentId, pagesNeedingOcr }) =>
    pagesNeedingOcr.map((pageNumber) => ({ documentId, pageNumber })),
  );
  return {
    sentences: ledger.length,
    bindingCandidates: ledger.filter(({ candidate }) => candidate).length,
    inMatrix: ledger.length - excluded.length - unresolved.length,
    excluded,
    unresolved,
    pagesWithoutText,
    chunks: {
      planned: sum(windows),
      done: sum(windows) - sum(failed),
      failed: failed.map(({ documentId, index }) => `${documentId}:${index}`),
    },
    complete: unresolved.length === 0 && failed.length === 0 && pagesWithoutText.length === 0,
  };
};
