/** The settings of a queue: Google's defaults, and its limits (cloud.google.com/tasks/docs/reference/rpc, Queue). */

interface RateLimits {
  /** At most 500. */
  maxDispatchesPerSecond: number;
  /** At most 5,000. */
  maxConcurrentDispatches: number;
}

interface RetryConfig {
  /** -1: no limit. */
  maxAttempts: number;
  /** From the first attempt; 0: no limit. With both limits set, a task ends when both are reached. */
  maxRetryDurationSeconds: number;
  minBackoffSeconds: number;
  maxBackoffSeconds: number;
  maxDoublings: number;
}

/** What a caller gives; the rest is Google's default. */
export interface QueueOptions {
  rateLimits?: Partial<RateLimits>;
  retryConfig?: Partial<RetryConfig>;
}

export interface QueueSettings {
  rateLimits: RateLimits & { maxBurstSize: number };
  retryConfig: RetryConfig;
}

const problemWith = ({ rateLimits, retryConfig }: QueueSettings): string | null => {
  const { maxDispatchesPerSecond: rate, maxConcurrentDispatches: concurrent } = rateLimits;
  const { maxAttempts, minBackoffSeconds, maxBackoffSeconds, maxDoublings, maxRetryDurationSeconds } = retryConfig;
  if (!(rate > 0 && rate <= 500)) return 'maxDispatchesPerSecond must be above 0 and at most 500';
  if (!(Number.isInteger(concurrent) && concurrent >= 1 && concurrent <= 5000)) {
    return 'maxConcurrentDispatches must be a whole number from 1 to 5000';
  }
  if (!(Number.isInteger(maxAttempts) && (maxAttempts === -1 || maxAttempts >= 1))) {
    return 'maxAttempts must be -1 or at least 1';
  }
  if (!(minBackoffSeconds >= 0 && maxBackoffSeconds >= minBackoffSeconds)) {
    return 'minBackoffSeconds must be from 0 to maxBackoffSeconds';
  }
  if (!(Number.isInteger(maxDoublings) && maxDoublings >= 0)) return 'maxDoublings must be a whole number from 0';
  return maxRetryDurationSeconds >= 0 ? null : 'maxRetryDurationSeconds must not be negative';
};

/** @throws Error when a setting is outside what Cloud Tasks takes. */
export const queueSettings = (queueId: string, options: QueueOptions): QueueSettings => {
  if (!/^[A-Za-z0-9-]{1,100}$/.test(queueId)) throw new Error(`queue ${queueId}: letters, digits and hyphens only`);
  const rateLimits = { maxDispatchesPerSecond: 500, maxConcurrentDispatches: 1000, ...options.rateLimits };
  const settings: QueueSettings = {
    // Cloud Tasks picks the burst from the rate; queues of 500/s show 100, slow ones 10.
    rateLimits: { ...rateLimits, maxBurstSize: Math.max(10, Math.floor(rateLimits.maxDispatchesPerSecond / 5)) },
    retryConfig: {
      maxAttempts: 100,
      maxRetryDurationSeconds: 0,
      minBackoffSeconds: 0.1,
      maxBackoffSeconds: 3600,
      maxDoublings: 16,
      ...options.retryConfig,
    },
  };
  const problem = problemWith(settings);
  if (problem) throw new Error(`queue ${queueId}: ${problem}`);
  return settings;
};
