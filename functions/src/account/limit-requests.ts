/** How often who may ask. Counted for all instances together; who is over a limit is refused from memory for a while. */
import { sha256Hex } from '../analyze/source-ref.ts';
import type { Principal } from '../contracts/account.ts';
import { RATE_LIMITS, type RateLimitName } from '../contracts/operations.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { RateLimiter } from '../repositories.ts';

export interface RequestLimits {
  /** Of those without a principal. @throws AppError RATE_LIMITED. */
  limitAddress(address: string): Promise<void>;
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

const secondsLeft = ({ window }: Limit, now: Date): number => {
  const seconds = WINDOW_SECONDS[window];
  const passed = (now.getTime() / 1000) % seconds;
  return Math.max(1, Math.min(Math.ceil(seconds - passed), LONGEST_WAIT_SECONDS));
};

export const createRequestLimits = (deps: { rateLimiter: RateLimiter; clock: Clock }): RequestLimits => {
  /** Key to the time, in ms, until which it is over its limit. In order of entry, so the oldest falls out first. */
  const refusedUntil = new Map<string, number>();

  const refuse = (limit: Limit, now: Date): never => {
    const retryAfterSeconds = secondsLeft(limit, now);
    throw new AppError('RATE_LIMITED', { limit: limit.most, window: limit.window, retryAfterSeconds });
  };

  const remember = (limit: Limit, now: Date): void => {
    const seconds = Math.min(secondsLeft(limit, now), REFUSED_FROM_MEMORY_SECONDS);
    refusedUntil.delete(limit.key);
    refusedUntil.set(limit.key, now.getTime() + seconds * 1000);
    const oldest = refusedUntil.keys().next().value;
    if (refusedUntil.size > MOST_REMEMBERED && oldest !== undefined) refusedUntil.delete(oldest);
  };

  const check = async (limits: readonly Limit[]): Promise<void> => {
    const now = deps.clock.now();
    const known = limits.find(({ key }) => (refusedUntil.get(key) ?? 0) > now.getTime());
    if (known) refuse(known, now);
    const counts = await Promise.all(
      limits.map(({ key, window }) => deps.rateLimiter.count(key, WINDOW_SECONDS[window], now)),
    );
    const over = limits.find(({ most }, index) => (counts[index] ?? 0) > most);
    if (over) {
      remember(over, now);
      refuse(over, now);
    }
  };

  return {
    limitAddress: (address) => check(limitsOf('address', networkOf(address), 'public')),
    limitPrincipal: ({ uid, anonymous }, limit) => {
      const names: RateLimitName[] = [...(anonymous ? (['anonymous'] as const) : []), limit, 'overall'];
      return check(names.flatMap((name) => limitsOf('uid', uid, name)));
    },
  };
};
