/** Analyses one window. All that lies beyond it is in the context, so the windows of a run add up to the analysis of the whole. */
import type { PackageContext, Window, WindowResult } from '../contracts/analysis.ts';
import type { Document } from '../contracts/document.ts';
import { AppError } from '../errors.ts';
import { indexContext } from './context-index.ts';
import { indexDocument } from './document-index.ts';
import { ANALYSERS } from './kinds/index.ts';

const problemOf = (context: PackageContext, window: Window, document: Document): string | null => {
  if (window.documentId !== document.documentId) return 'it names another document';
  if (!context.documents.some(({ documentId }) => documentId === document.documentId))
    return 'the plan does not know the document';
  const known = indexDocument(document).blockById;
  if (window.blockIds.some((blockId) => !known.has(blockId))) return 'it names blocks that the document does not have';
  const isInside = window.ownStart <= window.ownEnd && window.ownEnd <= document.markdown.length;
  return isInside ? null : 'its range lies outside the document';
};

/** Findings and ledger entries for what the window owns: sentences that start in [ownStart, ownEnd), and the running lines beside them. Throws WINDOW_INVALID. */
export const analyzeWindow = (context: PackageContext, window: Window, document: Document): WindowResult => {
  const problem = problemOf(context, window, document);
  if (problem !== null) throw new AppError('WINDOW_INVALID', { index: window.index, problem });
  const { kind, index, documentId, chunks } = window;
  const analyse = ANALYSERS[kind];
  return { kind, index, documentId, chunks, ...analyse(indexContext(context), window, indexDocument(document)) };
};
