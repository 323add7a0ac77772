/** Waiting as a well-behaved client does: asking less and less often, and not before the service says. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, type CallOptions, type Client } from '../../functions/src/contracts/client.ts';

/** Short work is seen soon; long work is not asked about more often than an anonymous visitor may. */
const POLLS_SECONDS = [0.2, 0.3, 0.5, 0.5, 1, 1, 1.5, 2];
const MOST_REFUSALS = 10;

/** Calls `look` until it answers something. */
export const poll = async <T>(signal: AbortSignal, look: () => Promise<T | null>): Promise<T> => {
  for (let asked = 0; ; asked += 1) {
    const seen = await look();
    if (seen !== null) return seen;
    const seconds = POLLS_SECONDS[Math.min(asked, POLLS_SECONDS.length - 1)] ?? 1;
    await sleep(seconds * 1000, undefined, { signal });
  }
};

/** A client that waits when the service says for how long, and asks again. */
export const patientClient = (client: Client): Client => {
  const patient = async (call: () => Promise<unknown>, signal: AbortSignal | undefined): Promise<unknown> => {
    for (let refusals = 0; ; refusals += 1) {
      try {
        return await call();
      } catch (thrown) {
        const seconds = thrown instanceof ApiError ? thrown.retryAfterSeconds : null;
        if (seconds === null || refusals >= MOST_REFUSALS) throw thrown;
        await sleep(seconds * 1000, undefined, signal && { signal });
      }
    }
  };
  return Object.fromEntries(
    Object.entries(client).map(([name, method]) => [
      name,
      (input: never, options?: CallOptions) => patient(() => method(input, options), options?.signal),
    ]),
  ) as Client;
};
