/** How many requests a service takes at a time: its instances times what one of them takes. The rest waits, but not for long. */

export interface SlotLimits {
  concurrency: number;
  instances: number;
  /** https://cloud.google.com/run/docs/about-instance-autoscaling */
  waitMs: number;
}

export interface InstanceSlots {
  /** Resolves to what gives the slot back, or to null when none became free in time or the caller left. */
  take(gone: AbortSignal): Promise<(() => void) | null>;
}

export const createInstanceSlots = ({ concurrency, instances, waitMs }: SlotLimits): InstanceSlots => {
  const most = concurrency * instances;
  const waiting: ((free: boolean) => void)[] = [];
  let taken = 0;

  const giveBack = (): void => {
    const next = waiting.shift();
    if (next) next(true);
    else taken -= 1;
  };
  const once = (action: () => void): (() => void) => {
    let done = false;
    return () => {
      if (!done) action();
      done = true;
    };
  };

  return {
    async take(gone) {
      if (taken < most) {
        taken += 1;
        return once(giveBack);
      }
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const leave = (): void => {
        const place = waiting.indexOf(resolve);
        if (place >= 0) waiting.splice(place, 1);
        resolve(false);
      };
      waiting.push(resolve);
      const timer = setTimeout(leave, waitMs);
      gone.addEventListener('abort', leave, { once: true });
      const free = await promise;
      clearTimeout(timer);
      gone.removeEventListener('abort', leave);
      return free ? once(giveBack) : null;
    },
  };
};
