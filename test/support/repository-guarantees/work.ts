/** What holds for every item that is claimed, tried again and settled. */
import { describe, expect, test } from '@jest/globals';
import type { Change, Updated } from '../../../functions/src/repositories.ts';
import { sampleConversion, sampleDeadLetter, sampleRun, sampleShard, sampleWindow } from '../sample-items.ts';
import type { RepositoriesUnderTest, Subject } from './under-test.ts';

interface Item {
  orgId: string;
  state: string;
  attempt: number;
  tries: number;
  dueAt: string | null;
  expiresAt: string;
}
type AnyChange = <T extends Item>(current: T) => Change<T> | null;

interface Kind {
  name: string;
  /** Stores one item of fixed ids in the organisation. */
  put(fields: { orgId: string; dueAt?: string | null }): Promise<unknown>;
  get(orgId: string): Promise<Item | null>;
  update(orgId: string, change: AnyChange): Promise<Updated<Item>>;
  due(now: string, limit: number): Promise<Item[]>;
}

const kindsOf = (subject: Subject): Kind[] => {
  const of = <T>(pick: (repositories: RepositoriesUnderTest) => T): T => pick(subject());
  const conversionId = 'conversion-1';
  const runId = 'run-1';
  const { shardId } = sampleShard();
  const { windowId } = sampleWindow();
  return [
    {
      name: 'conversion',
      put: (fields) => of(({ conversions }) => conversions.create(sampleConversion(fields))),
      get: (orgId) => of(({ conversions }) => conversions.get({ orgId, conversionId })),
      update: (orgId, change) => of(({ conversions }) => conversions.update({ orgId, conversionId }, change)),
      due: (now, limit) => of(({ conversions }) => conversions.due(now, limit)),
    },
    {
      name: 'shard',
      put: (fields) => of(({ conversions }) => conversions.createShards([sampleShard(fields)])),
      get: (orgId) => of(({ conversions }) => conversions.getShard({ orgId, conversionId, shardId })),
      update: (orgId, change) =>
        of(({ conversions }) => conversions.updateShard({ orgId, conversionId, shardId }, change)),
      due: (now, limit) => of(({ conversions }) => conversions.dueShards(now, limit)),
    },
    {
      name: 'run',
      put: (fields) => of(({ runs }) => runs.create(sampleRun(fields))),
      get: (orgId) => of(({ runs }) => runs.get({ orgId, runId })),
      update: (orgId, change) => of(({ runs }) => runs.update({ orgId, runId }, change)),
      due: (now, limit) => of(({ runs }) => runs.due(now, limit)),
    },
    {
      name: 'window',
      put: (fields) => of(({ runs }) => runs.createWindows([sampleWindow(0, fields)])),
      get: (orgId) => of(({ runs }) => runs.getWindow({ orgId, runId, windowId })),
      update: (orgId, change) => of(({ runs }) => runs.updateWindow({ orgId, runId, windowId }, change)),
      due: (now, limit) => of(({ runs }) => runs.dueWindows(now, limit)),
    },
  ];
};

const nextAttempt: AnyChange = (current) => ({ next: { ...current, attempt: current.attempt + 1 } });

export const describeWork = (subject: Subject): void => {
  describe.each(kindsOf(subject))('A $name', ({ name, put, get, update, due }) => {
    const org = (test: string): string => `work-${name}-${test}`;

    test('comes back as it was stored, times to the millisecond', async () => {
      const orgId = org('whole');
      await put({ orgId, dueAt: '2026-11-20T09:02:00.123Z' });
      expect(await get(orgId)).toMatchObject({ orgId, attempt: 1, tries: 1, dueAt: '2026-11-20T09:02:00.123Z' });
      expect((await get(orgId))?.expiresAt).toBe('2026-12-20T09:00:00.000Z');
    });

    test('is null, and no change is asked for, when there is none', async () => {
      expect(await get(org('none'))).toBeNull();
      const change: AnyChange = () => {
        throw new Error('asked');
      };
      expect(await update(org('none'), change)).toEqual({ outcome: 'missing' });
      expect(await get(org('none'))).toBeNull();
    });

    test('stays as it is when it is created again', async () => {
      const orgId = org('again');
      await put({ orgId });
      await update(orgId, nextAttempt);
      await put({ orgId });
      expect((await get(orgId))?.attempt).toBe(2);
    });

    test('is changed to what the change made of it, and the answer says so', async () => {
      const orgId = org('change');
      await put({ orgId });
      const updated = await update(orgId, (current) => ({ next: { ...current, attempt: 7, dueAt: null } }));
      expect(updated).toMatchObject({ outcome: 'changed', value: { orgId, attempt: 7, dueAt: null } });
      expect(await get(orgId)).toMatchObject({ attempt: 7, tries: 1, dueAt: null });
    });

    test('stays as it is when the change answers null, and the answer is what is stored', async () => {
      const orgId = org('null');
      await put({ orgId });
      const before = await get(orgId);
      expect(await update(orgId, () => null)).toEqual({ outcome: 'unchanged', value: before });
      expect(await get(orgId)).toEqual(before);
    });

    test('loses the fields that the change left out, and no others', async () => {
      const orgId = org('fields');
      await put({ orgId });
      const failure = sampleDeadLetter().failure;
      await update(orgId, (current) => ({ next: { ...current, failure } }));
      expect(await get(orgId)).toMatchObject({ failure });
      await update(orgId, (current) => ({ next: { ...current, failure: undefined, attempt: 2 } }));
      const after = await get(orgId);
      expect(after).toMatchObject({ orgId, attempt: 2, tries: 1 });
      expect(JSON.parse(JSON.stringify(after))).not.toHaveProperty('failure');
    });

    test('is written together with its dead letter, and the same letter twice is one', async () => {
      const orgId = org('letter');
      await put({ orgId });
      const deadLetter = sampleDeadLetter({ orgId, deadLetterId: orgId });
      const settle: AnyChange = (current) => ({ next: { ...current, dueAt: null }, deadLetter });
      await update(orgId, settle);
      await update(orgId, settle);
      expect((await subject().stored(orgId)).deadLetters).toEqual([deadLetter]);
      expect(await get(orgId)).toMatchObject({ dueAt: null });
    });

    test('has every one of twenty changes that come at once', async () => {
      const orgId = org('twenty');
      await put({ orgId });
      const updates = await Promise.all(Array.from({ length: 20 }, () => update(orgId, nextAttempt)));
      expect((await get(orgId))?.attempt).toBe(21);
      const attempts = updates.map((each) => (each.outcome === 'changed' ? each.value.attempt : 0));
      expect(attempts.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
    });

    test('is claimed by exactly one of ten that want it', async () => {
      const orgId = org('claim');
      await put({ orgId });
      const claim: AnyChange = (current) => (current.tries === 1 ? { next: { ...current, tries: 2 } } : null);
      const claims = await Promise.all(Array.from({ length: 10 }, () => update(orgId, claim)));
      expect(claims.filter(({ outcome }) => outcome === 'changed')).toHaveLength(1);
      expect(claims.filter(({ outcome }) => outcome === 'unchanged')).toHaveLength(9);
    });

    test('is not seen, and not changed, by another organisation with the same ids', async () => {
      await put({ orgId: org('mine') });
      expect(await get(org('theirs'))).toBeNull();
      expect(await update(org('theirs'), nextAttempt)).toEqual({ outcome: 'missing' });
      await put({ orgId: org('theirs') });
      await update(org('theirs'), nextAttempt);
      expect(await get(org('mine'))).toMatchObject({ orgId: org('mine'), attempt: 1 });
    });

    test('is due when its time has come, the longest overdue of all organisations first', async () => {
      const times = ['2001-01-01T00:00:03.000Z', '2001-01-01T00:00:01.000Z', '2001-01-01T00:00:02.001Z'];
      for (const [index, dueAt] of times.entries()) await put({ orgId: org(`due-${index}`), dueAt });
      await put({ orgId: org('due-later'), dueAt: '2001-01-01T00:00:03.001Z' });
      await put({ orgId: org('due-never'), dueAt: null });
      const orgs = async (now: string, limit: number) => (await due(now, limit)).map(({ orgId }) => orgId);
      expect(await orgs('2001-01-01T00:00:03.000Z', 10)).toEqual([org('due-1'), org('due-2'), org('due-0')]);
      expect(await orgs('2001-01-01T00:00:03.000Z', 2)).toEqual([org('due-1'), org('due-2')]);
      expect(await orgs('2001-01-01T00:00:02.000Z', 10)).toEqual([org('due-1')]);
      expect(await orgs('2001-01-01T00:00:00.999Z', 10)).toEqual([]);
    });
  });
};
