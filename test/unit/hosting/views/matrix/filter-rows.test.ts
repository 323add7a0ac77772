import { describe, expect, test } from '@jest/globals';
import type { ComplianceRow } from '../../../../../functions/src/contracts/rfp.ts';
import { toMatrixRow } from '../../../../../hosting/src/data/rows.ts';
import { filterRows } from '../../../../../hosting/src/views/matrix/filter-rows.ts';
import { type Filters, NO_FILTERS } from '../../../../../hosting/src/views/matrix/filters.ts';
import { sampleComplianceRow } from '../../../../support/sample-items.ts';

const source = (fields: Partial<ComplianceRow['source']>): ComplianceRow['source'] => ({
  ...sampleComplianceRow().source,
  ...fields,
});

const ROWS = [
  sampleComplianceRow({
    rowId: 'a',
    displayId: 'L-001',
    requirementText: 'The Offeror shall visit the site.',
    obligation: 'mandatory',
    actor: 'offeror',
    source: source({ functionalRole: 'instructions', documentId: 'd1', pageNumber: 4, sectionRef: 'L.1', quote: '' }),
  }),
  sampleComplianceRow({
    rowId: 'b',
    displayId: 'C-001',
    requirementText: 'The Contractor shall not leave the site.',
    obligation: 'prohibited',
    actor: 'contractor',
    source: source({ functionalRole: 'work', documentId: 'd1', pageNumber: 5, sectionRef: 'C.1', quote: '' }),
    otherSources: [source({ documentId: 'd2', pageNumber: 4 })],
  }),
  sampleComplianceRow({
    rowId: 'c',
    displayId: 'C-002',
    requirementText: 'The Contractor shall report.',
    kind: 'deliverable',
    obligation: 'mandatory',
    actor: 'contractor',
    source: source({ functionalRole: 'work', documentId: 'd2', pageNumber: 5, sectionRef: 'C.2', quote: '' }),
  }),
].map(toMatrixRow);

const left = (filters: Partial<Filters>): string[] =>
  filterRows(ROWS, { ...NO_FILTERS, ...filters }).rows.map(({ row }) => row.rowId);

describe('filtering rows', () => {
  test('without filters leaves all, in their order', () => {
    expect(left({})).toEqual(['a', 'b', 'c']);
  });

  test('by words leaves the rows in which all of them occur, whatever their case and order', () => {
    expect(left({ search: 'SITE shall' })).toEqual(['a', 'b']);
    expect(left({ search: 'site report' })).toEqual([]);
    expect(left({ search: 'c-002' })).toEqual(['c']);
    expect(left({ search: 'l.1' })).toEqual(['a']);
  });

  test('takes any value of one filter, and all the filters together', () => {
    expect(left({ obligation: ['mandatory', 'prohibited'] })).toEqual(['a', 'b', 'c']);
    expect(left({ obligation: ['mandatory'], actor: ['contractor'] })).toEqual(['c']);
    expect(left({ section: ['work'], search: 'site' })).toEqual(['b']);
    expect(left({ verification: ['rejected'] })).toEqual([]);
  });

  test('by document and by kind leaves the rows that stand in it and are of it, counted', () => {
    expect(left({ document: ['d1'] })).toEqual(['a', 'b']);
    expect(left({ kind: ['deliverable'] })).toEqual(['c']);
    expect(left({ document: ['d1'], kind: ['deliverable'] })).toEqual([]);
    const { counts } = filterRows(ROWS, { ...NO_FILTERS, document: ['d1'] });
    expect(counts.document).toEqual({ d1: 2, d2: 1 });
    expect(counts.kind).toEqual({ instruction: 2 });
  });

  test('by page also leaves a row that is stated again there', () => {
    expect(left({ page: { documentId: 'd1', pageNumber: 4 } })).toEqual(['a']);
    expect(left({ page: { documentId: 'd2', pageNumber: 4 } })).toEqual(['b']);
  });

  test('counts for each choice the rows that it would leave beside the other filters', () => {
    const { counts } = filterRows(ROWS, { ...NO_FILTERS, obligation: ['mandatory'] });
    expect(counts.obligation).toEqual({ mandatory: 2, prohibited: 1 });
    expect(counts.actor).toEqual({ offeror: 1, contractor: 1 });
    expect(counts.section).toMatchObject({ instructions: 1, work: 1 });
  });

  test('counts nothing of a row that two filters leave out', () => {
    const { counts } = filterRows(ROWS, { ...NO_FILTERS, obligation: ['mandatory'], actor: ['offeror'] });
    expect(counts.obligation).toEqual({ mandatory: 1 });
    expect(counts.actor).toMatchObject({ offeror: 1, contractor: 1 });
  });
});
