/**
 * What Firestore's planner asks of the indexes, for no emulator does: every query is served by an index, or by merging several that
 * agree on the order. https://firebase.google.com/docs/firestore/query-data/index-overview
 */
import type { QuerySpec } from '../../functions/src/adapters/firestore/queries.ts';

interface IndexField {
  fieldPath: string;
  order?: string;
  arrayConfig?: string;
}

export interface IndexFile {
  indexes: { collectionGroup: string; queryScope: string; fields: IndexField[] }[];
  fieldOverrides: {
    collectionGroup: string;
    fieldPath: string;
    ttl?: boolean;
    indexes: { queryScope: string; order?: string; arrayConfig?: string }[];
  }[];
}

const isRange = ({ operator }: QuerySpec['filters'][number]): boolean => operator === '<=';
const asIndexField = ({ field, direction }: QuerySpec['order'][number]): string =>
  `${field} ${direction === 'asc' ? 'ASCENDING' : 'DESCENDING'}`;
const shown = ({ fieldPath, order, arrayConfig }: IndexField): string => `${fieldPath} ${order ?? arrayConfig}`;

/** A query as it is asked when each optional filter is given or not. */
const variantsOf = (spec: QuerySpec): QuerySpec[] =>
  spec.filters.reduce<QuerySpec[]>(
    (variants, filter) =>
      variants.flatMap((each) => {
        const withFilter = { ...each, filters: [...each.filters, filter] };
        return filter.optional ? [each, withFilter] : [withFilter];
      }),
    [{ ...spec, filters: [] }],
  );

/** By default ASCENDING, DESCENDING and CONTAINS in a collection, and nothing over a group; an override names all there is. */
const hasFieldIndex = (file: IndexFile, { collection, group }: QuerySpec, wanted: string): boolean => {
  const [fieldPath = '', kind = ''] = wanted.split(' ');
  const override = file.fieldOverrides.find(
    (each) => each.collectionGroup === collection && each.fieldPath === fieldPath,
  );
  if (!override) return !group;
  const scope = group ? 'COLLECTION_GROUP' : 'COLLECTION';
  return override.indexes.some((each) => each.queryScope === scope && (each.order ?? each.arrayConfig) === kind);
};

/** What `spec` lacks, in words; empty when it is served. */
export const missingIndexes = (file: IndexFile, spec: QuerySpec): string[] =>
  variantsOf(spec).flatMap((variant) => {
    const scope = variant.group ? 'COLLECTION_GROUP' : 'COLLECTION';
    const sorted = variant.order.filter(({ field }) => field !== '__name__').map(asIndexField);
    const ranged = variant.filters.filter((each) => isRange(each)).map(({ field }) => field);
    if (ranged.some((field) => !sorted[0]?.startsWith(`${field} `))) {
      return [`${variant.collection}: a range on ${ranged.join(', ')} needs that field first in the order`];
    }
    const equal = variant.filters.filter((each) => !isRange(each));
    const composites = file.indexes
      .filter((each) => each.collectionGroup === variant.collection && each.queryScope === scope)
      .map(({ fields }) => fields.map(shown));
    const servesOrder = (fields: string[]): boolean => fields.slice(-sorted.length).join() === sorted.join();
    if (sorted.length > 1 || (sorted.length > 0 && equal.length > 0)) {
      const names = equal.map(({ field }) => field);
      const isUsable = (fields: string[]): boolean =>
        servesOrder(fields) &&
        fields.slice(0, -sorted.length).every((each) => names.includes(each.split(' ')[0] ?? ''));
      const covered = new Set(
        composites.filter(isUsable).flatMap((fields) => fields.map((each) => each.split(' ')[0])),
      );
      const wanted = equal.length > 0 ? names : [sorted[0]?.split(' ')[0] ?? ''];
      return wanted
        .filter((field) => !covered.has(field))
        .map((field) => `${variant.collection} (${scope}): an index of ${[field, ...sorted].join(', ')}`);
    }
    const single = equal.map(
      ({ field, operator }) => `${field} ${operator === 'array-contains' ? 'CONTAINS' : 'ASCENDING'}`,
    );
    return [...sorted, ...single]
      .filter((wanted) => !hasFieldIndex(file, variant, wanted))
      .map((wanted) => `${variant.collection} (${scope}): a field override with ${wanted}`);
  });

/** Queries built outside the table, which the test would not see. */
export const queryCalls = (source: string): string[] =>
  [...source.matchAll(/\.(where|orderBy|collectionGroup|findNearest)\s*\(/g)].map(([call]) => call);
