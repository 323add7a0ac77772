import { expect, test } from '@jest/globals';
import { fromCsv } from '../../../functions/src/convert/from-csv.ts';
import { toMarkdown } from '../../../functions/src/convert/to-markdown.ts';

const read = (text: string, fileName = 'a.csv') => fromCsv({ bytes: new TextEncoder().encode(text), fileName });
const write = (text: string, fileName?: string) => toMarkdown(read(text, fileName), 'd0').markdown;

test('The first row is the header, quoted cells are unquoted, bars are escaped', () => {
  expect(write('Item,Due\n"a, b","x|y"\n')).toBe('| Item | Due |\n| --- | --- |\n| a, b | x\\|y |\n');
});

test.each(['Item;Due\n1,5;2\n3,4;1\n', 'Item\tDue\n1,5\t2\n', 'Item|Due\n1,5|2\n'])(
  'The delimiter is guessed: %j',
  (text) => {
    expect(write(text)).toContain('| Item | Due |\n| --- | --- |\n| 1,5 | 2 |\n');
  },
);

test('A first row with numbers is data', () => {
  expect(write('1,2\n3,4\n')).toBe('|  |  |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |\n');
});

test('Short rows are filled up, and a message says how many', () => {
  const tree = read('A,B\nx\n');
  expect(toMarkdown(tree, 'd0').markdown).toBe('| A | B |\n| --- | --- |\n| x |  |\n');
  expect(tree.messages).toEqual([
    expect.objectContaining({ code: 'CSV_ROWS_RAGGED', text: expect.stringContaining('1 of 2') }),
  ]);
});

test('Cells of several lines keep their lines', () => {
  expect(write('A,B\n"one\ntwo",c\n')).toContain('<td>one<br>two</td>');
});

test('A first line that names the delimiter is obeyed, and is no row', () => {
  expect(write('sep=;\r\nItem;Price\r\nA;1,50\r\n')).toBe('| Item | Price |\n| --- | --- |\n| A | 1,50 |\n');
});

test('Columns without any value at the end are cut, and the corner of a header may be empty', () => {
  expect(write(',Q1,Q2,,\nNorth,1,2,,\n')).toBe('|  | Q1 | Q2 |\n| --- | --- | --- |\n| North | 1 | 2 |\n');
});

test('Lines above the table with one cell only are titles, and years may name columns', () => {
  expect(write('Spending\n\nRegion,2019,2020\nNorth,1,2\n')).toBe(
    'Spending\n\n| Region | 2019 | 2020 |\n| --- | --- | --- |\n| North | 1 | 2 |\n',
  );
  expect(write('one\ntwo\n')).toBe('| one |\n| --- |\n| two |\n');
});
