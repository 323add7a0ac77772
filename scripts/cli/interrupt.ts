/** Ctrl-C as an error, so that every `finally` on the way out tidies up. */

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
