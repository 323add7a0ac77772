/** What holds for accounts, for what is counted, and for what is written down. */
import { describe, expect, test } from '@jest/globals';
import { sampleAuditEntry, sampleUsage } from '../sample-items.ts';
import type { Subject } from './under-test.ts';

const CREATED_AT = '2026-11-20T09:00:00.000Z';

const personal = (uid: string, orgId: string) =>
  [
    { uid, orgId, createdAt: CREATED_AT },
    { orgId, name: 'Personal', personal: true, createdAt: CREATED_AT },
    { uid, role: 'owner', joinedAt: CREATED_AT },
  ] as const;

export const describeAccounts = (subject: Subject): void => {
  describe('An account', () => {
    const accounts = () => subject().accounts;

    test('is created whole: the user, the organisation and the membership', async () => {
      expect(await accounts().getUser('u-whole')).toBeNull();
      expect(await accounts().createPersonal(...personal('u-whole', 'o-whole'))).toBe('created');
      expect(await accounts().getUser('u-whole')).toEqual({ uid: 'u-whole', orgId: 'o-whole', createdAt: CREATED_AT });
      expect(await accounts().getMember('o-whole', 'u-whole')).toEqual({
        uid: 'u-whole',
        role: 'owner',
        joinedAt: CREATED_AT,
      });
    });

    test('is created by one of five that come at once, and the others leave nothing behind', async () => {
      const orgs = [0, 1, 2, 3, 4].map((index) => `o-race-${index}`);
      const outcomes = await Promise.all(orgs.map((orgId) => accounts().createPersonal(...personal('u-race', orgId))));
      expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
      const winner = (await accounts().getUser('u-race'))?.orgId ?? '';
      expect(winner).toBe(orgs[outcomes.indexOf('created')]);
      const members = await Promise.all(orgs.map((orgId) => accounts().getMember(orgId, 'u-race')));
      expect(members.filter((member) => member !== null)).toHaveLength(1);
      expect(await accounts().getMember(winner, 'u-race')).not.toBeNull();
    });

    test('of somebody else never takes over an organisation that exists', async () => {
      await accounts().createPersonal(...personal('u-first', 'o-taken'));
      expect(await accounts().createPersonal(...personal('u-second', 'o-taken'))).toBe('exists');
      expect(await accounts().getUser('u-second')).toBeNull();
      expect(await accounts().getMember('o-taken', 'u-second')).toBeNull();
    });

    test('is a member of its own organisation only', async () => {
      await accounts().createPersonal(...personal('u-own', 'o-own'));
      expect(await accounts().getMember('o-whole', 'u-own')).toBeNull();
    });
  });

  describe('What is used', () => {
    test('is counted once, however often and by how many it is told', async () => {
      const event = sampleUsage({ orgId: 'o-usage' });
      const outcomes = await Promise.all([event, event, event].map((each) => subject().usage.record(each)));
      expect(outcomes.sort()).toEqual(['created', 'exists', 'exists']);
      expect(await subject().usage.record({ ...event, quantity: 99 })).toBe('exists');
      expect((await subject().stored('o-usage')).usage).toEqual([event]);
    });

    test('is counted for each organisation by itself', async () => {
      expect(await subject().usage.record(sampleUsage({ orgId: 'o-usage-1' }))).toBe('created');
      expect(await subject().usage.record(sampleUsage({ orgId: 'o-usage-2' }))).toBe('created');
    });
  });

  test('An audit entry is written down once and never overwritten', async () => {
    const entry = sampleAuditEntry({ orgId: 'o-audit', auditId: 'audit-once' });
    await subject().audit.record(entry);
    await subject().audit.record({ ...entry, outcome: 'altered' });
    expect((await subject().stored('o-audit')).audit).toEqual([entry]);
  });

  describe('The rate limiter', () => {
    const count = (key: string, seconds: number, now: string) =>
      subject().rateLimiter.count(key, seconds, new Date(now));

    test('counts fifty hits that come at once as fifty', async () => {
      const now = '2026-11-20T09:00:00.000Z';
      const counts = await Promise.all(Array.from({ length: 50 }, () => count('fifty', 60, now)));
      const seen = counts.map(({ current }) => current);
      expect(Math.max(...seen)).toBe(50);
      expect(Math.min(...seen)).toBeGreaterThanOrEqual(1);
      expect(await count('fifty', 60, now)).toEqual({ current: 51, previous: 0 });
    });

    test('tells the window before from this one, and forgets the one before that', async () => {
      for (let hit = 0; hit < 4; hit += 1) await count('two-windows', 60, '2026-11-20T09:00:59.000Z');
      expect(await count('two-windows', 60, '2026-11-20T09:01:00.000Z')).toEqual({ current: 1, previous: 4 });
      expect(await count('two-windows', 60, '2026-11-20T09:01:45.000Z')).toEqual({ current: 2, previous: 4 });
      expect(await count('two-windows', 60, '2026-11-20T09:03:00.000Z')).toEqual({ current: 1, previous: 0 });
    });

    test('counts each key and each length of window by itself, whatever stands in the key', async () => {
      const now = '2026-11-20T09:00:00.000Z';
      const keys = ['a/b', 'a/b/c', '.', '..', '__x__', '', 'ü\n"', 'x'.repeat(4000), '2001:db8::1'];
      for (const key of keys) expect([key, (await count(key, 60, now)).current]).toEqual([key, 1]);
      expect((await count('a/b', 3600, now)).current).toBe(1);
      expect((await count('a/b', 60, now)).current).toBe(2);
    });
  });
};
