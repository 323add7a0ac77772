/** Clauses set in two columns without lines: number and title on the left, the text beside them on the right. */
import type { TableBlock, TableCell, TableRow } from '../layout-model.ts';
import type { LineStep } from '../line-steps.ts';
import { readHeadingNumber, readMarker } from '../markers.ts';
import { type Segment, unionOf } from '../page-model.ts';
import type { Row } from '../rows.ts';
import { INTERLEAVED_STEP, SAME_EDGE_PT, stepBetween } from './candidate-rows.ts';

/** In ems, between a title and the text beside it. */
const MIN_GAP_EM = 0.6;
/** In line heights: a title's next line is no further below; no line of a clause is; and so far apart stand paragraphs, in usual steps. */
const TITLE_STEP = 1.5;
const MAX_STEP = 3;
const PARAGRAPH_STEP = 1.2;
/** A line over this share of the text's width is full, so that the next one goes on with it. */
const FULL_LINE = 0.75;
/** Share of the lines of text that may have holes of this many ems: more are a further column. */
const MAX_HOLES = 0.15;
const HOLE_EM = 2;
const MIN_CLAUSES = 2;
/** More that are no prose are a list: it is not looked at again from each of its rows. */
const MANY_CLAUSES = 20;
/** A tab behind a number is no wider, in ems. */
const WIDEST_TAB_EM = 4;
const SAME_SIZE_PT = 1.5;
/** A page of readable size has fewer lines. */
const MAX_ROWS = 400;

/** Where titles begin, and where text does. */
interface Edges {
  title: number;
  text: number;
}

interface Clause {
  title: Segment[];
  /** The lines of its text, top to bottom. */
  text: Row[];
}

const isTitle = ({ text }: Segment): boolean => {
  const number = readHeadingNumber(text);
  return number !== undefined && /\p{L}{2}/u.test(text.slice(number.length));
};

/** A number that stands apart, as a tab sets it, put before its title. */
const withNumber = (row: Row): Row => {
  const [number, title, ...others] = row;
  if (!number || !title || readHeadingNumber(number.text) !== number.text) return row;
  if (title.x0 - number.x1 > WIDEST_TAB_EM * title.size || readHeadingNumber(title.text) !== undefined) return row;
  return [{ ...title, text: `${number.text} ${title.text}`, x0: number.x0 }, ...others];
};

/** "1.2" in clause 1; any such number where the clause begins on the page before, so that its own is not known. */
const isOwnNumber = (text: string, clause: string | undefined): boolean => {
  const number = readHeadingNumber(text) ?? '';
  return clause === undefined ? /^\d+\.\d/.test(number) : number.startsWith(`${clause.replace(/\.$/, '')}.`);
};

/** Words, or the number of a part of the clause: another number would be that of the next box of a form. */
const mayBeText = (text: string, title: string): boolean =>
  readHeadingNumber(text) === undefined ? /\p{L}{2}/u.test(text) : isOwnNumber(text, readHeadingNumber(title));

/** A numbered title with text beside it, on its own line or, a little lower, on the next. */
const edgesAt = (row: Row, next: Row): Edges | undefined => {
  const [title, beside] = row;
  const text = beside ?? (stepBetween(row, next) < INTERLEAVED_STEP ? next[0] : undefined);
  if (!title || !text || !isTitle(title) || text.x0 - title.x1 < MIN_GAP_EM * title.size) return undefined;
  return mayBeText(text.text, title.text) && Math.abs(text.size - title.size) < SAME_SIZE_PT
    ? { title: title.x0, text: text.x0 }
    : undefined;
};

interface Sides {
  title?: Segment;
  text: Row;
}

/** The two sides of a row; undefined where something stands over both, or outside. */
const sidesOf = (row: Row, edges: Edges): Sides | undefined => {
  const [title, ...others] = row.filter(({ x1 }) => x1 < edges.text);
  const text = row.filter(({ x0 }) => x0 > edges.text - SAME_EDGE_PT);
  if (others.length > 0 || text.length + (title ? 1 : 0) !== row.length) return undefined;
  if (title && title.x0 < edges.title - SAME_EDGE_PT) return undefined;
  return title ? { title, text } : { text };
};

/** Takes the row into the clauses; false where it is none of theirs. */
const takeRow = (clauses: Clause[], row: Row, next: Row, edges: Edges): boolean => {
  const sides = sidesOf(row, edges);
  if (!sides) return false;
  const { title, text } = sides;
  if (title && isTitle(title) && Math.abs(title.x0 - edges.title) < SAME_EDGE_PT) {
    const begins = Math.abs((edgesAt(row, next)?.text ?? 0) - edges.text) < SAME_EDGE_PT;
    if (begins) clauses.push({ title: [title], text: text.length > 0 ? [text] : [] });
    return begins;
  }
  const current = clauses.at(-1);
  const last = current?.title.at(-1);
  if (!current || (title && last && title.baseline - last.baseline > TITLE_STEP * 1.2 * title.size)) return false;
  if (title) current.title.push(title);
  if (text.length > 0) current.text.push(text);
  return true;
};

/** The clauses from the row at `start` on, and the row behind the last of them. */
const gather = (rows: readonly Row[], start: number, edges: Edges): { clauses: Clause[]; end: number } => {
  const clauses: Clause[] = [];
  let end = start;
  const limit = Math.min(rows.length, start + MAX_ROWS);
  for (; end < limit; end++) {
    const [row, above] = [rows[end] ?? [], rows[end - 1]];
    if (above && end > start && stepBetween(above, row) > MAX_STEP) break;
    if (!takeRow(clauses, row, rows[end + 1] ?? [], edges)) break;
  }
  return { clauses, end };
};

const isMark = (text: string): boolean => readMarker(`${text} `)?.text === text || readHeadingNumber(text) === text;

const hasHole = (line: Row): boolean =>
  line.some(({ x0, size }, index) => {
    const before = line[index - 1];
    return before && x0 - before.x1 > HOLE_EM * size && !(index === 1 && isMark(before.text));
  });

/** The text is prose: it fills its lines and goes on over them, in one column that is wider than that of the titles. */
const isProse = (clauses: readonly Clause[], edges: Edges): boolean => {
  const lines = clauses.flatMap(({ text }) => text);
  const right = unionOf(lines.flat()).x1;
  if (right - edges.text < edges.text - edges.title) return false;
  const full = edges.text + FULL_LINE * (right - edges.text);
  const wrapped = clauses.filter(({ text }) => text.slice(0, -1).some((line) => (line.at(-1)?.x1 ?? 0) > full));
  return wrapped.length * 2 >= clauses.length && lines.filter(hasHole).length <= MAX_HOLES * lines.length;
};

const lineText = (line: Row): string => line.map(({ text }) => text).join(' ');

const textParagraphs = ({ title, text }: Clause, usualStep: LineStep): string[][] => {
  const clause = readHeadingNumber(title[0]?.text ?? '');
  const paragraphs: string[][] = [];
  text.forEach((line, index) => {
    const [first, above] = [line[0], text[index - 1]?.[0]];
    const words = lineText(line);
    const stepped = first && above && first.baseline - above.baseline > PARAGRAPH_STEP * usualStep(first.size);
    if (!above || stepped || readMarker(words) || isOwnNumber(words, clause)) paragraphs.push([words]);
    else paragraphs.at(-1)?.push(words);
  });
  return paragraphs;
};

const cellOf = (segments: readonly Segment[], paragraphs: string[][]): TableCell => ({
  box: unionOf(segments),
  paragraphs,
  rowSpan: 1,
  columnSpan: 1,
});

const rowOf = (clause: Clause, usualStep: LineStep): TableRow => ({
  cells: [
    clause.title.length > 0
      ? cellOf(clause.title, [clause.title.map(({ text }) => text)])
      : cellOf(clause.text.flat(), []),
    clause.text.length > 0 ? cellOf(clause.text.flat(), textParagraphs(clause, usualStep)) : cellOf(clause.title, []),
  ],
});

/** What of the table stands above its first clause. */
interface Above {
  clauses: Clause[];
  rowCount: number;
  isHead: boolean;
}

const NOTHING_ABOVE: Above = { clauses: [], rowCount: 0, isHead: false };

/** Lines at the top of the page are the rest of a clause that begins on the page before, if all of them are text without a title. */
const areRest = (rows: readonly Row[], edges: Edges): boolean =>
  rows.every((row, index) => {
    const sides = sidesOf(row, edges);
    return sides !== undefined && !sides.title && stepBetween(row, rows[index + 1] ?? row) <= MAX_STEP;
  });

/** A row right above the first clause that names both columns, or the rest of a clause. */
const partAbove = (rows: readonly Row[], from: number, start: number, edges: Edges): Above => {
  const [head = [], first = []] = rows.slice(start - 1);
  const [title, text, ...others] = head;
  const isAt = (piece: Segment | undefined, x0: number): boolean =>
    piece !== undefined && Math.abs(piece.x0 - x0) < SAME_EDGE_PT;
  const isNear = others.length === 0 && stepBetween(head, first) <= MAX_STEP;
  if (title && text && isNear && isAt(title, edges.title) && isAt(text, edges.text))
    return { clauses: [{ title: [title], text: [[text]] }], rowCount: 1, isHead: true };
  if (from > 0 || !areRest(rows.slice(0, start), edges)) return NOTHING_ABOVE;
  return { clauses: [{ title: [], text: rows.slice(0, start) }], rowCount: start, isHead: false };
};

/** The rows of a flow, parted into runs of other rows and tables of clauses, each of two columns. */
export const findClauseTables = (
  given: readonly Row[],
  pageNumber: number,
  usualStep: LineStep,
): (Row[] | TableBlock)[] => {
  const rows = given.map(withNumber);
  const parts: (Row[] | TableBlock)[] = [];
  let from = 0;
  for (let start = 0; start < rows.length; start++) {
    const edges = edgesAt(rows[start] ?? [], rows[start + 1] ?? []);
    if (!edges) continue;
    const { clauses, end } = gather(rows, start, edges);
    if (clauses.length < MIN_CLAUSES || !isProse(clauses, edges)) {
      if (clauses.length > MANY_CLAUSES) start = end - 1;
      continue;
    }
    const above = from < start ? partAbove(rows, from, start, edges) : NOTHING_ABOVE;
    const top = start - above.rowCount;
    if (top > from) parts.push(given.slice(from, top));
    parts.push({
      kind: 'table',
      pageNumber,
      box: unionOf(rows.slice(top, end).flat()),
      columnCount: 2,
      headerRows: above.isHead ? 1 : 0,
      boldHead: above.isHead && above.clauses.flatMap((head) => head.title).every(({ bold }) => bold),
      columnStarts: [edges.title, edges.text],
      rows: [...above.clauses, ...clauses].map((clause) => rowOf(clause, usualStep)),
    });
    from = end;
    start = end - 1;
  }
  if (from < rows.length) parts.push(given.slice(from));
  return parts;
};
