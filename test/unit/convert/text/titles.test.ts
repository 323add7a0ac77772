import { expect, test } from '@jest/globals';
import { readText } from '../../../../functions/src/convert/text/read-text.ts';

/** Depth and text of each heading. */
const headings = (...lines: string[]) =>
  readText(lines.join('\n')).blocks.flatMap((node) => {
    const [child] = node.type === 'heading' ? node.children : [];
    return node.type === 'heading' && child?.type === 'text' ? [`${node.depth} ${child.value}`] : [];
  });
const BODY = ['The offeror shall submit one quote that states a price for every', 'line and signs it.'];

test('Underlined lines and lines after # are headings of a level that their sign has', () => {
  expect(headings('Title', '=====', '', 'Part', '----', 'Text.', '', '~~~~', 'Over', '~~~~', '', '#### Four')).toEqual([
    '1 Title',
    '2 Part',
    '3 Over',
    '4 Four',
  ]);
});

test('Numbers give titles their level, and a title may be wrapped', () => {
  expect(
    headings('1.0 Purpose and Background', '', '1.1 Purpose', '', ...BODY, '', '2. Scope: the Work', '', ...BODY),
  ).toEqual(['2 1.0 Purpose and Background', '3 1.1 Purpose', '2 2. Scope: the Work']);
  expect(
    headings(
      'SECTION 2. SCOPE',
      '',
      '2.1 Expectations of the State and of its many agencies and',
      'offices in the field',
      '',
      ...BODY,
    ),
  ).toEqual([
    '1 SECTION 2. SCOPE',
    '2 2.1 Expectations of the State and of its many agencies and offices in the field',
  ]);
});

test('A short line alone over text is a heading; greetings, closings, labels, dates and lines after a colon are none', () => {
  expect(headings(...BODY, '', 'Deadlines and Formats', '', ...BODY)).toEqual(['2 Deadlines and Formats']);
  for (const line of ['Best regards', 'Name: Jane Doe', 'March 3, 2026', 'jane.doe@agency.example', 'It is late.']) {
    expect(headings(...BODY, '', line, '', ...BODY)).toEqual([]);
  }
  expect(headings(...BODY, '', 'Send to:', '', 'The Main Office', '', ...BODY)).toEqual([]);
});

test('Lines alone one after another, as on a title page, are not all headings', () => {
  expect(headings(...BODY, '', 'General Services', '', 'Room Twelve', '', 'Alder Falls', '', ...BODY)).toEqual([]);
});

test('Parts of a list of contents are no headings', () => {
  expect(headings(...BODY, '', 'Appendix 1 - Terms', '', 'Appendix 2 - Template', '', 'Appendix 3 - Prices')).toEqual(
    [],
  );
});

test('A title in capitals may have its text on the next line', () => {
  expect(headings('2.0 SUBMISSION OF QUOTES', 'Quotes shall be sent by e-mail.')).toEqual([
    '2 2.0 SUBMISSION OF QUOTES',
  ]);
  expect(headings('ACME INDUSTRIES', '12 Main Street')).toEqual([]);
});

test('The next number of an open list is an item, not a heading', () => {
  expect(headings('1. Cover Letter and other things to send.', '', '2. Price Sheet', '', ...BODY)).toEqual([]);
});
