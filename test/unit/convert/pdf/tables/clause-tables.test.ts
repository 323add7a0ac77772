import { describe, expect, test } from '@jest/globals';
import type { Segment } from '../../../../../functions/src/convert/pdf/page-model.ts';
import { groupRows } from '../../../../../functions/src/convert/pdf/rows.ts';
import { findClauseTables } from '../../../../../functions/src/convert/pdf/tables/clause-tables.ts';
import { segmentOf } from '../../../../support/page-pieces.ts';

const usualStep = (size: number): number => 1.2 * size;

const TITLE = 72;
const TEXT = 170;

/** Title and text side by side; '' leaves a side empty. */
const lines = (pairs: [string, string][], from = 100, step = 12): Segment[] =>
  pairs.flatMap(([title, text], index) => [
    ...(title === '' ? [] : [segmentOf(title, TITLE, from + index * step)]),
    ...(text === '' ? [] : [segmentOf(text, TEXT, from + index * step)]),
  ]);

/** Rows of tables as lists of their cells, with a bar between the paragraphs of one; other rows as "p …". */
const read = (segments: Segment[]): unknown[] =>
  findClauseTables(groupRows(segments), 1, usualStep).flatMap((part): unknown[] =>
    Array.isArray(part)
      ? part.map((row) => `p ${row.map(({ text }) => text).join(' ')}`)
      : part.rows.map(({ cells }) =>
          cells.map(({ paragraphs }) => paragraphs.map((paragraph) => paragraph.join(' ')).join(' | ')),
        ),
  );

const FULL = 'the keeper trims the wick of every lamp along the quay and the pier';
const CLAUSES: [string, string][] = [
  ['1. Care of', `1.1 By night ${FULL}`],
  ['the Lamps', 'and notes the hour.'],
  ['', '1.2 By day the glass is washed.'],
  ['2. Oil', `2.1 Before the frost ${FULL}`],
  ['', 'and fills the tanks.'],
];
const TABLE = [
  ['1. Care of the Lamps', `1.1 By night ${FULL} and notes the hour. | 1.2 By day the glass is washed.`],
  ['2. Oil', `2.1 Before the frost ${FULL} and fills the tanks.`],
];

describe('findClauseTables', () => {
  test('Numbered titles beside their text are the cells of a table, each with its own wrapped lines', () => {
    expect(read(lines(CLAUSES))).toEqual(TABLE);
  });

  test('A number that a tab parts from its title belongs to the title', () => {
    const apart = lines(CLAUSES).map((piece) =>
      piece.text === '2. Oil'
        ? [segmentOf('2.', TITLE, piece.baseline), segmentOf('Oil', 95, piece.baseline)]
        : [piece],
    );
    expect(read(apart.flat())).toEqual(TABLE);
  });

  test('The table has no head: its first row is a clause like the others', () => {
    const [table] = findClauseTables(groupRows(lines(CLAUSES)), 1, usualStep);
    expect(table).toMatchObject({ kind: 'table', headerRows: 0 });
  });

  test('A row that names both columns is the head', () => {
    const [table] = findClauseTables(groupRows(lines([['Clause', 'Rule'], ...CLAUSES])), 1, usualStep);
    expect(table).toMatchObject({ headerRows: 1, rows: { length: 3 } });
  });

  test('Text without a title at the top of a page is the rest of the last clause before it', () => {
    expect(read(lines([['', 'as the harbour master says.'], ...CLAUSES]))).toEqual([
      ['', 'as the harbour master says.'],
      ...TABLE,
    ]);
  });

  test('A heading between two groups of clauses stands between two tables', () => {
    const heading = segmentOf('Part two, of the boats and their crews', TITLE, 200);
    expect(read([...lines(CLAUSES), heading, ...lines(CLAUSES, 240)])).toEqual([
      ...TABLE,
      `p ${heading.text}`,
      ...TABLE,
    ]);
  });

  test('A numbered list whose lines go on at the margin is none', () => {
    const list = [
      ...lines([['1. Care of', `1.1 By night ${FULL}`]]),
      segmentOf(`and ${FULL}`, TITLE, 112),
      ...lines([['2. Oil', `2.1 Before ${FULL}`]], 124),
      segmentOf(`and ${FULL}`, TITLE, 136),
    ];
    expect(read(list).every((part) => typeof part === 'string')).toBe(true);
  });

  test('Names and amounts are none: the right side is no prose', () => {
    const prices = lines([
      ['1. Lamp oil', 'forty barrels'],
      ['2. Wicks', 'nine boxes'],
      ['3. Glass', 'six panes'],
    ]);
    expect(read(prices)).toEqual(['p 1. Lamp oil forty barrels', 'p 2. Wicks nine boxes', 'p 3. Glass six panes']);
  });

  test('Numbered boxes of a form, side by side, are none', () => {
    const form = lines([
      ['6. Issued by', `7. Administered by ${FULL}`],
      ['The harbour', FULL],
      ['8. Offeror', `9. Amended by ${FULL}`],
      ['Any keeper', FULL],
    ]);
    expect(read(form).every((part) => typeof part === 'string')).toBe(true);
  });
});
