/** Where the ruled tables of a flow stand among its rows. */
import type { TableBlock } from './layout-model.ts';
import type { Row } from './rows.ts';
import { stepBetween } from './tables/candidate-rows.ts';

/** In line heights: text goes on below the end of the table beside it no further down. */
const GOES_ON_STEP = 1.5;

/** Rows that stand left of the table, beside it and on below its end: they are read before it. */
const besideOf = (rows: readonly Row[], { box }: TableBlock): Set<Row> => {
  const beside = new Set<Row>();
  let last: Row | undefined;
  for (const row of rows) {
    const baseline = row[0]?.baseline ?? 0;
    if (baseline < box.top || (row.at(-1)?.x1 ?? 0) > box.x0) continue;
    if (baseline >= box.bottom && !(last && stepBetween(last, row) <= GOES_ON_STEP)) break;
    beside.add(row);
    last = row;
  }
  return beside;
};

/** The tables in the order of their tops, with the rows above, between and below them. */
export const aroundTables = (rows: readonly Row[], tables: readonly TableBlock[]): (Row[] | TableBlock)[] => {
  const parts: (Row[] | TableBlock)[] = [];
  let rest = [...rows];
  for (const table of tables.toSorted((a, b) => a.box.top - b.box.top)) {
    const beside = besideOf(rest, table);
    const above = rest.filter((row) => (row[0]?.baseline ?? 0) < table.box.top + 2 || beside.has(row));
    const read = new Set(above);
    rest = rest.filter((row) => !read.has(row));
    if (above.length > 0) parts.push(above);
    parts.push(table);
  }
  if (rest.length > 0) parts.push(rest);
  return parts;
};
