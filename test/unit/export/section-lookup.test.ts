import { expect, test } from '@jest/globals';
import type { LedgerSource } from '../../../functions/src/contracts/rfp.ts';
import { createSectionLookup } from '../../../functions/src/export/section-lookup.ts';
import { DOCUMENT_ID, sampleCoverage, sampleRow, sampleSource } from './sample-analysis.ts';

const at = (charStart: number | null, documentId = DOCUMENT_ID): LedgerSource => ({
  documentId,
  blockId: 'b',
  charStart,
  charEnd: charStart === null ? null : charStart + 1,
  text: 'x',
});

const sourceAt = (charStart: number, ...sectionPath: string[]) => sampleSource({ charStart, sectionPath });

/** Out of order, as rows of several kinds are. */
const sectionOf = createSectionLookup({
  rows: [
    sampleRow({ source: sourceAt(300, 'M', 'Factors'), otherSources: [sourceAt(200, 'L', 'Factors')] }),
    sampleRow({ source: sourceAt(0, 'L', 'Volumes') }),
  ],
  coverage: sampleCoverage({
    unresolved: [sourceAt(100, 'L', 'Volumes')],
    excluded: [120, 190, 290, 390].map((charStart) => ({ source: at(charStart), reason: 'heading' })),
  }),
});

test('What stands between two sentences of one section is in that section', () => {
  expect(sectionOf(at(50))).toBe('Volumes');
});

test('What no heading parts from a known sentence is in the same section', () => {
  expect(sectionOf(at(110))).toBe('Volumes');
  expect(sectionOf(at(195))).toBe('Factors');
  expect(sectionOf(at(350))).toBe('Factors');
});

test('Behind a heading it is not known, also when the next section has the same title', () => {
  expect(sectionOf(at(150))).toBeUndefined();
  expect(sectionOf(at(400))).toBeUndefined();
});

test('Where two sections meet without a heading it is not known', () => {
  const lookup = createSectionLookup({
    rows: [sampleRow({ source: sourceAt(0, 'L') }), sampleRow({ source: sourceAt(100, 'M') })],
    coverage: sampleCoverage({ unresolved: [], excluded: [] }),
  });
  expect(lookup(at(50))).toBeUndefined();
});

test('In another document and without a place it is not known', () => {
  expect(sectionOf(at(50, 'fedcba9876543210'))).toBeUndefined();
  expect(sectionOf(at(null))).toBeUndefined();
});
