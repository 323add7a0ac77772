import { describe, expect, test } from '@jest/globals';
import type { ComplianceRow } from '../../../../../functions/src/contracts/rfp.ts';
import { reviewReason } from '../../../../../hosting/src/views/matrix/describe-row.ts';
import { sampleComplianceRow } from '../../../../support/sample-items.ts';

const reasonOf = (verification: ComplianceRow['verification'], source: Partial<ComplianceRow['source']> = {}) => {
  const row = sampleComplianceRow({ verification });
  return reviewReason({ ...row, source: { ...row.source, ...source } });
};

describe('why a row needs review', () => {
  test('is said by who found it', () => {
    expect(reasonOf({ status: 'needs_review', method: 'rule' })).toContain('A rule found it');
    expect(reasonOf({ status: 'needs_review', method: 'model' })).toContain('The model found it');
  });

  test('is its words when they stand differently in the document, whoever found it', () => {
    expect(reasonOf({ status: 'needs_review', method: 'model' }, { match: 'fuzzy' })).toContain('compare them');
  });

  test('is not said of a row that needs none', () => {
    expect(reasonOf({ status: 'machine_verified', method: 'rule' })).toBeNull();
  });
});
