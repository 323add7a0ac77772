/** What is said of a series of measurements. */

/** NaN for none. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
};

/** "1.23": milliseconds as seconds. */
export const seconds = (ms: number): string => (ms / 1000).toFixed(2);

/** Median and maximum in seconds. */
export const medianAndMax = (ms: readonly number[]): string[] => [seconds(median(ms)), seconds(Math.max(...ms))];
