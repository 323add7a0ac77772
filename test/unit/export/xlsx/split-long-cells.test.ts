import { expect, test } from '@jest/globals';
import { splitLongCells } from '../../../../functions/src/export/xlsx/split-long-cells.ts';

const NOTE_AFTER = ' [continued in the row below]';
const NOTE_BEFORE = '[continued] ';

const joined = (cells: (string | number | undefined)[]): string =>
  cells.map((cell) => String(cell).replace(NOTE_AFTER, '').replace(NOTE_BEFORE, '')).join('');

test('A row that fits is left alone', () => {
  const row = { cells: ['L-001', 'x'.repeat(32_767)] };
  expect(splitLongCells(row)).toEqual([row]);
});

test('A text longer than a cell goes on in the rows below, with a note, and not a character is lost', () => {
  const text = Array.from({ length: 20_000 }, (_, index) => `${index},`).join('');
  const rows = splitLongCells({ cells: ['L-001', text, 7] });
  expect(rows.length).toBeGreaterThan(1);
  expect(joined(rows.map(({ cells }) => cells[1]))).toBe(text);
  for (const { cells } of rows) expect(String(cells[1]).length).toBeLessThanOrEqual(32_767);
  expect(rows[0]?.cells[1]).toMatch(/\[continued in the row below\]$/);
  expect(rows[1]?.cells).toEqual(['L-001', expect.stringMatching(/^\[continued\] /), undefined]);
});

test.each([0, 1])('A character of two units is never cut in half (shifted by %d)', (shift) => {
  const text = 'x'.repeat(shift) + '😀'.repeat(40_000);
  const rows = splitLongCells({ cells: ['L-001', text] });
  expect(joined(rows.map(({ cells }) => cells[1]))).toBe(text);
  for (const { cells } of rows) expect(String(cells[1]).isWellFormed()).toBe(true);
});
