import { describe, expect, test } from '@jest/globals';
import {
  attemptsUsedUp,
  createCongestion,
  createTokenBucket,
  retryDelayMs,
} from '../../../../scripts/local-cloud/cloud-tasks/pacing.ts';
import { queueSettings } from '../../../../scripts/local-cloud/cloud-tasks/queue-settings.ts';

const retryOf = (retryConfig: Parameters<typeof queueSettings>[1]['retryConfig']) =>
  queueSettings('q', { retryConfig }).retryConfig;

describe('retry delays', () => {
  test('They are those of the example in the documentation: 10 s, 300 s, three doublings', () => {
    const retry = retryOf({ minBackoffSeconds: 10, maxBackoffSeconds: 300, maxDoublings: 3 });
    const seconds = [1, 2, 3, 4, 5, 6, 7, 8].map((failures) => retryDelayMs(failures, retry) / 1000);
    expect(seconds).toEqual([10, 20, 40, 80, 160, 240, 300, 300]);
  });

  test('Without doublings they grow by the first delay', () => {
    const retry = retryOf({ minBackoffSeconds: 5, maxBackoffSeconds: 18, maxDoublings: 0 });
    expect([1, 2, 3, 4].map((failures) => retryDelayMs(failures, retry) / 1000)).toEqual([5, 10, 15, 18]);
  });
});

describe('the end of the attempts', () => {
  const failedOnce = { dispatchCount: 1, firstDispatchedMs: 0 };

  test('It comes with the last attempt when no duration is set', () => {
    expect(attemptsUsedUp(failedOnce, 0, retryOf({ maxAttempts: 1 }))).toBe(true);
    expect(attemptsUsedUp(failedOnce, 0, retryOf({ maxAttempts: 2 }))).toBe(false);
    expect(attemptsUsedUp({ ...failedOnce, dispatchCount: 9999 }, 0, retryOf({ maxAttempts: -1 }))).toBe(false);
  });

  test('With a duration it comes when attempts and duration are both used up', () => {
    const retry = retryOf({ maxAttempts: 1, maxRetryDurationSeconds: 10 });
    expect(attemptsUsedUp(failedOnce, 9_999, retry)).toBe(false);
    expect(attemptsUsedUp(failedOnce, 10_000, retry)).toBe(true);
    expect(attemptsUsedUp(failedOnce, 10_000, { ...retry, maxAttempts: 2 })).toBe(false);
    expect(attemptsUsedUp(failedOnce, 10_000, { ...retry, maxAttempts: -1 })).toBe(true);
  });
});

test('A token bucket lets the burst through and then keeps the rate', () => {
  const bucket = createTokenBucket({ maxDispatchesPerSecond: 4, maxBurstSize: 2, maxConcurrentDispatches: 9 }, 0);
  bucket.take(0);
  bucket.take(0);
  expect(bucket.waitMs(0)).toBe(250);
  expect(bucket.waitMs(250)).toBe(0);
  bucket.take(250);
  expect(bucket.waitMs(250)).toBe(250);
  bucket.take(10_000);
  bucket.take(10_000);
  expect(bucket.waitMs(10_000)).toBe(250);
});

describe('congestion', () => {
  test('Each overload stops the queue for twice as long, and one success takes one step back', () => {
    const congestion = createCongestion();
    congestion.overloaded(0, 0);
    expect([congestion.waitMs(0), congestion.concurrency(9)]).toEqual([1000, 1]);
    congestion.overloaded(1000, 0);
    expect(congestion.waitMs(1000)).toBe(2000);
    congestion.succeeded();
    expect(congestion.concurrency(9)).toBe(1);
    congestion.succeeded();
    expect(congestion.concurrency(9)).toBe(9);
  });

  test('Many answers of one overload count once, and Retry-After is kept', () => {
    const congestion = createCongestion();
    for (let n = 0; n < 20; n += 1) congestion.overloaded(0, 0);
    expect(congestion.waitMs(0)).toBe(1000);
    congestion.overloaded(0, 7000);
    expect(congestion.waitMs(0)).toBe(7000);
  });
});

test.each([
  ['q', { rateLimits: { maxDispatchesPerSecond: 501 } }],
  ['q', { rateLimits: { maxDispatchesPerSecond: 0 } }],
  ['q', { rateLimits: { maxConcurrentDispatches: 5001 } }],
  ['q', { retryConfig: { maxAttempts: 0 } }],
  ['q', { retryConfig: { minBackoffSeconds: 5, maxBackoffSeconds: 4 } }],
  ['q', { retryConfig: { maxDoublings: 1.5 } }],
  ['q', { retryConfig: { maxRetryDurationSeconds: -1 } }],
  ['under_score', {}],
])('Settings that Cloud Tasks would refuse are refused: %s %j', (queueId, options) => {
  expect(() => queueSettings(queueId, options)).toThrow(queueId);
});
