import { expect, test } from '@jest/globals';
import { analyzePackage } from '../../../functions/src/analyze/index.ts';
import { buildDocument } from '../../support/build-document.ts';

const CHARACTERS = 200_000;
const LIMIT_MS = 4000;

/** Text that makes careless patterns go back and forth. */
test.each([
  ['unclosed comments', '<!-- '],
  ['unclosed links', '[a]('],
  ['brackets', '(('],
  ['square brackets', '[['],
  ['stars', '*a'],
  ['dots and a letter', '.'],
  ['dotted leaders', '. '],
  ['capital words', 'Agency Of The '],
  ['one long word', 'A'],
  ['relative clauses', 'that which the shall '],
  ['modals', 'must not shall may '],
  ['commas', 'if a, '],
  ['numbers', '1.1.'],
  ['entities', '&amp'],
  ['underscores', 'a_'],
  ['names in brackets', '("A" '],
  ['bullets', '• a '],
  ['things that nobody needs', 'no other form and no such is required by '],
  ['doers', 'shall be sent and read by the '],
  ['limits', 'is limited to a total of the '],
  ['second predicates', 'is the x and must '],
  ['streets', 'At 5th St. Lower Vehicles '],
  ['receivers', 'must be returned with to the '],
])('%s by the hundred thousand characters are read in time and accounted for', (_, piece) => {
  const text = `The Contractor shall read ${piece.repeat(CHARACTERS / piece.length)}z now.`;
  const started = performance.now();
  const coverage = analyzePackage([buildDocument([text, `- ${text}`])], ['compliance-matrix']).complianceMatrix
    ?.coverage;
  expect(performance.now() - started).toBeLessThan(LIMIT_MS);
  expect(coverage?.sentences).toBeGreaterThan(1);
});
