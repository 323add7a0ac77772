/** Which rows the filters leave, and how many each choice would leave. */
import type { MatrixRow } from '../../data/rows.ts';
import { FACET_NAMES, type Facet, type Filters, type PageFilter } from './filters.ts';
import { searchWords } from './search-words.ts';

/** Value → rows that there would be, were it the only one chosen in its filter; what is not named has none. */
export type FacetCounts = Readonly<Record<Facet, Readonly<Record<string, number>>>>;

export interface FilteredRows {
  rows: readonly MatrixRow[];
  counts: FacetCounts;
}

const VALUE_OF: Readonly<Record<Facet, (row: MatrixRow['row']) => string>> = {
  document: ({ source }) => source.documentId,
  section: ({ source }) => source.functionalRole,
  obligation: ({ obligation }) => obligation,
  actor: ({ actor }) => actor,
  kind: ({ kind }) => kind,
  verification: ({ verification }) => verification.status,
};

/** Also the places where the same requirement is stated again. */
const standsOn = ({ source, otherSources }: MatrixRow['row'], { documentId, pageNumber }: PageFilter): boolean =>
  [source, ...otherSources].some((each) => each.documentId === documentId && each.pageNumber === pageNumber);

/** One pass over all rows: a row that only one filter leaves out still counts for the choices of that filter. */
export const filterRows = (all: readonly MatrixRow[], filters: Filters): FilteredRows => {
  const words = searchWords(filters.search);
  const { page } = filters;
  const chosen = FACET_NAMES.map((facet) => new Set(filters[facet]));
  const counts: Record<Facet, Record<string, number>> = {
    document: {},
    section: {},
    obligation: {},
    actor: {},
    kind: {},
    verification: {},
  };
  const count = (facet: Facet, row: MatrixRow['row']): void => {
    const value = VALUE_OF[facet](row);
    counts[facet][value] = (counts[facet][value] ?? 0) + 1;
  };

  const rows = all.filter(({ row, searchText }) => {
    if (page && !standsOn(row, page)) return false;
    if (!words.every((word) => searchText.includes(word))) return false;
    const against = FACET_NAMES.filter((facet, at) => {
      const values = chosen[at];
      return values !== undefined && values.size > 0 && !values.has(VALUE_OF[facet](row));
    });
    const [only] = against;
    if (only === undefined) for (const facet of FACET_NAMES) count(facet, row);
    else if (against.length === 1) count(only, row);
    return only === undefined;
  });
  return { rows, counts };
};
