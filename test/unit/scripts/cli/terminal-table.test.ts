import { expect, test } from '@jest/globals';
import { renderTable, wrapText } from '../../../../scripts/cli/terminal-table.ts';

test('Words stay whole, and a word wider than the column is broken', () => {
  expect(wrapText('one two three', 7, 9)).toEqual(['one two', 'three']);
  expect(wrapText('x'.repeat(10), 4, 9)).toEqual(['xxxx', 'xxxx', 'xx']);
});

test('Text that goes on ends in an ellipsis within the width', () => {
  expect(wrapText('one two three four', 5, 2)).toEqual(['one', 'two…']);
});

test('No line is wider than the terminal', () => {
  const columns = [{ header: 'ID', width: 5 }, { header: 'Text' }, { header: 'N', width: 3, align: 'right' as const }];
  const lines = renderTable(columns, [['L-1', 'word '.repeat(40), '7']], 60, 3);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
  expect(lines[2]?.endsWith('  7')).toBe(true);
  expect(lines).toHaveLength(5);
});
