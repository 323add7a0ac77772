/** How often who may ask. Counted for all instances together; who is over a limit is refused from memory for a while. */
import { sha256Hex } from '../analyze/source-ref.ts';
import type { Principal } from '../contracts/account.ts';
import { RATE_LIMITS, type RateLimitName } from '../contracts/operations.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { RateLimiter, RequestCount } from '../repositories.ts';

export interface RequestLimits {
  /** Of those without a principal. @throws AppError RATE_LIMITED. */
  limitAddress(address: string, limit: RateLimitName): Promise<void>;
  /** Overall, by the operation's own limit, and by the anonymous visitor's. @throws AppError RATE_LIMITED. */
  limitPrincipal(principal: Principal, limit: RateLimitName): Promise<void>;
}

interface Limit {
  key: string;
  most: number;
  window: 'minute' | 'day';
}

const WINDOW_SECONDS = { minute: 60, day: 86_400 } as const;
/** Longer waits are asked for again after an hour: part of a day's count may have run out by then. */
const LONGEST_WAIT_SECONDS = 3600;
/** A flood costs no more than one count in this time. */
const REFUSED_FROM_MEMORY_SECONDS = 60;
const MOST_REMEMBERED = 10_000;

/** No address and no user id stands in the database. */
const keyOf = (kind: 'address' | 'uid', who: string, name: RateLimitName): string =>
  `${sha256Hex(`${kind}:${who}`).slice(0, 32)}-${name}`;

/** One household has 2^64 addresses of version 6: all of them count as one. */
const networkOf = (address: string): string => {
  const lower = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  if (!lower.includes(':')) return lower;
  const [head = '', tail = ''] = lower.split('::');
  const groups = head === '' ? [] : head.split(':');
  const following = tail === '' ? [] : tail.split(':');
  const zeros = lower.includes('::') ? Math.max(0, 8 - groups.length - following.length) : 0;
  const all = [...groups, ...Array<string>(zeros).fill('0'), ...following];
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
};

const limitsOf = (kind: 'address' | 'uid', who: string, name: RateLimitName): Limit[] => {
  const { perMinute, perDay }: { perMinute: number; perDay?: number } = RATE_LIMITS[name];
  const key = keyOf(kind, who, name);
  const perDayLimit: Limit[] = perDay === undefined ? [] : [{ key: `${key}-day`, most: perDay, window: 'day' }];
  return [...perDayLimit, { key, most: perMinute, window: 'minute' }];
};

/** The window that slides: all of this one, and of the one before it the part that has not run out yet. */
const slidingCount = ({ current, previous }: RequestCount, passed: number): number => current + previous * (1 - passed);

/** A refused request counts as well: whoever came back for one at a time would be refused every other time. */
const SHARE_TO_WAIT_FOR = 1 / 4;

/** Until some requests have room again. `passed`: of the present window, from 0 to 1. */
const windowsUntilRoom = ({ current, previous }: RequestCount, most: number, passed: number): number => {
  const room = most - Math.ceil(most * SHARE_TO_WAIT_FOR);
  const inThisWindow = previous === 0 ? Number.POSITIVE_INFINITY : 1 - (room - current) / previous;
  if (inThisWindow <= 1) return Math.max(0, inThisWindow - passed);
  return 1 - passed + Math.max(0, 1 - room / current);
};

interface Refusal {
  /** Until then nothing is counted, in ms. */
  refusedUntil: number;
  /** When there is room again, in ms. */
  roomAt: number;
}

export const createRequestLimits = (deps: { rateLimiter: RateLimiter; clock: Clock }): RequestLimits => {
  /** By key, in order of entry, so the oldest falls out first. */
  const refusals = new Map<string, Refusal>();

  const refuse = (limit: Limit, roomAt: number, now: Date): never => {
    const seconds = Math.ceil((roomAt - now.getTime()) / 1000);
    const retryAfterSeconds = Math.max(1, Math.min(seconds, LONGEST_WAIT_SECONDS));
    throw new AppError('RATE_LIMITED', { limit: limit.most, window: limit.window, retryAfterSeconds });
  };

  const remember = (limit: Limit, roomAt: number, now: Date): void => {
    const refusedUntil = Math.min(roomAt, now.getTime() + REFUSED_FROM_MEMORY_SECONDS * 1000);
    refusals.delete(limit.key);
    refusals.set(limit.key, { refusedUntil, roomAt });
    const oldest = refusals.keys().next().value;
    if (refusals.size > MOST_REMEMBERED && oldest !== undefined) refusals.delete(oldest);
  };

  const count = async (limit: Limit, now: Date): Promise<{ limit: Limit; roomAt: number | null }> => {
    const windowSeconds = WINDOW_SECONDS[limit.window];
    const counted = await deps.rateLimiter.count(limit.key, windowSeconds, now);
    const passed = ((now.getTime() / 1000) % windowSeconds) / windowSeconds;
    if (slidingCount(counted, passed) <= limit.most) return { limit, roomAt: null };
    const wait = windowsUntilRoom(counted, limit.most, passed) * windowSeconds;
    return { limit, roomAt: now.getTime() + wait * 1000 };
  };

  const check = async (limits: readonly Limit[]): Promise<void> => {
    const now = deps.clock.now();
    for (const limit of limits) {
      const known = refusals.get(limit.key);
      if (known && known.refusedUntil > now.getTime()) refuse(limit, known.roomAt, now);
    }
    const counts = await Promise.all(limits.map((limit) => count(limit, now)));
    for (const { limit, roomAt } of counts) {
      if (roomAt === null) continue;
      remember(limit, roomAt, now);
      refuse(limit, roomAt, now);
    }
  };

  return {
    limitAddress: (address, limit) => check(limitsOf('address', networkOf(address), limit)),
    limitPrincipal: ({ uid, anonymous }, limit) => {
      const names: RateLimitName[] = [...(anonymous ? (['anonymous'] as const) : []), limit, 'overall'];
      return check(names.flatMap((name) => limitsOf('uid', uid, name)));
    },
  };
};
