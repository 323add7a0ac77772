import { expect, test } from '@jest/globals';
import { isGrounded } from '../../../functions/src/analyze/ground.ts';
import { buildDocument } from '../../support/build-document.ts';

const document = buildDocument(['Submit **three** copies.']);
const source = { documentId: document.documentId, quote: 'Submit **three** copies.', charStart: 0, charEnd: 24 };

test('A quote that stands at its offsets to the letter is grounded', () => {
  expect(isGrounded(document, source)).toBe(true);
});

test.each([
  ['one letter differs', { ...source, quote: 'Submit **three** copies!' }],
  ['the marks were removed', { ...source, quote: 'Submit three copies.' }],
  ['the offsets are one off', { ...source, charStart: 1, charEnd: 25 }],
  ['there are no offsets', { ...source, charStart: null, charEnd: null }],
  ['it names another document', { ...source, documentId: '0000000000000000' }],
  ['it is empty', { ...source, quote: '', charStart: 3, charEnd: 3 }],
])('A quote is not grounded when %s', (_, wrong) => {
  expect(isGrounded(document, wrong)).toBe(false);
});
