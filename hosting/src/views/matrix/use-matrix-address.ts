import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { linkTo } from '../../routes.ts';
import { type FacetValues, type Filters, filtersOf, queryOf } from './filters.ts';

/** Kept beside an entry of the history whose panel was opened from the entry before it. */
const OPENED_HERE = 'opened-here';

export interface MatrixAddress {
  filters: Filters;
  /** The row whose source is shown. */
  row: string | null;
  linkToRow: (row: string) => string;
  /** `replace`: while somebody types; the back button then leaves out the steps between. */
  setFilters: (filters: Filters, how?: { replace: boolean }) => void;
  openRow: (row: string) => void;
  closeRow: () => void;
}

/** All that the matrix shows stands in its address: a link leads to the same, and the back button one step back. */
export const useMatrixAddress = (runId: string, values: FacetValues): MatrixAddress => {
  const search = useSearch();
  const [, navigate] = useLocation();
  const { row, narrowed } = useMemo(() => {
    const query = new URLSearchParams(search);
    const named = query.get('row');
    query.delete('row');
    return { row: named, narrowed: query.toString() };
  }, [search]);
  // The same filters stay the same object while only the row changes.
  const filters = useMemo(() => filtersOf(new URLSearchParams(narrowed), values), [narrowed, values]);

  const linkToRow = useCallback((to: string) => linkTo.matrix(runId, queryOf(filters, to)), [runId, filters]);
  const setFilters = useCallback(
    (next: Filters, { replace } = { replace: false }) =>
      navigate(linkTo.matrix(runId, queryOf(next, row)), { replace, state: replace ? history.state : null }),
    [navigate, runId, row],
  );
  const openRow = useCallback(
    (to: string) => {
      if (to === row) return;
      if (row === null) navigate(linkToRow(to), { state: OPENED_HERE });
      else navigate(linkToRow(to), { replace: true, state: history.state });
    },
    [navigate, linkToRow, row],
  );
  const closeRow = useCallback(() => {
    if (row === null) return;
    if (history.state === OPENED_HERE) history.back();
    else navigate(linkTo.matrix(runId, queryOf(filters, null)), { replace: true });
  }, [navigate, runId, filters, row]);
  return { filters, row, linkToRow, setFilters, openRow, closeRow };
};
