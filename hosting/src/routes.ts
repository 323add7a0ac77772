/** Every address of the page, once: a pattern for the router, and a function that writes the link. */

const withQuery = (path: string, query: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
};

/** What a link into a document points at. */
export interface DocumentTarget {
  /** UTF-16 offsets into the canonical Markdown. */
  from?: number;
  to?: number;
  blockId?: string;
  /** Physical, 1-based. */
  page?: number;
}

/** Filters of the matrix as its address carries them; a value that is not known is no filter. */
export interface MatrixQuery {
  search?: string;
  section?: string;
  obligation?: string;
  actor?: string;
  kind?: string;
  verification?: string;
  /** Ids of documents. */
  document?: string;
  /** `documentId:pageNumber`. */
  page?: string;
  /** The row whose source is shown. */
  row?: string;
}

const asText = (value: number | undefined): string | undefined => value?.toString();

export const ROUTES = {
  start: '/',
  documents: '/documents',
  document: '/documents/:conversionId',
  runs: '/runs',
  run: '/runs/:runId',
  matrix: '/runs/:runId/matrix',
  account: '/account',
} as const;

export const linkTo = {
  start: () => ROUTES.start,
  documents: () => ROUTES.documents,
  document: (conversionId: string, { from, to, blockId, page }: DocumentTarget = {}) =>
    withQuery(`/documents/${encodeURIComponent(conversionId)}`, {
      from: asText(from),
      to: asText(to),
      block: blockId,
      page: asText(page),
    }),
  runs: () => ROUTES.runs,
  /** `show`: which list of its ledger is open. */
  run: (runId: string, { show }: { show?: 'unresolved' | 'excluded' } = {}) =>
    withQuery(`/runs/${encodeURIComponent(runId)}`, { show }),
  matrix: (runId: string, query: MatrixQuery = {}) =>
    withQuery(`/runs/${encodeURIComponent(runId)}/matrix`, { ...query }),
  account: () => ROUTES.account,
} as const;
