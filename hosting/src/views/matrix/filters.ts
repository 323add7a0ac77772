/** What the matrix is narrowed down to, and how its address says so. */
import type { MatrixQuery } from '../../routes.ts';
import { TEXTS } from '../../texts/index.ts';

const { words } = TEXTS;

export type Facet = 'section' | 'obligation' | 'actor' | 'verification';

/** The filters that offer a choice, each with all its values in the order in which they are offered. */
export const FACETS: Readonly<Record<Facet, readonly string[]>> = {
  section: Object.keys(words.section),
  obligation: Object.keys(words.obligation),
  actor: Object.keys(words.actor),
  verification: Object.keys(words.verification),
};

export const FACET_NAMES = Object.keys(FACETS) as Facet[];

export interface PageFilter {
  documentId: string;
  /** Physical, 1-based. */
  pageNumber: number;
}

export interface Filters extends Readonly<Record<Facet, readonly string[]>> {
  search: string;
  page: PageFilter | null;
}

export const NO_FILTERS: Filters = { search: '', section: [], obligation: [], actor: [], verification: [], page: null };

const pageOf = (text: string | null): PageFilter | null => {
  const found = /^(?<documentId>.+):(?<page>[1-9]\d{0,5})$/.exec(text ?? '')?.groups;
  return found?.documentId && found.page ? { documentId: found.documentId, pageNumber: Number(found.page) } : null;
};

/** Of the query of an address. Values are separated by commas; one that is not known is no filter. */
export const filtersOf = (query: URLSearchParams): Filters => {
  const chosen = (facet: Facet): string[] => {
    const named = new Set((query.get(facet) ?? '').split(','));
    return FACETS[facet].filter((value) => named.has(value));
  };
  return {
    search: query.get('search') ?? '',
    section: chosen('section'),
    obligation: chosen('obligation'),
    actor: chosen('actor'),
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
export const toggle = (filters: Filters, facet: Facet, value: string): Filters => {
  const had = filters[facet];
  const chosen = FACETS[facet].filter((each) => (each === value ? !had.includes(each) : had.includes(each)));
  return { ...filters, [facet]: chosen };
};

export const isFiltered = ({ search, page, ...facets }: Filters): boolean =>
  search.trim() !== '' || page !== null || Object.values(facets).some((values) => values.length > 0);
