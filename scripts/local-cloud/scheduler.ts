/** Cloud Scheduler: calls a service every so often, in the name of its service account. */

export interface ScheduledCall {
  /** Also the audience of the token. */
  url: string;
  everySeconds: number;
  mintToken(audience: string): string;
}

export interface Scheduler {
  /** The status that was answered; null when nothing did. */
  callNow(): Promise<number | null>;
  close(): Promise<void>;
}

export const startScheduler = ({ url, everySeconds, mintToken }: ScheduledCall): Scheduler => {
  const stop = new AbortController();
  const running = new Set<Promise<unknown>>();
  const call = async (): Promise<number | null> => {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${mintToken(url)}`, 'user-agent': 'Google-Cloud-Scheduler' },
        signal: stop.signal,
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return null;
    }
  };
  const callNow = (): Promise<number | null> => {
    const answered = call().finally(() => running.delete(answered));
    running.add(answered);
    return answered;
  };
  const timer = setInterval(callNow, everySeconds * 1000);
  return {
    callNow,
    async close() {
      clearInterval(timer);
      stop.abort();
      await Promise.all(running);
    },
  };
};
