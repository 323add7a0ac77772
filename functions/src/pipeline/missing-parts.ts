/** What kept a run from being complete. Sentences nobody could place are not among it: they are in the coverage. */
import type { Analysis } from '../contracts/analysis.ts';
import type { Run, RunWindow } from '../contracts/run.ts';
import { mapBounded } from './map-bounded.ts';
import type { PipelineDeps } from './pipeline-deps.ts';

const MOST_PARTS = 100;
const CONVERSIONS_AT_ONCE = 10;

/** Documents whose conversion was not whole. */
const partialDocuments = async (
  { conversions }: Pick<PipelineDeps, 'conversions'>,
  { orgId, documents }: Run,
): Promise<string[]> => {
  const found = await mapBounded(documents, CONVERSIONS_AT_ONCE, ({ conversionId }) =>
    conversions.get({ orgId, conversionId }),
  );
  return documents.flatMap(({ documentId }, at) => (found[at]?.state === 'partial' ? [documentId] : []));
};

/**
 * At most 100, in this order: failed windows as `compliance-matrix-00003`, pages without text as `DOCUMENT-ID:PAGE`, documents without
 * text and documents that were converted in part as `DOCUMENT-ID`. A document whose pages are listed is not named a second time.
 */
export const missingOf = async (
  deps: Pick<PipelineDeps, 'conversions'>,
  run: Run,
  windows: readonly RunWindow[],
  analysis: Analysis,
): Promise<string[]> => {
  const failed = windows.filter(({ state }) => state !== 'done').map(({ windowId }) => windowId);
  const pages = analysis.documents.flatMap(({ documentId, pagesNeedingOcr }) =>
    pagesNeedingOcr.map((page) => ({ documentId, page })),
  );
  const withPages = new Set(pages.map(({ documentId }) => documentId));
  const documents = new Set([
    ...(analysis.complianceMatrix?.coverage.documentsWithoutText ?? []),
    ...(await partialDocuments(deps, run)),
  ]);
  return [
    ...failed,
    ...pages.map(({ documentId, page }) => `${documentId}:${page}`),
    ...[...documents].filter((documentId) => !withPages.has(documentId)),
  ].slice(0, MOST_PARTS);
};
