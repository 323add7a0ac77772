/** What holds for the list of conversions and for the shards of one. */
import { describe, expect, test } from '@jest/globals';
import type { Conversion } from '../../../functions/src/contracts/conversion.ts';
import { sampleConversion, sampleShard } from '../sample-items.ts';
import type { Subject } from './under-test.ts';

const at = (second: number): string => `2026-11-20T09:00:${String(second).padStart(2, '0')}.000Z`;

export const describeConversions = (subject: Subject): void => {
  const conversions = () => subject().conversions;
  const idsOf = (items: readonly Conversion[]): string[] => items.map(({ conversionId }) => conversionId);
  const put = async (orgId: string, items: Partial<Conversion>[]): Promise<void> => {
    for (const each of items) await conversions().create(sampleConversion({ orgId, ...each }));
  };
  const pagesOf = async (orgId: string, limit: number, state?: Conversion['state']): Promise<string[][]> => {
    const pages: string[][] = [];
    let after: Conversion | undefined;
    for (;;) {
      const page = await conversions().list(orgId, { limit, ...(state ? { state } : {}), ...(after ? { after } : {}) });
      if (page.length === 0) return pages;
      pages.push(idsOf(page));
      after = page.at(-1);
    }
  };

  describe('The list of conversions', () => {
    test('is newest first, by id where the time is the same, and pages hold each of them once', async () => {
      const orgId = 'list-order';
      await put(orgId, [
        { conversionId: 'b', createdAt: at(5) },
        { conversionId: 'e', createdAt: at(1) },
        { conversionId: 'a', createdAt: at(5) },
        { conversionId: 'd', createdAt: at(9) },
        { conversionId: 'c', createdAt: at(5) },
      ]);
      expect(await pagesOf(orgId, 2)).toEqual([['d', 'c'], ['b', 'a'], ['e']]);
      expect(await pagesOf(orgId, 5)).toEqual([['d', 'c', 'b', 'a', 'e']]);
    });

    test('leaves out what was deleted, and fills its pages all the same', async () => {
      const orgId = 'list-deleted';
      await put(
        orgId,
        [1, 2, 3, 4, 5, 6, 7].map((second) => ({
          conversionId: `c${second}`,
          createdAt: at(second),
          ...([7, 5, 4, 3].includes(second) ? { deletedAt: at(59) } : {}),
        })),
      );
      expect(await pagesOf(orgId, 2)).toEqual([['c6', 'c2'], ['c1']]);
    });

    test('of one state has only those of it', async () => {
      const orgId = 'list-state';
      await put(orgId, [
        { conversionId: 'a', createdAt: at(1), state: 'completed' },
        { conversionId: 'b', createdAt: at(2), state: 'failed' },
        { conversionId: 'c', createdAt: at(3), state: 'completed' },
        { conversionId: 'd', createdAt: at(4), state: 'completed' },
      ]);
      expect(await pagesOf(orgId, 2, 'completed')).toEqual([['d', 'c'], ['a']]);
      expect(await pagesOf(orgId, 2, 'expired')).toEqual([]);
    });

    test('never has another organisation’s, whatever the cursor', async () => {
      await put('list-mine', [{ conversionId: 'm', createdAt: at(1) }]);
      await put('list-theirs', [{ conversionId: 't', createdAt: at(2) }]);
      const cursor = { createdAt: at(3), conversionId: 'zzz' };
      expect(idsOf(await conversions().list('list-mine', { limit: 10, after: cursor }))).toEqual(['m']);
      expect(await conversions().list('list-nobody', { limit: 10 })).toEqual([]);
    });
  });

  describe('The shards of a conversion', () => {
    const key = (orgId: string) => ({ orgId, conversionId: 'conversion-1' });
    const shard = (orgId: string, ocrAttempt: number, index: number, fields = {}) =>
      sampleShard({ orgId, ocrAttempt, index, shardId: `${ocrAttempt}-${index}`, ...fields });

    test('are listed by index, those of the attempt alone', async () => {
      const orgId = 'shards-list';
      await conversions().createShards([2, 10, 0, 1].map((index) => shard(orgId, 1, index)));
      await conversions().createShards([shard(orgId, 2, 0), shard('shards-other', 1, 3)]);
      const listed = await conversions().listShards(key(orgId), 1);
      expect(listed.map(({ index }) => index)).toEqual([0, 1, 2, 10]);
      expect(listed[3]).toEqual(shard(orgId, 1, 10));
      expect(await conversions().listShards(key(orgId), 3)).toEqual([]);
    });

    test('are open while they are queued or working', async () => {
      const orgId = 'shards-open';
      const states = ['queued', 'working', 'done', 'failed', 'queued'] as const;
      await conversions().createShards(states.map((state, index) => shard(orgId, 1, index, { state })));
      await conversions().createShards([shard(orgId, 2, 0)]);
      expect(await conversions().countOpenShards(key(orgId), 1)).toBe(3);
      expect(await conversions().countOpenShards(key(orgId), 2)).toBe(1);
      expect(await conversions().countOpenShards(key('shards-none'), 1)).toBe(0);
    });

    test('that exist stay as they are when all are created again, and the missing ones are added', async () => {
      const orgId = 'shards-again';
      await conversions().createShards([shard(orgId, 1, 0), shard(orgId, 1, 1)]);
      await conversions().updateShard({ ...key(orgId), shardId: '1-1' }, (current) => ({
        next: { ...current, state: 'done' },
      }));
      await conversions().createShards([0, 1, 2].map((index) => shard(orgId, 1, index)));
      const listed = await conversions().listShards(key(orgId), 1);
      expect(listed.map(({ state }) => state)).toEqual(['queued', 'done', 'queued']);
      await conversions().createShards([]);
    });

    test('are removed with it, and with no other; removing it twice is no error', async () => {
      const orgId = 'shards-remove';
      await put(orgId, [{}, { conversionId: 'conversion-2' }]);
      await conversions().createShards([
        shard(orgId, 1, 0),
        shard(orgId, 1, 1),
        shard(orgId, 1, 0, { conversionId: 'conversion-2' }),
      ]);
      await conversions().remove(key(orgId));
      await conversions().remove(key(orgId));
      expect(await conversions().get(key(orgId))).toBeNull();
      expect(await conversions().listShards(key(orgId), 1)).toEqual([]);
      const other = { orgId, conversionId: 'conversion-2' };
      expect(await conversions().get(other)).not.toBeNull();
      expect(await conversions().listShards(other, 1)).toHaveLength(1);
    });
  });
};
