/** Stored objects that one process has read and parsed lately: several steps need them, one after another. */

export interface RecentLimits {
  most: number;
  /** Of stored bytes; what is parsed takes a few times as much. */
  mostBytes: number;
}

interface Entry<T> {
  value: Promise<T>;
  sizeBytes: number;
}

/** The longest unused goes first. A reading that fails is not kept. */
export class RecentObjects<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #limits: RecentLimits;

  constructor(limits: RecentLimits) {
    this.#limits = limits;
  }

  get(key: string, sizeBytes: number, read: () => Promise<T>): Promise<T> {
    const entry = this.#entries.get(key) ?? { value: read(), sizeBytes };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.value.catch(() => this.#entries.delete(key));
    this.#forget();
    return entry.value;
  }

  #forget(): void {
    const { most, mostBytes } = this.#limits;
    let bytes = [...this.#entries.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    for (const [key, { sizeBytes }] of this.#entries) {
      if (this.#entries.size <= most && bytes <= mostBytes) return;
      this.#entries.delete(key);
      bytes -= sizeBytes;
    }
  }
}

/** One for each `owner`, made when it is first asked for. */
export const recentObjectsOf = <T>(limits: RecentLimits): ((owner: object) => RecentObjects<T>) => {
  const known = new WeakMap<object, RecentObjects<T>>();
  return (owner) => {
    const recent = known.get(owner) ?? new RecentObjects<T>(limits);
    known.set(owner, recent);
    return recent;
  };
};
