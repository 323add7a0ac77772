import { describe, expect, test } from '@jest/globals';
import type { BlockSpec } from '../../../../support/build-document.ts';
import { under } from '../../../../support/matrix-of.ts';

const DUTY = 'Offerors must acknowledge receipt of this amendment before the hour specified.';
const textsOf = (...specs: BlockSpec[]) =>
  under('instructions', ...specs).rows.map(({ requirementText }) => requirementText);

describe('A sentence that binds is a row wherever it is printed', () => {
  test('in the box of a form, sentence by sentence', () => {
    expect(textsOf({ kind: 'form_field', markdown: `11. ${DUTY} The time is extended.` })).toHaveLength(1);
  });

  test('in the first row of a table, as in a table of clauses without a head', () => {
    const rows = [
      ['1. Scope', 'The Contractor shall clean the lobby and report each damage.'],
      ['2. Hours', 'The Contractor shall work at night.'],
    ];
    expect(textsOf({ kind: 'table', rows })).toEqual([rows[0]?.[1], rows[1]?.[1]]);
  });

  test('in a passage that is set like code', () => {
    expect(textsOf({ kind: 'code', markdown: DUTY })).toEqual([DUTY]);
  });

  test('but the name of a column, the label of a box and a line of code are none', () => {
    expect(textsOf({ kind: 'table', rows: [['Items the offeror shall name'], ['Desk']] })).toEqual([]);
    expect(textsOf({ kind: 'form_field', markdown: '9. Offer due date required' })).toEqual([]);
    expect(textsOf({ kind: 'code', markdown: 'set must_read = true' })).toEqual([]);
  });
});
