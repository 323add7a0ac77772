/** Trouble at named moments: when the functions ask Cloud Storage for something, their process dies, or the answer takes very long. */
import type { CloudStorageOptions } from '../../scripts/local-cloud/cloud-storage/index.ts';
import type { Containers } from '../../scripts/local-cloud/functions-host/containers.ts';

type StorageRequest = Parameters<NonNullable<CloudStorageOptions['fault']>>[0];

export interface Moment {
  name: string;
  when: (request: StorageRequest) => boolean;
}

export interface StorageMoments {
  /** For Cloud Storage's faults. */
  onRequest(request: StorageRequest): Promise<undefined> | undefined;
  /** At each moment, in this order, once: what is asked for may still be done, and nobody hears of it. */
  killAt(containers: Pick<Containers, 'kill'>, moments: readonly Moment[]): void;
  /** At each moment, in this order, once: the request waits for `release`. */
  holdAt(moments: readonly Moment[]): void;
  release(): void;
  /** Names of the moments that came, since the last were set. */
  struck(): readonly string[];
  isRestarting(): boolean;
  /** Resolves when the process that took the place of the last one is up. */
  restarted(): Promise<void>;
}

/** By its name; a write has it in the query, a read in the path. */
export const writes =
  (end: string, part = ''): Moment['when'] =>
  ({ method, query }) => {
    const name = query.get('name') ?? '';
    return method === 'POST' && name.endsWith(end) && name.includes(part);
  };
export const reads =
  (end: string, part = ''): Moment['when'] =>
  ({ method, path }) => {
    const name = decodeURIComponent(path);
    return method === 'GET' && name.endsWith(end) && name.includes(part);
  };

export const createStorageMoments = (): StorageMoments => {
  let waiting: readonly Moment[] = [];
  let strike = (): Promise<undefined> | undefined => undefined;
  let restart: Promise<void> | null = null;
  let released = Promise.withResolvers<undefined>();
  let struck: string[] = [];
  const set = (moments: readonly Moment[], does: typeof strike): void => {
    waiting = moments;
    strike = does;
    struck = [];
  };
  return {
    onRequest(request) {
      const [next, ...later] = waiting;
      if (restart !== null || !next?.when(request)) return undefined;
      waiting = later;
      struck.push(next.name);
      return strike();
    },
    killAt(containers, moments) {
      set(moments, () => {
        restart = containers.kill().finally(() => {
          restart = null;
        });
        return undefined;
      });
    },
    holdAt(moments) {
      released = Promise.withResolvers();
      set(moments, () => released.promise);
    },
    release: () => released.resolve(undefined),
    struck: () => struck,
    isRestarting: () => restart !== null,
    async restarted() {
      await restart;
    },
  };
};
