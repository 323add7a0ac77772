/**
 * An item as the contract has it, and as Firestore keeps it: a field of the item whose name ends in `At` is ISO text here and a
 * Timestamp there. Only the item's own fields: what stands deeper (the `dueAt` of a row's body) belongs to the document's author.
 */
import { isDeepStrictEqual } from 'node:util';
import type { DocumentData, UpdateData } from '@google-cloud/firestore';
import type * as z from 'zod';

type Item = Record<string, unknown>;

const isTime = (field: string): boolean => field.endsWith('At');

/** A Date is kept as a Timestamp; milliseconds survive. */
const toStoredValue = (field: string, value: unknown): unknown =>
  isTime(field) && typeof value === 'string' ? new Date(value) : value;

const isTimestamp = (value: unknown): value is { toDate(): Date } =>
  typeof value === 'object' && value !== null && 'toDate' in value;

/** Kept as null where the item has none: a query, and with it a rule, cannot ask for a field that is not there. */
const DELETED_AT = 'deletedAt';

const canBeDeleted = (schema: z.ZodType): boolean =>
  'shape' in schema && typeof schema.shape === 'object' && schema.shape !== null && DELETED_AT in schema.shape;

/** Checked before it is written: what does not fit its schema could never be read again. @throws ZodError. */
export const toStored = <T extends object>(schema: z.ZodType<T>, item: T): DocumentData => ({
  ...(canBeDeleted(schema) ? { [DELETED_AT]: null } : {}),
  ...Object.fromEntries(
    Object.entries(schema.parse(item)).map(([field, value]) => [field, toStoredValue(field, value)] as const),
  ),
});

/** @throws ZodError. */
export const fromStored = <T extends object>(schema: z.ZodType<T>, data: DocumentData): T => {
  const item: Item = {};
  for (const [field, value] of Object.entries(data)) {
    if (field === DELETED_AT && value === null) continue;
    item[field] = isTime(field) && isTimestamp(value) ? value.toDate().toISOString() : value;
  }
  return schema.parse(item);
};

/**
 * The fields in which `next` differs, in stored form; `gone` for those it has no more. Fields that the schema does not know are
 * left alone: a newer release may have written them. Never empty, so that the write finds out whether somebody was faster.
 */
export const changedFields = <T extends object>(
  schema: z.ZodType<T>,
  current: T,
  next: T,
  gone: unknown,
): UpdateData<DocumentData> => {
  const before: Item = Object.fromEntries(Object.entries(current));
  const after: Item = Object.fromEntries(Object.entries(schema.parse(next)));
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => !isDeepStrictEqual(before[name], after[name]));
  const written = changed.length > 0 ? changed : names.slice(0, 1);
  return Object.fromEntries(
    written.map((name) => {
      if (after[name] !== undefined) return [name, toStoredValue(name, after[name])];
      return [name, name === DELETED_AT ? null : gone];
    }),
  );
};
