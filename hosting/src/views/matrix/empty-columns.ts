/** Columns that would be the same in every row: nobody has to see them to know that. */
import type { MatrixRow } from '../../data/rows.ts';
import type { ColumnName } from './columns.ts';

/** Whether a row has more there than what every row begins with. A column that is not named here always has. */
const HAS_VALUE: Partial<Readonly<Record<ColumnName, (row: MatrixRow['row']) => boolean>>> = {
  page: ({ source }) => source.pageNumber !== undefined,
  links: ({ links, unresolvedRefs }) => links.length > 0 || unresolvedRefs.length > 0,
  status: ({ status }) => status !== 'not_started',
  owner: ({ ownerId }) => Boolean(ownerId),
  response: ({ proposalLocation }) => proposalLocation !== undefined,
  compliance: ({ compliance }) => compliance !== 'tbd',
  notes: ({ notes }) => Boolean(notes),
};

/** `documents`: how many there are in the package. */
export const emptyColumns = (rows: readonly MatrixRow[], documents: number): ReadonlySet<ColumnName> => {
  const entries = Object.entries(HAS_VALUE) as [ColumnName, (row: MatrixRow['row']) => boolean][];
  const empty = entries.filter(([, hasValue]) => !rows.some(({ row }) => hasValue(row))).map(([name]) => name);
  return new Set(documents > 1 ? empty : [...empty, 'document']);
};
