import { expect, test } from '@jest/globals';
import {
  coverageLine,
  excludedByReason,
  pagesWithoutTextByDocument,
} from '../../../functions/src/export/coverage-summary.ts';
import { DOCUMENT_ID, sampleCoverage } from './sample-analysis.ts';

test('The line says where every sentence went and what was not read', () => {
  expect(coverageLine(sampleCoverage({ chunks: { planned: 2, done: 1, failed: ['w1'] } }))).toBe(
    '8 sentences: 2 in the matrix, 5 excluded with a reason, 1 unresolved. Not read: 2 pages without text, 1 part not analysed.',
  );
});

test('The line of a complete run has nothing to add', () => {
  const coverage = sampleCoverage({ sentences: 1, inMatrix: 1, excluded: [], unresolved: [], pagesWithoutText: [] });
  expect(coverageLine(coverage)).toBe('1 sentence: 1 in the matrix, 0 excluded with a reason, 0 unresolved.');
});

test('Reasons are counted, the most frequent first', () => {
  expect(excludedByReason(sampleCoverage())).toEqual([
    { reason: 'heading', sentences: 3 },
    { reason: 'header_footer', sentences: 1 },
    { reason: 'informational', sentences: 1 },
  ]);
});

test('Pages without text are gathered by document', () => {
  expect(pagesWithoutTextByDocument(sampleCoverage())).toEqual([{ documentId: DOCUMENT_ID, pageNumbers: [3, 4] }]);
});
