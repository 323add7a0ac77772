import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { QUERIES, type QuerySpec } from '../../../functions/src/adapters/firestore/queries.ts';
import { AuditEntrySchema, UsageEventSchema } from '../../../functions/src/contracts/account.ts';
import { ConversionSchema, OcrShardSchema } from '../../../functions/src/contracts/conversion.ts';
import { RunRowSchema, RunSchema, RunWindowSchema } from '../../../functions/src/contracts/run.ts';
import { DeadLetterSchema } from '../../../functions/src/contracts/work.ts';
import { type IndexFile, missingIndexes, queryCalls } from '../../support/required-indexes.ts';

const root = join(import.meta.dirname, '../../..');
const file = JSON.parse(readFileSync(join(root, 'firestore.indexes.json'), 'utf8')) as IndexFile;
const without = (gone: (entry: IndexFile['indexes'][number] | IndexFile['fieldOverrides'][number]) => boolean) => ({
  indexes: file.indexes.filter((each) => !gone(each)),
  fieldOverrides: file.fieldOverrides.filter((each) => !gone(each)),
});

test.each(Object.entries<QuerySpec>(QUERIES))('The query %s has the indexes it needs', (_, spec) => {
  expect(missingIndexes(file, spec)).toEqual([]);
});

test('No query is built outside the table that these tests read', () => {
  const files = globSync('functions/src/**/*.ts', { cwd: root }).filter(
    (path) => !path.endsWith('/firestore/queries.ts'),
  );
  expect(files.length).toBeGreaterThan(50);
  const found = files.filter((path) => queryCalls(readFileSync(join(root, path), 'utf8')).length > 0);
  expect(found).toEqual([]);
});

describe('The check bites:', () => {
  test('every composite index that is taken away is missed', () => {
    for (const index of file.indexes) {
      const lacking = Object.values<QuerySpec>(QUERIES).flatMap((spec) =>
        missingIndexes(
          without((each) => each === index),
          spec,
        ),
      );
      expect(lacking.join()).toContain(
        `${index.collectionGroup} (COLLECTION): an index of ${index.fields[0]?.fieldPath}`,
      );
    }
  });

  test('every collection-group index that is taken away is missed', () => {
    const groups = file.fieldOverrides.filter(({ indexes }) =>
      indexes.some((each) => each.queryScope === 'COLLECTION_GROUP'),
    );
    expect(groups.map(({ collectionGroup }) => collectionGroup).sort()).toEqual([
      'conversions',
      'runs',
      'shards',
      'windows',
    ]);
    for (const group of groups) {
      const lacking = Object.values<QuerySpec>(QUERIES).flatMap((spec) =>
        missingIndexes(
          without((each) => each === group),
          spec,
        ),
      );
      expect(lacking).toEqual([`${group.collectionGroup} (COLLECTION_GROUP): a field override with dueAt ASCENDING`]);
    }
  });

  test('a field that is asked for is missed when it is exempt from indexes', () => {
    const exempt: IndexFile = {
      ...file,
      fieldOverrides: [...file.fieldOverrides, { collectionGroup: 'windows', fieldPath: 'state', indexes: [] }],
    };
    expect(missingIndexes(exempt, QUERIES.openWindows)).toEqual([
      'windows (COLLECTION): a field override with state ASCENDING',
    ]);
  });

  test('two orders, a filter beside an order, and a range out of order each need an index of their own', () => {
    const base = { collection: 'runs', group: false, filters: [] } as const;
    const byState = { field: 'state', operator: '==' } as const;
    const newest = { field: 'createdAt', direction: 'desc' } as const;
    const byKind = { field: 'rows', direction: 'asc' } as const;
    expect(missingIndexes(file, { ...base, order: [newest] })).toEqual([]);
    expect(missingIndexes(file, { ...base, order: [newest, byKind] })).toHaveLength(1);
    expect(missingIndexes(file, { ...base, filters: [byState], order: [newest] })).toHaveLength(1);
    expect(
      missingIndexes(file, { ...base, filters: [{ field: 'dueAt', operator: '<=' }], order: [newest] }),
    ).toHaveLength(1);
    expect(missingIndexes(file, { ...base, group: true, filters: [byState], order: [] })).toHaveLength(1);
  });

  test.each(["db.collection('runs').where('a', '==', 1)", "ref\n  .orderBy('a')", "db.collectionGroup('x')"])(
    'a query outside the table is seen: %s',
    (source) => {
      expect(queryCalls(source)).toHaveLength(1);
    },
  );
});

const STORED = {
  conversions: ConversionSchema,
  shards: OcrShardSchema,
  runs: RunSchema,
  windows: RunWindowSchema,
  rows: RunRowSchema,
  audit: AuditEntrySchema,
  deadLetters: DeadLetterSchema,
  usage: UsageEventSchema,
};

test('Whatever has an end of its life is erased by Firestore itself, and so are the counters of the rate limiter', () => {
  const mortal = Object.entries(STORED)
    .filter(([, { shape }]) => 'expiresAt' in shape)
    .map(([name]) => name);
  const erased = file.fieldOverrides
    .filter(({ ttl }) => ttl)
    .map((each) => `${each.collectionGroup}.${each.fieldPath}`);
  expect(erased.sort()).toEqual([...mortal, 'rateLimits'].map((name) => `${name}.expiresAt`).sort());
});

test('The body of a row is in no index', () => {
  expect(file.fieldOverrides).toContainEqual({ collectionGroup: 'rows', fieldPath: 'body', indexes: [] });
});
