import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { readSelection, type Selection, selectionQuery } from './ledger-selection.ts';

/** What the address selects in a ledger of `parts` parts. Selecting is a step in the history, so "back" goes one selection back. */
export const useSelection = (parts: number): { selection: Selection; select: (next: Selection) => void } => {
  const query = useSearch();
  const [path, navigate] = useLocation();
  const selection = useMemo(() => readSelection(new URLSearchParams(query), parts), [query, parts]);
  const select = useCallback(
    (next: Selection) => {
      const asked = selectionQuery(next);
      if (asked !== query) navigate(asked === '' ? path : `${path}?${asked}`);
    },
    [navigate, path, query],
  );
  return { selection, select };
};
