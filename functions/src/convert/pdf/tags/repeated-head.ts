/** The head of a tagged table that is printed again on its further pages: it is marked as no content, or not at all. */
import type { TableBlock, TableRow } from '../layout-model.ts';
import { type Box, type Segment, unionOf } from '../page-model.ts';

const SLACK_PT = 4;
/** Share of the head's height that lines may stand apart from where they were. */
const HEIGHT_SLACK = 1.3;

export interface TableHead {
  rows: TableRow[];
  x0: number;
  x1: number;
  height: number;
  letters: string;
}

/** In any order: the pieces of a head may come in another one. */
const lettersOf = (texts: readonly string[]): string =>
  texts.join('').replace(/\s+/g, '').split('').toSorted().join('');

export const headOf = ({ rows, headerRows }: TableBlock): TableHead => {
  const head = rows.slice(0, headerRows);
  const cells = head.flatMap((row) => row.cells);
  const box = unionOf(cells.map((cell) => cell.box));
  return {
    rows: head,
    x0: box.x0,
    x1: box.x1,
    height: box.bottom - box.top,
    letters: lettersOf(cells.flatMap(({ paragraphs }) => paragraphs.flat())),
  };
};

/** The pieces above `box`, the rest of the table, that show the head again; empty where they are not just that. */
export const findRepeatedHead = (head: TableHead, segments: readonly Segment[], box: Box): Segment[] => {
  const ceiling = box.top - HEIGHT_SLACK * head.height - SLACK_PT;
  // The rest may have blank columns at its side: the head is as wide as it was.
  const [left, right] = [Math.min(box.x0, head.x0) - SLACK_PT, Math.max(box.x1, head.x1) + SLACK_PT];
  const above = segments.filter(({ tag, x0, x1, top, bottom }) => {
    const middle = (x0 + x1) / 2;
    const isFree = tag === undefined || tag.role === 'artifact';
    return isFree && bottom < box.top + SLACK_PT && top > ceiling && middle > left && middle < right;
  });
  return lettersOf(above.map(({ text }) => text)) === head.letters ? above : [];
};

/** The rest of a table with its head as it is shown above it. */
export const withHead = (table: TableBlock, head: TableHead, shown: readonly Segment[]): TableBlock => {
  const box = unionOf(shown);
  const rows = head.rows.map((row) => ({ ...row, cells: row.cells.map((cell) => ({ ...cell, box })) }));
  return { ...table, box: unionOf([table.box, box]), headerRows: rows.length, rows: [...rows, ...table.rows] };
};
