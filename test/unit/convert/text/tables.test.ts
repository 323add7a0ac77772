import { expect, test } from '@jest/globals';
import { emptyTree } from '../../../../functions/src/convert/source-tree-parts.ts';
import { readText } from '../../../../functions/src/convert/text/read-text.ts';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';

const write = (...lines: string[]) => toMarkdown(emptyTree(readText(lines.join('\n')).blocks), 'd0').markdown;
const STAFF = '| Name | Role |\n| --- | --- |\n| Ada | Lead engineer |\n| Bob | Driver |\n';

test('Dashes below heads make columns, and a cell may be empty or wide', () => {
  expect(write('  Name   Role', '  ------ ---------------', '  Ada    Lead engineer', '  Bob    Driver')).toBe(STAFF);
  expect(write('  Mark   Role', '  ------ ------', '  ✅     Driver', '         Cook')).toContain(
    '| ✅ | Driver Cook |',
  );
});

test('Between outer rules rows have several lines, parted by empty ones', () => {
  expect(
    write(
      '  ---------------',
      '  Name   Role',
      '  ------ --------',
      '  Ada    Lead',
      '         engineer',
      '',
      '  Bob    Driver',
      '  ---------------',
    ),
  ).toBe(STAFF);
});

test('One rule below the head is enough where columns stand apart', () => {
  expect(write('Name   Role', '-------------------', 'Ada    Lead engineer', 'Bob    Driver')).toBe(STAFF);
});

test('The rules of reStructuredText stand above and below the head', () => {
  expect(
    write(
      '==== =============',
      'Name Role',
      '==== =============',
      'Ada  Lead engineer',
      'Bob  Driver',
      '==== =============',
    ),
  ).toBe(STAFF);
});

test('Grids of characters and of lines are tables, with rows of one line or of more', () => {
  expect(
    write(
      '+------+---------+',
      '| Name | Role    |',
      '+======+=========+',
      '| Ada  | Lead    |',
      '|      | engineer|',
      '+------+---------+',
      '| Bob  | Driver  |',
      '+------+---------+',
    ),
  ).toBe(STAFF);
  expect(
    write(
      '┌──────┬───────────────┐',
      '│ Name │ Role          │',
      '├──────┼───────────────┤',
      '│ Ada  │ Lead engineer │',
      '│ Bob  │ Driver        │',
      '└──────┴───────────────┘',
    ),
  ).toBe(STAFF);
});

test('Cells between pipes are a table, a sentence with a pipe is none', () => {
  expect(write('| Name | Role |', '|------|:----:|', '| Ada | Lead engineer |', '| Bob | Driver |')).toBe(STAFF);
  expect(write(' Name | Role', '------+------', ' Ada | Lead engineer', ' Bob | Driver')).toBe(STAFF);
  expect(write('Choose a | b.')).not.toContain('---');
});

test('Lines with as many tabs each are a table', () => {
  expect(write('Name\tRole', 'Ada\tLead engineer', 'Bob\tDriver')).toBe(STAFF);
});

test('Texts in columns are a table, lists and labels and justified prose are none', () => {
  expect(write('Name     Role', 'Ada      Lead', '         engineer', 'Bob      Driver')).toBe(STAFF);
  expect(write('-   one', '-   two', '-   three')).toBe('- one\n- two\n- three\n');
  expect(write('Name:     Jane Doe', 'Phone:    555-0142', 'Office:   Room 12')).not.toContain('|');
  expect(
    write(
      'The  Contractor  shall  furnish  all  personnel  and  equipment.  It',
      'shall  keep  a  log  of  all  work.   The  log  is  open   to   the',
      'Government at all times.  Each entry names the  date,  the  place  and',
      'the name of the worker.',
    ),
  ).not.toContain('|');
});

test('A table below an item belongs to the item', () => {
  expect(write('1. Prices:', '', '   Line   Price', '   ------ ------', '   0001   $5.00')).toBe(
    '1. Prices:\n\n   | Line | Price |\n   | --- | --- |\n   | 0001 | $5.00 |\n',
  );
});
