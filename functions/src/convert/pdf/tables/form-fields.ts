/**
 * Printed forms: boxes of all widths, each with a small label and what was filled in below it. As one table such a page has a score of
 * columns and says nothing; so each box becomes a paragraph of its own, label first, and only rows that are cut alike stay a table.
 */
import type { Column, LayoutBlock, Line, TableBlock, TableCell, TableRow, TextBlock } from '../layout-model.ts';
import { unionOf } from '../page-model.ts';

/** A form has at least so many edges of columns, and rows cut in so many ways, which are such a share of all its rows. */
const MIN_COLUMNS = 6;
const MIN_CUTS = 4;
const MIN_CUT_SHARE = 0.5;
/** So many ways need no labels as further evidence; else this share of the boxes has one. */
const MANY_CUTS = 6;
const MIN_LABELLED = 0.3;
/** "1.", "17a.", "30b.", "(X)", or a name before a colon. */
const LABEL = /^(?:\(?\d{1,2}[A-Za-z]?[.)]\s?|\(X\)|[A-Z][^:]{2,40}:)/;
/** Rows cut alike are a table within the form: so many, or a head and one tall row of many cells. */
const TABLE_ROWS = 3;
const TABLE_CELLS = 3;
const HEADED_CELLS = 5;
const SAME_EDGE_PT = 3;
/** A box with more paragraphs holds prose. */
const MAX_FIELD_PARAGRAPHS = 3;

const cutsOf = ({ cells }: TableRow): number[] => cells.map(({ box }) => Math.round(box.x0 / SAME_EDGE_PT));
const isFilled = ({ paragraphs }: TableCell): boolean => paragraphs.length > 0;

export const isForm = ({ rows, columnCount }: TableBlock): boolean => {
  if (columnCount < MIN_COLUMNS) return false;
  const cuts = new Set(rows.map((row) => cutsOf(row).join(' '))).size;
  if (cuts < MIN_CUTS || cuts < MIN_CUT_SHARE * rows.length) return false;
  const filled = rows.flatMap(({ cells }) => cells).filter(isFilled);
  const labelled = filled.filter(({ paragraphs }) => LABEL.test(paragraphs[0]?.[0] ?? ''));
  return cuts >= MANY_CUTS || labelled.length >= MIN_LABELLED * filled.length;
};

/** Runs of rows that are cut alike. */
const runsOf = (rows: readonly TableRow[]): TableRow[][] => {
  const runs: TableRow[][] = [];
  for (const row of rows) {
    const last = runs.at(-1);
    if (last?.[0] && cutsOf(last[0]).join(' ') === cutsOf(row).join(' ')) last.push(row);
    else runs.push([row]);
  }
  return runs;
};

const isTable = (run: readonly TableRow[]): boolean => {
  const cells = run[0]?.cells.length ?? 0;
  return (run.length >= TABLE_ROWS && cells >= TABLE_CELLS) || (run.length === 2 && cells >= HEADED_CELLS);
};

const fieldsOf = ({ box, paragraphs }: TableCell, pageNumber: number, column: Column): TextBlock[] => {
  const texts = paragraphs.length > MAX_FIELD_PARAGRAPHS ? paragraphs : [paragraphs.flat()];
  const height = (box.bottom - box.top) / Math.max(1, paragraphs.flat().length);
  return texts.map((lines): TextBlock => {
    const shown = lines.map(
      (text): Line => ({
        ...box,
        text,
        baseline: box.bottom,
        size: height,
        bold: false,
        italic: false,
        boldLead: false,
        firstWordWidth: 0,
        isFormValue: true,
      }),
    );
    return { kind: 'text', pageNumber, box, lines: shown, column };
  });
};

/** Only what begins in these rows; each cell then takes one column. */
const tableOf = (form: TableBlock, run: readonly TableRow[]): TableBlock => {
  const first = run[0]?.cells ?? [];
  return {
    ...form,
    box: unionOf(run.flatMap(({ cells }) => cells.map(({ box }) => box))),
    columnCount: first.length,
    boldHead: false,
    columnStarts: first.map(({ box }) => box.x0),
    rows: run
      .filter(({ cells }) => cells.some(isFilled))
      .map((row) => ({ ...row, cells: row.cells.map((cell) => ({ ...cell, columnSpan: 1 })) })),
  };
};

/** The boxes of a form in reading order, as fields and tables. */
export const formBlocks = (form: TableBlock, column: Column): LayoutBlock[] =>
  runsOf(form.rows).flatMap((run): LayoutBlock[] =>
    isTable(run)
      ? [tableOf(form, run)]
      : run.flatMap(({ cells }) => cells.filter(isFilled).flatMap((cell) => fieldsOf(cell, form.pageNumber, column))),
  );
