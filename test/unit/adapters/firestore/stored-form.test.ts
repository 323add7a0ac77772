import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { changedFields, fromStored, toStored } from '../../../../functions/src/adapters/firestore/stored-form.ts';
import { TimeSchema } from '../../../../functions/src/contracts/work.ts';

const ItemSchema = z.object({
  name: z.string(),
  startedAt: TimeSchema,
  dueAt: TimeSchema.nullable(),
  deletedAt: TimeSchema.optional(),
  note: z.string().optional(),
  body: z.object({ dueAt: z.string().optional() }),
});
type Item = z.infer<typeof ItemSchema>;

const item: Item = { name: 'a', startedAt: '2026-11-20T09:00:00.007Z', dueAt: null, body: { dueAt: 'at noon' } };
const stored = {
  name: 'a',
  startedAt: new Date('2026-11-20T09:00:00.007Z'),
  dueAt: null,
  deletedAt: null,
  body: { dueAt: 'at noon' },
};
const timestamp = (time: string) => ({ toDate: () => new Date(time) });
const GONE = Symbol('gone');

test('A time of the item is a date in storage, and nothing that stands deeper is', () => {
  expect(toStored(ItemSchema, item)).toEqual(stored);
});

test('What was stored comes back to the millisecond', () => {
  const read = { ...stored, startedAt: timestamp('2026-11-20T09:00:00.007Z') };
  expect(fromStored(ItemSchema, read)).toEqual(item);
});

test('A time that is stored as text is not taken for one', () => {
  expect(() => fromStored(ItemSchema, { ...stored, startedAt: 'yesterday' })).toThrow(z.ZodError);
});

test('Only the fields that differ are written', () => {
  const next = { ...item, dueAt: '2026-11-20T10:00:00.000Z', body: { dueAt: 'at one' } };
  expect(changedFields(ItemSchema, item, next, GONE)).toEqual({
    dueAt: new Date('2026-11-20T10:00:00.000Z'),
    body: { dueAt: 'at one' },
  });
});

test('A field that is undefined or left out is removed', () => {
  const noted = { ...item, note: 'looked at' };
  expect(changedFields(ItemSchema, noted, item, GONE)).toEqual({ note: GONE });
  expect(changedFields(ItemSchema, noted, { ...item, note: undefined }, GONE)).toEqual({ note: GONE });
});

test('What is not deleted says so in storage, so that queries and rules can ask for it', () => {
  const deleted = { ...item, deletedAt: '2026-11-20T10:00:00.000Z' };
  expect(toStored(ItemSchema, item)).toHaveProperty('deletedAt', null);
  expect(changedFields(ItemSchema, deleted, item, GONE)).toEqual({ deletedAt: null });
  expect(toStored(z.object({ name: z.string() }), { name: 'a' })).toEqual({ name: 'a' });
});

test('A change that changes nothing still writes, to find out whether somebody was faster', () => {
  expect(changedFields(ItemSchema, item, { ...item }, GONE)).toEqual({ name: 'a' });
});
