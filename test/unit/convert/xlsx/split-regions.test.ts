import { describe, expect, test } from '@jest/globals';
import type { GridCell } from '../../../../functions/src/convert/xlsx/place-cells.ts';
import { splitRegions } from '../../../../functions/src/convert/xlsx/split-regions.ts';

/** Cells from lines of words: "." is empty, figures are numbers, a word in capitals stands out, "_" is ruled and empty. */
const grid = (picture: string): GridCell[] => {
  const rows = picture
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const cells: GridCell[] = [];
  rows.forEach((words, at) => {
    words.forEach((text, index) => {
      if (text === '.' || text === '_') return;
      const row = at + 1;
      const column = index + 1;
      let ruledTo = row;
      while (rows[ruledTo]?.[index] === '_') ruledTo += 1;
      const isNumber = /^\d+$/.test(text);
      const standsOut = /^[A-Z]+$/.test(text);
      cells.push({ row, column, lastRow: row, lastColumn: column, text, isNumber, standsOut, ruledTo });
    });
  });
  return cells;
};
const regions = (picture: string) =>
  splitRegions(grid(picture)).map((region) => region.map(({ text }) => text).join(' '));

describe('a sheet is cut', () => {
  test('at an empty row, and a title is none of the table below it', () => {
    expect(regions('title .\nITEM PRICE\na 1\n. .\nNAME DATE\nx 2')).toEqual([
      'title',
      'ITEM PRICE a 1',
      'NAME DATE x 2',
    ]);
  });

  test('between tables side by side', () => {
    expect(regions('ITEM PRICE . CODE AREA\na 1 . x y\nb 2 . . .\nc 3 . . .\nd 4 . . .')).toEqual([
      'ITEM PRICE a 1 b 2 c 3 d 4',
      'CODE AREA x y',
    ]);
  });

  test('where two tables meet at a corner', () => {
    expect(regions('a b . .\nc d . .\n. . e f\n. . g h')).toEqual(['a b c d', 'e f g h']);
  });

  test('where a title with a header row follows without an empty row', () => {
    expect(regions('base .\nROLE HOURS\na 1\noption .\nROLE HOURS\nb 2')).toEqual([
      'base',
      'ROLE HOURS a 1',
      'option',
      'ROLE HOURS b 2',
    ]);
  });
});

describe('a table stays whole', () => {
  test('over one empty row, if values under its columns follow', () => {
    expect(regions('ITEM UNIT PRICE\na each 1\n. . .\n2 each 3')).toEqual(['ITEM UNIT PRICE a each 1 2 each 3']);
    expect(regions('ITEM UNIT PRICE\n. . .\n2 each 3')).toEqual(['ITEM UNIT PRICE 2 each 3']);
  });

  test('over empty rows that are ruled', () => {
    expect(regions('ROLE HOURS\n_ _\n_ _\na 1')).toEqual(['ROLE HOURS a 1']);
  });

  test('over an empty column, and with labels in a column of their own', () => {
    expect(regions('1 . first x\n2 . second y\n3 . third z')).toEqual(['1 first x 2 second y 3 third z']);
    expect(regions('ITEM UNIT . PRICE SUM\na each . 1 2\nb each . 3 4')).toHaveLength(1);
  });

  test('with a label between its rows', () => {
    expect(regions('ITEM PRICE\na 1\nlabel .\nb 2')).toEqual(['ITEM PRICE a 1 label b 2']);
  });
});

test('Single cells that touch no other are read one by one, in order', () => {
  expect(regions('one . .\n. two .\n. . three')).toEqual(['one', 'two', 'three']);
});
