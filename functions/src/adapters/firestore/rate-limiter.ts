/** `rateLimits/{key}`: one counter for each key and window of time. Counted blindly, so that nobody waits for another. */
import { createHash } from 'node:crypto';
import type { RateLimiter } from '../../repositories.ts';
import type { Connection } from './connection.ts';
import { mustBePath, rateLimitPath } from './paths.ts';

/** Windows after which a counter is erased: it counts in its own and the next one. */
const KEPT_WINDOWS = 3;

/** A key may hold anything, an address for one: its hash names the counter, and spreads counters over the database. */
const counterPath = (key: string, windowSeconds: number, slot: number): string => {
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 40);
  return mustBePath(rateLimitPath(`${hash}-${windowSeconds}-${slot}`));
};

export const createRateLimiter = (connection: Connection): RateLimiter => ({
  count: (key, windowSeconds, now) =>
    connection.call(async ({ db, sdk }) => {
      const slot = Math.floor(now.getTime() / 1000 / windowSeconds);
      const current = db.doc(counterPath(key, windowSeconds, slot));
      const before = db.doc(counterPath(key, windowSeconds, slot - 1));
      const expiresAt = new Date((slot + KEPT_WINDOWS) * windowSeconds * 1000);
      await current.set({ count: sdk.FieldValue.increment(1), expiresAt }, { merge: true });
      const [counted, countedBefore] = await db.getAll(current, before);
      return { current: Number(counted?.get('count') ?? 1), previous: Number(countedBefore?.get('count') ?? 0) };
    }),
});
