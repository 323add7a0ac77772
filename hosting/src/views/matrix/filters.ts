/** What the matrix is narrowed down to, and how its address says so. */
import type { MatrixQuery } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';

const { words } = TEXTS;

/** The filters that offer a choice, in the order in which they stand. */
export const FACET_NAMES = ['document', 'section', 'obligation', 'actor', 'kind', 'verification'] as const;
export type Facet = (typeof FACET_NAMES)[number];

/** For each filter its values, in the order in which they are offered. */
export type FacetValues = Readonly<Record<Facet, readonly string[]>>;

/** `documentIds`: of the package, in its order. A single document leaves nothing to choose. */
export const facetValuesOf = (documentIds: readonly string[]): FacetValues => ({
  document: documentIds.length > 1 ? documentIds : [],
  section: Object.keys(words.section),
  obligation: Object.keys(words.obligation),
  actor: Object.keys(words.actor),
  kind: Object.keys(words.rowKind),
  verification: Object.keys(words.verification),
});

export interface PageFilter {
  documentId: string;
  /** Physical, 1-based. */
  pageNumber: number;
}

export interface Filters extends Readonly<Record<Facet, readonly string[]>> {
  search: string;
  page: PageFilter | null;
}

export const NO_FILTERS: Filters = {
  search: '',
  document: [],
  section: [],
  obligation: [],
  actor: [],
  kind: [],
  verification: [],
  page: null,
};

const pageOf = (text: string | null): PageFilter | null => {
  const found = /^(?<documentId>.+):(?<page>[1-9]\d{0,5})$/.exec(text ?? '')?.groups;
  return found?.documentId && found.page ? { documentId: found.documentId, pageNumber: Number(found.page) } : null;
};

/** Of the query of an address. Values are separated by commas; one that is not known is no filter. */
export const filtersOf = (query: URLSearchParams, values: FacetValues): Filters => {
  const chosen = (facet: Facet): string[] => {
    const named = new Set((query.get(facet) ?? '').split(','));
    return values[facet].filter((value) => named.has(value));
  };
  return {
    search: query.get('search') ?? '',
    document: chosen('document'),
    section: chosen('section'),
    obligation: chosen('obligation'),
    actor: chosen('actor'),
    kind: chosen('kind'),
    verification: chosen('verification'),
    page: pageOf(query.get('page')),
  };
};

/** The other way round; what does not filter is left out. */
export const queryOf = (filters: Filters, row: string | null): MatrixQuery => {
  const query: MatrixQuery = {};
  if (filters.search !== '') query.search = filters.search;
  for (const facet of FACET_NAMES) {
    if (filters[facet].length > 0) query[facet] = filters[facet].join(',');
  }
  if (filters.page) query.page = `${filters.page.documentId}:${filters.page.pageNumber}`;
  if (row !== null) query.row = row;
  return query;
};

/** With one value of a filter added, or taken away when it was chosen. Values keep the order in which they are offered. */
export const toggle = (filters: Filters, facet: Facet, value: string, values: FacetValues): Filters => {
  const had = filters[facet];
  const chosen = values[facet].filter((each) => (each === value ? !had.includes(each) : had.includes(each)));
  return { ...filters, [facet]: chosen };
};

export const isFiltered = ({ search, page, ...facets }: Filters): boolean =>
  search.trim() !== '' || page !== null || Object.values(facets).some((values) => values.length > 0);
