import { expect, test } from '@jest/globals';
import { missingInWords, readMissing } from '../../../../../hosting/src/views/run/missing-parts.ts';
import { numberRanges } from '../../../../../hosting/src/views/run/number-ranges.ts';

const named = [
  { conversionId: 'c1', documentId: '0123456789abcdef', fileName: 'scan.pdf' },
  { conversionId: 'c2', documentId: 'fedcba9876543210', fileName: 'old.docx' },
];

test('windows, pages and documents are told apart', () => {
  const missing = [
    'compliance-matrix-00003',
    '0123456789abcdef:4',
    '0123456789abcdef:5',
    '0123456789abcdef:9',
    'fedcba9876543210',
    'something else',
  ];
  expect(readMissing({ missing, documents: named })).toEqual({
    files: { notRead: [], inAll: 2 },
    windows: 1,
    pages: [{ documentId: '0123456789abcdef', fileName: 'scan.pdf', pages: [4, 5, 9] }],
    documents: [{ documentId: 'fedcba9876543210', fileName: 'old.docx' }],
    other: 1,
  });
});

test('the words name the file and its pages, and never an id', () => {
  const missing = ['0123456789abcdef:4', '0123456789abcdef:5', 'fedcba9876543210'];
  const told = missingInWords(readMissing({ missing, documents: named }));
  expect(told).toHaveLength(2);
  expect(told[0]).toContain('4–5 of scan.pdf');
  expect(told[1]).toContain('old.docx');
  expect(told.join(' ')).not.toMatch(/[0-9a-f]{16}/);
});

test('files that are not in the analysis come first, each with its reason, and with what to do', () => {
  const notRead = [
    { fileName: 'empty.pdf', reason: 'FILE_EMPTY' },
    { fileName: 'odd.pdf', reason: 'SOMETHING_NEW' },
  ];
  const [told] = missingInWords(readMissing({ notRead, documents: named }));
  expect(told).toMatch(
    /^2 of 4 files are not in this analysis: empty\.pdf \(empty\), odd\.pdf \(could not be read\)\. /,
  );
  expect(told).toContain('upload them');
  const [one] = missingInWords(readMissing({ notRead: notRead.slice(0, 1), documents: named }));
  expect(one).toMatch(/^1 of 3 files is not in this analysis: empty\.pdf \(empty\)\. Put it right and upload it/);
});

test('of many files that are not in the analysis ten are named, and the others counted', () => {
  const notRead = Array.from({ length: 12 }, (_, at) => ({ fileName: `${at}.pdf`, reason: 'FILE_EMPTY' }));
  const [told] = missingInWords(readMissing({ notRead, documents: named }));
  expect(told).toContain('9.pdf (empty), and 2 more.');
  expect(told).not.toContain('10.pdf');
});

test('numbers that follow one another are a range; a long list is cut', () => {
  expect(numberRanges([7, 1, 2, 3, 3, 1200])).toBe('1–3, 7, 1,200');
  expect(numberRanges([1, 3, 5, 7], 2)).toBe('1, 3, …');
  expect(numberRanges([])).toBe('');
});
