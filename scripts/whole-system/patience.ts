/** Waiting as a well-behaved client does: asking less and less often, and not before the service says. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, type CallOptions, type Client } from '../../functions/src/contracts/client.ts';
import { OPERATIONS, type OperationName } from '../../functions/src/contracts/operations.ts';

export interface Wait {
  operation: OperationName;
  seconds: number;
  refusal: ApiError;
}

/** Short work is seen soon; long work is not asked about more often than an anonymous visitor may. */
const POLLS_SECONDS = [0.2, 0.3, 0.5, 0.5, 1, 1, 1.5, 2];
const MOST_REFUSALS = 10;
const UNANSWERED_SECONDS = 1;

/** Calls `look` until it answers something. */
export const poll = async <T>(signal: AbortSignal, look: () => Promise<T | null>): Promise<T> => {
  for (let asked = 0; ; asked += 1) {
    const seen = await look();
    if (seen !== null) return seen;
    const seconds = POLLS_SECONDS[Math.min(asked, POLLS_SECONDS.length - 1)] ?? 1;
    await sleep(seconds * 1000, undefined, { signal });
  }
};

/** Null: asking again would not help, or might do a thing twice. */
const secondsToWait = (operation: OperationName, thrown: unknown): number | null => {
  if (!(thrown instanceof ApiError)) return null;
  const isUnansweredRead = thrown.reason === 'NO_ANSWER' && OPERATIONS[operation].rest.method === 'get';
  return isUnansweredRead ? UNANSWERED_SECONDS : thrown.retryAfterSeconds;
};

/** A client that waits when the service says for how long, and asks again. `onWait` is told once for all calls that wait. */
export const patientClient = (client: Client, onWait: (wait: Wait) => void = () => undefined): Client => {
  /** In ms since the epoch: what one call was refused, the others do not ask for in the meantime. */
  const closedUntilMs = new Map<OperationName, number>();

  const close = (operation: OperationName, seconds: number, refusal: ApiError): void => {
    const now = Date.now();
    if ((closedUntilMs.get(operation) ?? 0) > now) return;
    closedUntilMs.set(operation, now + seconds * 1000);
    onWait({ operation, seconds, refusal });
  };

  const whenOpen = async (operation: OperationName, signal: AbortSignal | undefined): Promise<void> => {
    const waitMs = (closedUntilMs.get(operation) ?? 0) - Date.now();
    if (waitMs > 0) await sleep(waitMs, undefined, signal && { signal });
  };

  const patient = async (
    operation: OperationName,
    call: () => Promise<unknown>,
    signal: AbortSignal | undefined,
  ): Promise<unknown> => {
    for (let refusals = 0; ; refusals += 1) {
      await whenOpen(operation, signal);
      try {
        return await call();
      } catch (thrown) {
        const seconds = secondsToWait(operation, thrown);
        if (seconds === null || refusals >= MOST_REFUSALS) throw thrown;
        close(operation, seconds, thrown as ApiError);
      }
    }
  };

  return Object.fromEntries(
    Object.entries(client).map(([name, method]) => [
      name,
      (input: never, options?: CallOptions) =>
        patient(name as OperationName, () => method(input, options), options?.signal),
    ]),
  ) as Client;
};
