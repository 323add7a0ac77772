/** A clock that stands still until it is told to go on. */
import type { Clock } from '../../../../scripts/local-cloud/cloud-tasks/clock.ts';

export interface ManualClock extends Clock {
  /** Runs what falls due on the way, each at its time, and lets promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Timers that wait. */
  pending(): number;
}

/** Longer than any chain of promises between two timers. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

export const createManualClock = (startMs = Date.parse('2026-01-05T12:00:00Z')): ManualClock => {
  let nowMs = startMs;
  const timers = new Set<{ atMs: number; action: () => void }>();
  return {
    now: () => nowMs,
    after(delayMs, action) {
      const timer = { atMs: nowMs + Math.max(0, delayMs), action };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pending: () => timers.size,
    async advance(ms) {
      const endMs = nowMs + ms;
      await settle();
      for (;;) {
        const [next] = [...timers].filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs);
        if (!next) break;
        timers.delete(next);
        nowMs = Math.max(nowMs, next.atMs);
        next.action();
        await settle();
      }
      nowMs = endMs;
      await settle();
    },
  };
};
