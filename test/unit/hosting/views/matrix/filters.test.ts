import { describe, expect, test } from '@jest/globals';
import {
  ActorSchema,
  FunctionalRoleSchema,
  ObligationSchema,
  RowKindSchema,
  VerificationSchema,
} from '../../../../../functions/src/contracts/rfp.ts';
import { linkTo } from '../../../../../hosting/src/routes.ts';
import {
  type Filters,
  facetValuesOf,
  filtersOf,
  isFiltered,
  NO_FILTERS,
  queryOf,
  toggle,
} from '../../../../../hosting/src/views/matrix/filters.ts';

const VALUES = facetValuesOf(['d2', 'd1']);
const read = (query: string): Filters => filtersOf(new URLSearchParams(query), VALUES);

describe('filters of the matrix', () => {
  test('offer every value that a row can have', () => {
    expect([...VALUES.section].sort()).toEqual([...FunctionalRoleSchema.options].sort());
    expect([...VALUES.obligation].sort()).toEqual([...ObligationSchema.options].sort());
    expect([...VALUES.actor].sort()).toEqual([...ActorSchema.options].sort());
    expect([...VALUES.kind].sort()).toEqual([...RowKindSchema.options].sort());
    expect([...VALUES.verification].sort()).toEqual([...VerificationSchema.shape.status.options].sort());
  });

  test('offer the documents of the package in its order, unless there is only one', () => {
    expect(VALUES.document).toEqual(['d2', 'd1']);
    expect(facetValuesOf(['d1']).document).toEqual([]);
    expect(filtersOf(new URLSearchParams('document=d1'), facetValuesOf(['d1']))).toEqual(NO_FILTERS);
  });

  test('are read from an address, several values of one filter too', () => {
    expect(read('search=site+visit&obligation=prohibited,mandatory&actor=offeror&page=doc:1:12')).toEqual({
      ...NO_FILTERS,
      search: 'site visit',
      obligation: ['mandatory', 'prohibited'],
      actor: ['offeror'],
      page: { documentId: 'doc:1', pageNumber: 12 },
    });
  });

  test.each([
    '',
    'obligation=',
    'obligation=nonsense',
    'page=doc',
    'page=doc:0',
    'page=:3',
    'page=doc:x',
    'document=d3',
    'other=1',
  ])('take no notice of what the address does not say rightly: "%s"', (query) => {
    expect(read(query)).toEqual(NO_FILTERS);
  });

  test('written into an address and read from it are the same', () => {
    const filters: Filters = {
      search: 'a & b, "c" 100%',
      section: ['instructions', 'evaluation'],
      obligation: ['mandatory'],
      actor: ['offeror', 'unclear'],
      document: ['d1'],
      kind: ['deliverable'],
      verification: ['needs_review'],
      page: { documentId: 'document-1', pageNumber: 3 },
    };
    const address = linkTo.matrix('run-1', queryOf(filters, 'row-1'));
    const query = new URL(address, 'https://mdraft.example').searchParams;
    expect(filtersOf(query, VALUES)).toEqual(filters);
    expect(query.get('row')).toBe('row-1');
  });

  test('leave an address without a query when there are none', () => {
    expect(linkTo.matrix('run-1', queryOf(NO_FILTERS, null))).toBe('/runs/run-1/matrix');
  });

  test('take a value in and out, in the order in which values are offered', () => {
    const both = toggle(toggle(NO_FILTERS, 'obligation', 'prohibited', VALUES), 'obligation', 'mandatory', VALUES);
    expect(both.obligation).toEqual(['mandatory', 'prohibited']);
    expect(toggle(both, 'obligation', 'mandatory', VALUES).obligation).toEqual(['prohibited']);
  });

  test('of blanks alone filter nothing', () => {
    expect(isFiltered({ ...NO_FILTERS, search: '  ' })).toBe(false);
    expect(isFiltered({ ...NO_FILTERS, search: 'a' })).toBe(true);
    expect(isFiltered({ ...NO_FILTERS, actor: ['offeror'] })).toBe(true);
    expect(isFiltered({ ...NO_FILTERS, page: { documentId: 'd', pageNumber: 1 } })).toBe(true);
  });
});
