/**
 * Every query, once: from this table they are built, and a test holds that each has the index it needs, which no emulator checks.
 * Equality alone, and one order alone, are served by the indexes that Firestore keeps by itself.
 */
import type { Firestore, Query } from '@google-cloud/firestore';
import { type DocumentPath, mustBePath } from './paths.ts';

export interface QuerySpec {
  collection: string;
  /** Over the collections of this name of all organisations; else below one document. */
  group: boolean;
  /** `optional`: left out when no value is given, so every combination needs its index. */
  filters: readonly { field: string; operator: '==' | 'in' | '<=' | 'array-contains'; optional?: boolean }[];
  /** `__name__` is the document's id. */
  order: readonly { field: string; direction: 'asc' | 'desc' }[];
}

const due = (collection: string): QuerySpec => ({
  collection,
  group: true,
  filters: [{ field: 'dueAt', operator: '<=' }],
  order: [{ field: 'dueAt', direction: 'asc' }],
});

const optional = (field: string) => ({ field, operator: '==', optional: true }) as const;

export const QUERIES = {
  dueConversions: due('conversions'),
  dueShards: due('shards'),
  dueRuns: due('runs'),
  dueWindows: due('windows'),
  conversions: {
    collection: 'conversions',
    group: false,
    filters: [{ field: 'deletedAt', operator: '==' }, optional('state')],
    order: [
      { field: 'createdAt', direction: 'desc' },
      { field: '__name__', direction: 'desc' },
    ],
  },
  shards: {
    collection: 'shards',
    group: false,
    filters: [{ field: 'ocrAttempt', operator: '==' }],
    order: [{ field: 'index', direction: 'asc' }],
  },
  openShards: {
    collection: 'shards',
    group: false,
    filters: [
      { field: 'ocrAttempt', operator: '==' },
      { field: 'state', operator: 'in' },
    ],
    order: [],
  },
  allShards: { collection: 'shards', group: false, filters: [], order: [] },
  runs: {
    collection: 'runs',
    group: false,
    filters: [{ field: 'deletedAt', operator: '==' }],
    order: [
      { field: 'createdAt', direction: 'desc' },
      { field: '__name__', direction: 'desc' },
    ],
  },
  runsOfConversion: {
    collection: 'runs',
    group: false,
    filters: [{ field: 'conversionIds', operator: 'array-contains' }],
    order: [],
  },
  windows: { collection: 'windows', group: false, filters: [], order: [{ field: 'ordinal', direction: 'asc' }] },
  openWindows: { collection: 'windows', group: false, filters: [{ field: 'state', operator: 'in' }], order: [] },
  allWindows: { collection: 'windows', group: false, filters: [], order: [] },
  rows: {
    collection: 'rows',
    group: false,
    filters: [optional('functionalRole'), optional('obligation'), optional('actor'), optional('verification')],
    order: [{ field: 'position', direction: 'asc' }],
  },
  allRows: { collection: 'rows', group: false, filters: [], order: [] },
} as const satisfies Record<string, QuerySpec>;

export interface QueryValues {
  /** The document whose collection is asked; none for a group. */
  parent?: DocumentPath;
  /** By field. */
  filters?: Readonly<Record<string, unknown>>;
  /** The last document of the page before, by its values of `order`. */
  after?: readonly unknown[];
  limit?: number;
}

export const buildQuery = (db: Firestore, spec: QuerySpec, values: QueryValues): Query => {
  const { parent = null, filters = {}, after, limit } = values;
  let query: Query = spec.group
    ? db.collectionGroup(spec.collection)
    : db.collection(`${mustBePath(parent)}/${spec.collection}`);
  for (const { field, operator, optional: mayBeAbsent } of spec.filters) {
    const value = filters[field];
    if (value === undefined && mayBeAbsent) continue;
    query = query.where(field, operator, value);
  }
  for (const { field, direction } of spec.order) query = query.orderBy(field, direction);
  if (after) query = query.startAfter(...after);
  return limit === undefined ? query : query.limit(limit);
};
