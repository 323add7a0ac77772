import { expect, test } from '@jest/globals';
import { analyzePackage } from '../../../../../functions/src/analyze/index.ts';
import type { Page } from '../../../../../functions/src/contracts/document.ts';
import { buildDocument } from '../../../../support/build-document.ts';

const HEADING = 'Statement of Work';

/** Ledger of one page under the heading, by how the page was read. */
const ledgerOf = (source: Page['source'], ...sentences: string[]) => {
  const document = buildDocument(
    [
      { kind: 'heading', depth: 1, text: HEADING, markdown: HEADING, pageNumber: 1 },
      { kind: 'paragraph', text: 'The Contractor shall keep the lamps lit.', pageNumber: 1 },
      ...sentences.map((text) => ({ kind: 'paragraph' as const, text, pageNumber: 1 })),
    ],
    { pageBasis: 'pdf' },
  );
  const read = { ...document, pages: document.pages.map((page) => ({ ...page, source })) };
  const { complianceMatrix } = analyzePackage([read], ['compliance-matrix']);
  if (complianceMatrix === undefined) throw new Error('no matrix');
  const { unresolved, excluded, inMatrix } = complianceMatrix.coverage;
  return {
    inMatrix,
    unresolved: unresolved.map(({ quote }) => quote),
    excluded: excluded.map(({ source: { text } }) => text).filter((text) => text !== HEADING),
  };
};

const MISREAD = [
  'The Contractor, hall perform the weekly inspection of the stairs.',
  'The Contractor sha11 paint the tower in the second year.',
  'The Contractor rnust keep a log of each outage.',
  'Subcontractors wi11 wear badges on the pier.',
  'The Contractor musl notify the harbour office of each outage.',
];

test.each(MISREAD)('On a recognised page a side before a misread modal is shown as unresolved: %s', (sentence) => {
  expect(ledgerOf('ocr', sentence)).toEqual({ inMatrix: 1, unresolved: [sentence], excluded: [] });
});

test('On a page with a text layer the same words are what the writer wrote: nothing changes.', () => {
  expect(ledgerOf('text', ...MISREAD)).toEqual({ inMatrix: 1, unresolved: [], excluded: MISREAD });
});

test.each([
  'The old hall was built by the first Contractor of the island.',
  'The Contractor’s hall stands beside the pier.',
  'The Government wi11 give access to the pier.',
  'The Contractor hallway is painted white.',
])('On a recognised page a sentence without a misread duty stays excluded: %s', (sentence) => {
  expect(ledgerOf('ocr', sentence)).toMatchObject({ unresolved: [], excluded: [sentence] });
});
