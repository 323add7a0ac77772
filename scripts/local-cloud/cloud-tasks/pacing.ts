/** When a queue may send: its rate, its retries, and how it slows down before an overloaded worker. */
import type { QueueSettings } from './queue-settings.ts';

/**
 * How long after its `failures`-th failure (from 1) a task waits: minBackoff, doubled maxDoublings times, then growing by
 * the last step, never above maxBackoff. With 10 s, 300 s and 3 doublings: 10, 20, 40, 80, 160, 240, 300, 300.
 */
export const retryDelayMs = (failures: number, retry: QueueSettings['retryConfig']): number => {
  const doublings = Math.min(failures - 1, retry.maxDoublings);
  const doubledSeconds = retry.minBackoffSeconds * 2 ** doublings;
  const linearSteps = failures - 1 - doublings;
  return Math.min(doubledSeconds * (1 + linearSteps), retry.maxBackoffSeconds) * 1000;
};

/** True when a task that failed now gets no further attempt. */
export const attemptsUsedUp = (
  { dispatchCount, firstDispatchedMs }: { dispatchCount: number; firstDispatchedMs: number | null },
  nowMs: number,
  { maxAttempts, maxRetryDurationSeconds }: QueueSettings['retryConfig'],
): boolean => {
  const countReached = maxAttempts !== -1 && dispatchCount >= maxAttempts;
  if (maxRetryDurationSeconds === 0) return countReached;
  const ageReached = nowMs - (firstDispatchedMs ?? nowMs) >= maxRetryDurationSeconds * 1000;
  return ageReached && (maxAttempts === -1 || countReached);
};

/** Absorbs the rounding of refills, so that a wait that has passed is not followed by another of a fraction. */
const ALMOST_NOTHING = 1e-6;

export interface TokenBucket {
  /** 0: one may be sent now. */
  waitMs(nowMs: number): number;
  take(nowMs: number): void;
}

export const createTokenBucket = (limits: QueueSettings['rateLimits'], startMs: number): TokenBucket => {
  const tokensPerMs = limits.maxDispatchesPerSecond / 1000;
  let tokens = limits.maxBurstSize;
  let filledMs = startMs;
  const refill = (nowMs: number): void => {
    tokens = Math.min(limits.maxBurstSize, tokens + Math.max(0, nowMs - filledMs) * tokensPerMs);
    filledMs = nowMs;
  };
  return {
    waitMs(nowMs) {
      refill(nowMs);
      return tokens >= 1 - ALMOST_NOTHING ? 0 : (1 - tokens) / tokensPerMs;
    },
    take(nowMs) {
      refill(nowMs);
      tokens -= 1;
    },
  };
};

const FIRST_STOP_MS = 1000;
const MOST_LEVELS = 6;

/**
 * 429 and 503 slow the whole queue, not the one task. Google does not say by how much; here the queue stops for 1, 2, 4 …
 * 32 s (or as long as Retry-After says) and goes on one at a time until as many attempts have succeeded.
 */
export interface Congestion {
  overloaded(nowMs: number, retryAfterMs: number): void;
  succeeded(): void;
  waitMs(nowMs: number): number;
  concurrency(configured: number): number;
}

export const createCongestion = (): Congestion => {
  let level = 0;
  let stoppedUntilMs = 0;
  return {
    overloaded(nowMs, retryAfterMs) {
      const alreadyStopped = nowMs < stoppedUntilMs;
      // Twenty answers of one overload are one overload.
      if (!alreadyStopped) level = Math.min(level + 1, MOST_LEVELS);
      const stopMs = alreadyStopped ? 0 : FIRST_STOP_MS * 2 ** (level - 1);
      stoppedUntilMs = Math.max(stoppedUntilMs, nowMs + Math.max(stopMs, retryAfterMs));
    },
    succeeded() {
      level = Math.max(0, level - 1);
    },
    waitMs: (nowMs) => Math.max(0, stoppedUntilMs - nowMs),
    concurrency: (configured) => (level > 0 ? 1 : configured),
  };
};
