/** Tables whose rows are duties although no cell says "shall": deliverables and their dates, performance standards. */
import type { Block } from '../../../contracts/document.ts';
import type { FunctionalRole } from '../../../contracts/rfp.ts';
import type { DocumentIndex } from '../../document-index.ts';

const WHAT =
  /\b(?:deliverables?|reports?|milestones?|tasks?|services?|submittals?|requirements?|products?|documents?|performance (?:objective|element|requirement|area|indicator)s?|required services?|activity)\b/i;
const WHEN = /\b(?:due|dates?|deadline|frequency|when|schedule|days|delivery|time ?frame|timing)\b/i;
const STANDARD =
  /\b(?:standards?|aql|acceptable|quality level|threshold|target|surveillance|metric|service level|measure\w*)\b/i;
const DUTY =
  /\b(?:mandatory requirements?|requirements? (?:description|statement)|specifications?|minimum requirements?)\b/i;

interface TableRow {
  /** Cells with text, in order; the first one carries the row. */
  cells: Block[];
}

const cellsOf = (row: Block, index: DocumentIndex): Block[] =>
  (index.childrenOf.get(row.blockId) ?? []).filter(
    ({ kind, charStart, charEnd }) =>
      kind === 'table_cell' && charStart !== null && charEnd !== null && charEnd > charStart,
  );

/** "Deliverable1" and "Due Date(s)²": a note's mark that lost its raised place. */
const NOTE_MARK = /(?<=[\p{Ll})])[\d⁰¹²³⁴-⁹*†‡]+(?=\s|$)/gu;

const isDutyHeader = (marked: string): boolean => {
  const header = marked.replace(NOTE_MARK, '');
  return DUTY.test(header) || (WHAT.test(header) && (WHEN.test(header) || STANDARD.test(header)));
};

/** For each cell of a table of duties, the row that it is part of: blockId of the cell → cells of its row. */
export const dutyRows = (table: Block, index: DocumentIndex, role: FunctionalRole): ReadonlyMap<string, TableRow> => {
  const found = new Map<string, TableRow>();
  if (role === 'evaluation' || role === 'instructions' || role === 'reps') return found;
  const rows = (index.childrenOf.get(table.blockId) ?? []).filter(({ kind }) => kind === 'table_row');
  const [head, ...body] = rows.map((row) => cellsOf(row, index));
  if (head === undefined || !isDutyHeader(head.map(({ text }) => text).join(' | '))) return found;
  for (const cells of body) {
    if (
      cells.length < 2 ||
      cells.some(({ isHeader }) => isHeader === true && cells.every((cell) => cell.isHeader === true))
    )
      continue;
    for (const cell of cells) found.set(cell.blockId, { cells });
  }
  return found;
};
