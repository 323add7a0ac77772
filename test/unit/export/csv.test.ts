import { expect, test } from '@jest/globals';
import Papa from 'papaparse';
import { toCsv } from '../../../functions/src/export/csv.ts';
import { MATRIX_COLUMNS } from '../../../functions/src/export/matrix-columns.ts';
import { sampleAnalysis, sampleRow } from './sample-analysis.ts';

const parse = (csv: string): string[][] => Papa.parse<string[]>(csv.slice(1).trimEnd(), { header: false }).data;
const columnIndex = (key: string): number => MATRIX_COLUMNS.findIndex((column) => column.key === key);

test('The file begins with the byte order mark and ends its lines as RFC 4180 says', () => {
  const csv = toCsv(sampleAnalysis());
  expect(csv.charCodeAt(0)).toBe(0xfeff);
  expect(csv.endsWith('\r\n')).toBe(true);
  expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

test('Each row has every column, in the order of the one column table', () => {
  const [header, ...rows] = parse(toCsv(sampleAnalysis()));
  expect(header).toEqual(MATRIX_COLUMNS.map((column) => column.header));
  expect(rows.map((row) => row.length)).toEqual([MATRIX_COLUMNS.length, MATRIX_COLUMNS.length]);
});

test('Quotes, commas and line breaks in a requirement survive', () => {
  const requirementText = 'Mark each page "SOURCE SELECTION", in red;\nthen sign.';
  const rows = parse(toCsv(sampleAnalysis({ rows: [sampleRow({ requirementText })] })));
  expect(rows[1]?.[columnIndex('requirement')]).toBe(requirementText);
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1+1'])(
  'Text that begins like a formula (%j) is disarmed',
  (requirementText) => {
    const rows = parse(toCsv(sampleAnalysis({ rows: [sampleRow({ requirementText })] })));
    expect(rows[1]?.[columnIndex('requirement')]).toBe(`'${requirementText}`);
  },
);

test('A formula in a file name is disarmed too', () => {
  const rows = parse(toCsv(sampleAnalysis({ fileName: '=cmd.pdf' })));
  expect(rows[1]?.[columnIndex('document')]).toBe("'=cmd.pdf");
});

test('An analysis without a matrix gives the header alone', () => {
  expect(parse(toCsv({ documents: [] }))).toHaveLength(1);
});
