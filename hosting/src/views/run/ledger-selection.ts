/** What is selected in the picture, as the address carries it: `?part=12`, `?part=12-14` or `?show=unresolved`. */
export type Selection =
  | { kind: 'whole' }
  | { kind: 'list'; show: 'unresolved' | 'excluded' }
  /** Positions in `parts` of the ledger, both included. */
  | { kind: 'parts'; first: number; last: number };

const PARTS = /^(\d{1,6})(?:-(\d{1,6}))?$/;

/** What is not known, or not in a ledger of `parts` parts, selects nothing. */
export const readSelection = (query: URLSearchParams, parts: number): Selection => {
  const show = query.get('show');
  if (show === 'unresolved' || show === 'excluded') return { kind: 'list', show };
  const [, from, to = from] = PARTS.exec(query.get('part') ?? '') ?? [];
  const [first, last] = [Number(from), Number(to)];
  if (from === undefined || first > last || last >= parts) return { kind: 'whole' };
  return { kind: 'parts', first, last };
};

/** The query of an address, without "?". */
export const selectionQuery = (selection: Selection): string => {
  if (selection.kind === 'whole') return '';
  if (selection.kind === 'list') return `show=${selection.show}`;
  const { first, last } = selection;
  return `part=${first === last ? first : `${first}-${last}`}`;
};
