import { expect, test } from '@jest/globals';
import { createNumberFormat } from '../../../../functions/src/convert/xlsx/format-number.ts';

const show = (code: string, value: number, date1904 = false) =>
  createNumberFormat(code, date1904).showNumber(value).trim();

test.each([
  ['General', 1234.5, '1234.5'],
  ['General', 0.1 + 0.2, '0.3'],
  ['General', 123456789012, '123456789012'],
  ['General', 0.00001234, '0.00001234'],
  ['General', 1e20, '1E+20'],
  ['0', 2.5, '3'],
  ['0.00', 1.005, '1.01'],
  ['0.00', -0.001, '0.00'],
  ['#,##0', 1234567, '1,234,567'],
  ['#,##0.00', -1234.567, '-1,234.57'],
  ['0000', 12, '0012'],
  ['00\\-00', 1234, '12-34'],
  ['(000) 000\\-0000', 2025550123, '(202) 555-0123'],
  ['0%', 0.125, '13%'],
  ['0.0,,"M"', 12_345_678, '12.3M'],
  ['0.00E+00', 12345, '1.23E+04'],
  ['"$"#,##0.00_);\\("$"#,##0.00\\)', -1234.5, '($1,234.50)'],
  ['_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)', 0, '$-'],
  ['[$€-2]\\ #,##0.00', 5, '€ 5.00'],
  ['[Red]0;[Blue]-0;"none"', 0, 'none'],
  ['[>=1000]#,##0,"k";0', 12_000, '12k'],
  ['[>=1000]#,##0,"k";0', 12, '12'],
  ['"CLIN "0000', 1, 'CLIN 0001'],
  [';;;', 7, ''],
  ['# ?/?', 1.5, '1 1/2'],
  ['# ??/??', 3.1429, '3 1/7'],
  ['?/?', 0.75, '3/4'],
  ['# ?/8', 1.375, '1 3/8'],
  ['# ??/16', 0.125, '2/16'],
  ['# ?/?', -2.999, '-3'],
  ['# ?/?" in"', 0.5, '1/2 in'],
])('The format %s shows %d as a spreadsheet does', (code, value, shown) => {
  expect(show(code, value)).toBe(shown);
});

test.each([
  ['m/d/yyyy', 45000, '3/15/2023'],
  ['yyyy\\-mm\\-dd', 45000.99, '2023-03-15'],
  ['[$-409]mmmm\\ d\\,\\ yyyy;@', 45000, 'March 15, 2023'],
  ['dddd', 45000, 'Wednesday'],
  ['d-mmm-yy', 60, '29-Feb-00'],
  ['d-mmm-yy', 61, '1-Mar-00'],
  ['h:mm AM/PM', 0.75, '6:00 PM'],
  ['hh:mm:ss', 0.999999999, '00:00:00'],
  ['mm:ss.0', 1 / 86_400 / 2, '00:00.5'],
  ['[h]:mm', 1.5, '36:00'],
  ['m/d/yyyy h:mm', 45000.5, '3/15/2023 12:00'],
  ['m/d/yyyy', -1, '-1'],
])('The date format %s shows %d as a spreadsheet does', (code, value, shown) => {
  expect(show(code, value)).toBe(shown);
});

test('Days count from 1904 where the workbook says so, and elapsed time does not change', () => {
  expect(show('m/d/yyyy', 0, true)).toBe('1/1/1904');
  expect(show('[h]:mm', 1.5, true)).toBe('36:00');
});

test('Text goes through the text section of a format only', () => {
  expect(createNumberFormat('0.00;-0.00;0;"see "@', false).showText('note')).toBe('see note');
  expect(createNumberFormat('#,##0', false).showText('TBD')).toBe('TBD');
});
