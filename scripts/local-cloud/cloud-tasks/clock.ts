/** Time as the queues see it, so that a test of an hour takes no hour. */

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `action` once, not earlier than `delayMs` from now unless that is weeks away; the answer cancels it. */
  after(delayMs: number, action: () => void): () => void;
}

/** setTimeout takes a longer delay for 1 ms. Whoever waits longer looks again when woken. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, Math.min(Math.max(0, Math.ceil(delayMs)), LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};
