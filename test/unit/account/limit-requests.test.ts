import { beforeEach, describe, expect, test } from '@jest/globals';
import { createRequestLimits, type RequestLimits } from '../../../functions/src/account/limit-requests.ts';
import type { Principal } from '../../../functions/src/contracts/account.ts';
import { RATE_LIMITS } from '../../../functions/src/contracts/operations.ts';
import { AppError } from '../../../functions/src/errors.ts';
import { createMemoryRepositories } from '../../support/memory-repositories.ts';

const userOf = (uid: string, anonymous = false): Principal => ({ uid, anonymous, orgId: 'org1', role: 'owner' });

let keys: string[];
let time: Date;
let limits: RequestLimits;

beforeEach(() => {
  const { rateLimiter } = createMemoryRepositories();
  keys = [];
  time = new Date('2026-11-20T09:00:10.000Z');
  limits = createRequestLimits({
    clock: { now: () => time },
    rateLimiter: {
      count: (key, windowSeconds, now) => {
        keys.push(key);
        return rateLimiter.count(key, windowSeconds, now);
      },
    },
  });
});

const refusalOf = (asking: Promise<void>) =>
  asking.then(
    () => null,
    (thrown: unknown) => (thrown instanceof AppError ? { reason: thrown.reason, ...thrown.details } : thrown),
  );

const ask = async (times: number, asking: () => Promise<void>) => {
  for (let asked = 0; asked < times; asked += 1) await asking();
};

describe('a principal', () => {
  test('may do what its operation allows in a minute, and is then refused until there is room again', async () => {
    const user = userOf('user1');
    await ask(RATE_LIMITS.analysis.perMinute, () => limits.limitPrincipal(user, 'analysis'));
    expect(await refusalOf(limits.limitPrincipal(user, 'analysis'))).toEqual({
      reason: 'RATE_LIMITED',
      limit: RATE_LIMITS.analysis.perMinute,
      window: 'minute',
      // 50 s to the end of the minute; then until the 11 of the minute before weigh 7.
      retryAfterSeconds: 72,
    });
    expect(await refusalOf(limits.limitPrincipal(user, 'read'))).toBeNull();
    expect(await refusalOf(limits.limitPrincipal(userOf('user2'), 'analysis'))).toBeNull();
    time = new Date('2026-11-20T09:01:22.000Z');
    expect(await refusalOf(limits.limitPrincipal(user, 'analysis'))).toBeNull();
  });

  test('who waits as told every time has nearly as many requests a minute as are allowed', async () => {
    const user = userOf('user1');
    const start = time.getTime();
    let answered = 0;
    while (time.getTime() < start + 600_000) {
      const refusal = await refusalOf(limits.limitPrincipal(user, 'upload'));
      if (refusal === null) answered += 1;
      else time = new Date(time.getTime() + (refusal as { retryAfterSeconds: number }).retryAfterSeconds * 1000);
    }
    const perMinute = answered / 10;
    expect(perMinute).toBeGreaterThan(RATE_LIMITS.upload.perMinute * 0.75);
    expect(perMinute).toBeLessThan(RATE_LIMITS.upload.perMinute * 1.15);
  });

  test('is limited over all operations together', async () => {
    const user = userOf('user1');
    await ask(RATE_LIMITS.upload.perMinute, () => limits.limitPrincipal(user, 'upload'));
    await ask(RATE_LIMITS.overall.perMinute - RATE_LIMITS.upload.perMinute, () => limits.limitPrincipal(user, 'read'));
    expect(await refusalOf(limits.limitPrincipal(user, 'convert'))).toMatchObject({
      limit: RATE_LIMITS.overall.perMinute,
    });
  });

  test('without an account is limited by the minute and by the day', async () => {
    const visitor = userOf('visitor', true);
    const { perMinute, perDay } = RATE_LIMITS.anonymous;
    await ask(perMinute, () => limits.limitPrincipal(visitor, 'read'));
    expect(await refusalOf(limits.limitPrincipal(visitor, 'read'))).toMatchObject({
      limit: perMinute,
      window: 'minute',
    });
    for (let asked = perMinute + 1; asked < perDay; asked += 30) {
      time = new Date(time.getTime() + 120_000);
      await ask(Math.min(30, perDay - asked), () => limits.limitPrincipal(visitor, 'read'));
    }
    time = new Date(time.getTime() + 120_000);
    await refusalOf(limits.limitPrincipal(visitor, 'read'));
    expect(await refusalOf(limits.limitPrincipal(visitor, 'read'))).toEqual({
      reason: 'RATE_LIMITED',
      limit: perDay,
      window: 'day',
      retryAfterSeconds: 3600,
    });
  });

  test('who floods is refused from memory: no count is written for it', async () => {
    const user = userOf('user1');
    await ask(RATE_LIMITS.analysis.perMinute, () => limits.limitPrincipal(user, 'analysis'));
    await refusalOf(limits.limitPrincipal(user, 'analysis'));
    const counted = keys.length;
    for (let asked = 0; asked < 50; asked += 1) await refusalOf(limits.limitPrincipal(user, 'analysis'));
    expect(keys).toHaveLength(counted);
  });
});

describe('an address', () => {
  test('is limited on its own', async () => {
    await ask(RATE_LIMITS.public.perMinute, () => limits.limitAddress('192.0.2.1', 'public'));
    expect(await refusalOf(limits.limitAddress('192.0.2.1', 'public'))).toMatchObject({ reason: 'RATE_LIMITED' });
    expect(await refusalOf(limits.limitAddress('192.0.2.2', 'public'))).toBeNull();
  });

  test('that floods with requests nobody may make can still ask whether the service answers', async () => {
    await ask(RATE_LIMITS.unauthenticated.perMinute, () => limits.limitAddress('192.0.2.1', 'unauthenticated'));
    expect(await refusalOf(limits.limitAddress('192.0.2.1', 'unauthenticated'))).toMatchObject({
      reason: 'RATE_LIMITED',
    });
    expect(await refusalOf(limits.limitAddress('192.0.2.1', 'public'))).toBeNull();
  });

  test('of version 6 counts with all of its network, however it is written', async () => {
    for (const same of ['2001:db8:1:2::1', '2001:0DB8:0001:0002:ffff::2', '2001:db8:1:2:3:4:5:6']) {
      await limits.limitAddress(same, 'public');
    }
    await limits.limitAddress('2001:db8:1:3::1', 'public');
    expect(new Set(keys).size).toBe(2);
    keys = [];
    for (const same of ['::ffff:192.0.2.1', '192.0.2.1']) await limits.limitAddress(same, 'public');
    for (const same of ['::1', '0:0:0:0:0:0:0:1']) await limits.limitAddress(same, 'public');
    expect(new Set(keys).size).toBe(2);
  });

  test('is not written down, and neither is a user', async () => {
    await limits.limitAddress('192.0.2.1', 'public');
    await limits.limitPrincipal(userOf('user1', true), 'read');
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}-(public|anonymous(-day)?|read|overall)$/);
  });
});
