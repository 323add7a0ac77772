import { expect, test } from '@jest/globals';
import { emptyTree } from '../../../../functions/src/convert/source-tree-parts.ts';
import { readText } from '../../../../functions/src/convert/text/read-text.ts';
import { toMarkdown } from '../../../../functions/src/convert/to-markdown.ts';

const write = (...lines: string[]) => toMarkdown(emptyTree(readText(lines.join('\n')).blocks), 'd0').markdown;
const SENTENCE = 'The offeror shall submit one quote that states a price for every line and';

test('Short lines of addresses, verse and labels stay lines, however many there are', () => {
  const lines = ['Contract Specialist', 'Jane Doe', 'jane.doe@agency.example', 'Springfield, VA 22150'];
  expect(write(...lines)).toBe(`${lines.join('  \n')}\n`);
  expect(write('Notice Type: Presolicitation', 'Set-Aside: None')).toBe(
    'Notice Type: Presolicitation  \nSet-Aside: None\n',
  );
});

test('In a text whose lines are not wrapped each long line is a paragraph', () => {
  const long = `${SENTENCE} ${SENTENCE}.`;
  expect(write(long, long, long)).toBe(`${long}\n\n${long}\n\n${long}\n`);
});

test('A hyphen at the end of a line goes only if the document has the whole word', () => {
  expect(
    write(
      'The Contractor keeps records of everything that is done on the main-',
      'tenance of stations.',
      '',
      'Maintenance is due.',
    ),
  ).toContain('the maintenance of');
  expect(
    write('The Contractor keeps records of everything that is done on the self-', 'contained stations.'),
  ).toContain('the self-contained stations');
  expect(
    write('The Contractor keeps records of everything that is done on the pre-', 'and post-award work.'),
  ).toContain('pre- and post-award');
});

test('Text further left than an item, after a line with room, is no part of the item', () => {
  expect(write('* one', '* two', 'After the list.')).toBe('- one\n- two\n\nAfter the list.\n');
});

test('A number that wrapped to the start of a line begins no list', () => {
  expect(
    write('All of the work is described in the tables and in the text of section', '12. The rest follows.'),
  ).not.toContain('- ');
});

test('Items of several paragraphs, and a numbered list after an open one, keep their places', () => {
  expect(write('1.  First.', '', '    More of it.', '', '2.  Second.')).toBe(
    '1. First.\n\n   More of it.\n2. Second.\n',
  );
});

test('Notes at the end are paragraphs of their own', () => {
  expect(write('[1] See the list.', '[2] See above.')).toBe('[1] See the list.\n\n[2] See above.\n');
});

test('Lines after ">" are quotes inside quotes', () => {
  expect(write('> one', '>> two', 'three')).toBe('> one\n>\n> > two\n\nthree\n');
});

test('Indented code keeps its lines, indented prose is text', () => {
  expect(write('Text.', '', '    a = b(1);', '      c();', '', '    d();')).toBe(
    'Text.\n\n```\na = b(1);\n  c();\n\nd();\n```\n',
  );
  expect(write('Text.', '', '    The second paragraph is set in.')).toBe('Text.\n\nThe second paragraph is set in.\n');
});

test('Heads and feet of printed pages are running lines, and a sentence goes on over them', () => {
  const page = (number: number, ...body: string[]) => [
    'STATE OF FRANKLIN',
    '',
    ...body,
    '',
    `RFP 26-114      Page ${number} of 3`,
    '\f',
  ];
  const { blocks, runningLines } = readText(
    [...page(1, 'All single files are delivered,'), ...page(2, 'within four hours.'), ...page(3, 'The end.')].join(
      '\n',
    ),
  );
  expect(toMarkdown(emptyTree(blocks), 'd0').markdown).toBe(
    'All single files are delivered, within four hours.\n\nThe end.\n',
  );
  expect(runningLines.map(({ text, position }) => [text.replace(/\s+/g, ' '), position])).toEqual([
    ['STATE OF FRANKLIN', 'head'],
    ['RFP 26-114 Page 1 of 3', 'foot'],
  ]);
});

test('Hostile texts take time that grows with their length only', () => {
  const started = performance.now();
  for (const text of [
    '+---+---+\n',
    '--- ---\n\n',
    '```js\n\n',
    'a  b\n--- ---\n',
    '- item\n',
    '> a\n>> b\n',
    'Title Case\n\n',
  ]) {
    readText(text.repeat(20_000));
  }
  for (const text of ['word ', ' ', '|', '>', '\t', '. ', '+-']) readText(text.repeat(200_000));
  expect(performance.now() - started).toBeLessThan(20_000);
});
