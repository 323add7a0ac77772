import { expect, test } from '@jest/globals';
import { missingInWords, readMissing } from '../../../../../hosting/src/views/run/missing-parts.ts';
import { numberRanges } from '../../../../../hosting/src/views/run/number-ranges.ts';

const documents = [
  { documentId: '0123456789abcdef', fileName: 'scan.pdf' },
  { documentId: 'fedcba9876543210', fileName: 'old.docx' },
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
  expect(readMissing(missing, documents)).toEqual({
    windows: 1,
    pages: [{ documentId: '0123456789abcdef', fileName: 'scan.pdf', pages: [4, 5, 9] }],
    documents: [{ documentId: 'fedcba9876543210', fileName: 'old.docx' }],
    other: 1,
  });
});

test('the words name the file and its pages, and never an id', () => {
  const told = missingInWords(readMissing(['0123456789abcdef:4', '0123456789abcdef:5', 'fedcba9876543210'], documents));
  expect(told).toHaveLength(2);
  expect(told[0]).toContain('4–5 of scan.pdf');
  expect(told[1]).toContain('old.docx');
  expect(told.join(' ')).not.toMatch(/[0-9a-f]{16}/);
});

test('numbers that follow one another are a range; a long list is cut', () => {
  expect(numberRanges([7, 1, 2, 3, 3, 1200])).toBe('1–3, 7, 1,200');
  expect(numberRanges([1, 3, 5, 7], 2)).toBe('1, 3, …');
  expect(numberRanges([])).toBe('');
});
