import { describe, expect, test } from '@jest/globals';
import type { ComplianceRow } from '../../../../../functions/src/contracts/rfp.ts';
import { toMatrixRow } from '../../../../../hosting/src/data/rows.ts';
import { emptyColumns } from '../../../../../hosting/src/views/matrix/empty-columns.ts';
import { sampleComplianceRow } from '../../../../support/sample-items.ts';

const fresh = (fields: Partial<ComplianceRow> = {}) =>
  toMatrixRow(sampleComplianceRow({ links: [], unresolvedRefs: [], ...fields }));

describe('columns that say nothing', () => {
  test('are in a new matrix of one document those that nobody has filled in', () => {
    expect([...emptyColumns([fresh(), fresh()], 1)].sort()).toEqual(
      ['links', 'status', 'owner', 'response', 'compliance', 'notes', 'document'].sort(),
    );
  });

  test('leave out the document only where there is one', () => {
    expect(emptyColumns([fresh()], 2).has('document')).toBe(false);
  });

  test.each<[string, Partial<ComplianceRow>]>([
    ['links', { links: sampleComplianceRow().links }],
    ['links', { unresolvedRefs: [{ text: 'Exhibit B', reason: 'missing_document' }] }],
    ['status', { status: 'approved' }],
    ['owner', { ownerId: 'user-1' }],
    ['response', { proposalLocation: { volumeId: 'v', sectionId: 's' } }],
    ['compliance', { compliance: 'comply' }],
    ['notes', { notes: 'Ask.' }],
  ])('do not hold %s once a single row has a value there: %j', (name, fields) => {
    const empty: ReadonlySet<string> = emptyColumns([fresh(), fresh(fields)], 1);
    expect(empty.has(name)).toBe(false);
    expect(empty.size).toBe(6);
  });
});
