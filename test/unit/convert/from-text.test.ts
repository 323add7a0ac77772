import { expect, test } from '@jest/globals';
import { fromText } from '../../../functions/src/convert/from-text.ts';
import { toMarkdown } from '../../../functions/src/convert/to-markdown.ts';

const write = (...lines: string[]) =>
  toMarkdown(fromText({ bytes: new TextEncoder().encode(lines.join('\r\n')), fileName: 'a.txt' }), 'd0').markdown;
const WRAPPED = 'The offeror shall submit one quote that states a price for every line and';

test('Wrapped lines are joined, lines ended on purpose stay lines', () => {
  expect(write(WRAPPED, 'signs it. Late quotes are not read.', '', 'Jane Doe', '12 Main Street')).toBe(
    `${WRAPPED} signs it. Late quotes are not read.\n\nJane Doe  \n12 Main Street\n`,
  );
});

test('Numbered and bulleted lines are lists, nested by indent, with their numbers as shown', () => {
  expect(write('(a) first', '(b) second:', '    1. inner', '', '    More of it.', '(c) third', '', '* bullet')).toBe(
    '- (a) first\n- (b) second:\n  1. inner\n\n  More of it.\n- (c) third\n\n+ bullet\n',
  );
});

test('A name with an initial is no list', () => {
  expect(write('J. Smith', 'K. Jones')).toBe('J. Smith  \nK. Jones\n');
});

test('Only clear headings are headings', () => {
  expect(
    write(
      'SECTION L - INSTRUCTIONS',
      '',
      'L.1 General Terms',
      '',
      'SUBMISSION',
      '',
      'Quotes are due.',
      '',
      'Title',
      '=====',
    ),
  ).toBe('# SECTION L - INSTRUCTIONS\n\n## L.1 General Terms\n\n## SUBMISSION\n\nQuotes are due.\n\n# Title\n');
});

test('Numbered lines one after another are a list, not headings', () => {
  expect(write('1. Price Sheet', '', '2. Cover Letter')).toBe('1. Price Sheet\n2. Cover Letter\n');
});
