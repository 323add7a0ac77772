/** Ctrl-C as an error, so that every `finally` on the way out tidies up. */
import { setImmediate, setTimeout } from 'node:timers/promises';
import { debuglog } from 'node:util';

export class Interrupted extends Error {}

export const throwIfInterrupted = (signal: AbortSignal): void => {
  if (signal.aborted) throw new Interrupted();
};

/** Settles as `work` does, or rejects at once when the signal comes. */
export const untilInterrupted = async <T>(signal: AbortSignal, work: Promise<T>): Promise<T> => {
  throwIfInterrupted(signal);
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(new Interrupted());
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
};

const tellPhase = debuglog('mdraft');

/**
 * Stands before each piece of work that holds the thread: a Ctrl-C pressed during the one before is heard now. Node takes
 * signals when it polls, and it is sure to poll between a timer and an immediate; neither alone sees to that.
 * `NODE_DEBUG=mdraft` shows the phases.
 */
export const enterPhase = async (phase: string, signal: AbortSignal): Promise<void> => {
  await setTimeout(0);
  await setImmediate();
  throwIfInterrupted(signal);
  tellPhase('phase: %s', phase);
};
