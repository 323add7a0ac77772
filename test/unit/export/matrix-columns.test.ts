import { expect, test } from '@jest/globals';
import { MATRIX_COLUMNS, matrixNames } from '../../../functions/src/export/matrix-columns.ts';
import { sampleAnalysis, sampleRow, sampleSource } from './sample-analysis.ts';

const shown = (key: string, row = sampleRow()) =>
  MATRIX_COLUMNS.find((column) => column.key === key)?.value(row, matrixNames(sampleAnalysis()));

test('Every column has a key and a header of its own', () => {
  expect(new Set(MATRIX_COLUMNS.map(({ key }) => key)).size).toBe(MATRIX_COLUMNS.length);
  expect(new Set(MATRIX_COLUMNS.map(({ header }) => header)).size).toBe(MATRIX_COLUMNS.length);
});

test('A row names its file, section and physical page', () => {
  expect(shown('document')).toBe('solicitation.pdf');
  expect(shown('section')).toBe('L.4.2');
  expect(shown('page')).toBe(12);
  expect(shown('pageLabel')).toBe('L-3');
});

test('A document that the analysis does not list is shown by its key', () => {
  expect(shown('document', sampleRow({ source: sampleSource({ documentId: 'ffff' }) }))).toBe('ffff');
});

test('The other places that state the same requirement are listed', () => {
  const row = sampleRow({ otherSources: [sampleSource({ sectionRef: 'H.9', pageNumber: 30 })] });
  expect(shown('alsoAt', row)).toBe('solicitation.pdf, H.9, page 30');
});

test('A reference to something that is not in the package shows in the notes', () => {
  const row = sampleRow({ notes: 'Ask Ana.', unresolvedRefs: [{ text: 'Attachment 7', reason: 'missing_document' }] });
  expect(shown('notes', row)).toBe('Ask Ana.\nAttachment 7 is not in the package.');
});

test('A place in the proposal shows its pages', () => {
  const row = sampleRow({ proposalLocation: { volumeId: 'v1', sectionId: 's2', pageFrom: 3, pageTo: 4 } });
  expect(shown('responseLocation', row)).toBe('s2, page 3–4');
});

test('A drop-down list fits what Excel takes: no comma in a choice, 255 characters in all', () => {
  for (const { choices } of MATRIX_COLUMNS) {
    expect(choices?.filter((choice) => choice.includes(',')) ?? []).toEqual([]);
    expect((choices ?? []).join(',').length).toBeLessThanOrEqual(255);
  }
});
