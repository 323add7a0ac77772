/** Kills a process at any write or enqueue it makes: before it happened, or after it happened and before anybody heard of it. */
import type { PipelineDeps } from '../../functions/src/pipeline/pipeline-deps.ts';

/** A process that was killed runs no catch that matters: whoever drives the steps treats this as silence. */
export class ProcessKilled extends Error {
  constructor() {
    super('the process was killed');
    this.name = 'ProcessKilled';
  }
}

export interface FaultPoint {
  /** Which effect of the whole story, from 0. */
  effect: number;
  when: 'before' | 'after';
}

export interface FaultHarness {
  /** The dependencies as one process sees them: after its kill, nothing it tries happens any more. */
  process(): PipelineDeps;
  /** Names of the effects so far, in order: "conversions.update", "queue.enqueue". */
  effects(): readonly string[];
  /** Whether every fault of the plan has struck. */
  hasStruck(): boolean;
}

const EFFECTS = {
  conversions: ['create', 'update', 'remove', 'createShards', 'updateShard'],
  runs: ['create', 'update', 'noteProgress', 'remove', 'createWindows', 'updateWindow', 'replaceRows'],
  usage: ['record'],
  objects: ['write', 'delete', 'deleteAll'],
  queue: ['enqueue'],
} as const satisfies Partial<Record<keyof PipelineDeps, readonly string[]>>;

type Method = (...parameters: unknown[]) => Promise<unknown>;

export const createFaultHarness = (deps: PipelineDeps, faults: readonly FaultPoint[]): FaultHarness => {
  const effects: string[] = [];
  let struck = 0;

  const guarded = (name: string, method: Method, life: { isOver: boolean }): Method => {
    const strike = (index: number, when: FaultPoint['when']): void => {
      if (!faults.some((fault) => fault.effect === index && fault.when === when)) return;
      struck += 1;
      life.isOver = true;
      throw new ProcessKilled();
    };
    return async (...parameters) => {
      if (life.isOver) throw new ProcessKilled();
      const index = effects.push(name) - 1;
      strike(index, 'before');
      const result = await method(...parameters);
      strike(index, 'after');
      return result;
    };
  };

  const watch = (port: keyof typeof EFFECTS, life: { isOver: boolean }): unknown => {
    const names: readonly string[] = EFFECTS[port];
    return new Proxy(deps[port] as object, {
      get(target, property) {
        const value: unknown = Reflect.get(target, property);
        if (typeof value !== 'function') return value;
        const method = value.bind(target) as Method;
        if (names.includes(String(property))) return guarded(`${port}.${String(property)}`, method, life);
        return async (...parameters: unknown[]) => {
          if (life.isOver) throw new ProcessKilled();
          return method(...parameters);
        };
      },
    });
  };

  return {
    process() {
      const life = { isOver: false };
      const watched = Object.fromEntries(
        (Object.keys(EFFECTS) as (keyof typeof EFFECTS)[]).map((port) => [port, watch(port, life)]),
      );
      return { ...deps, ...watched } as PipelineDeps;
    },
    effects: () => effects,
    hasStruck: () => struck === faults.length,
  };
};
