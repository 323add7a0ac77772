/** A small seeded generator of numbers: the same seed gives the same sequence on every machine (32-bit xorshift with a Weyl step). */
export interface SeededRandom {
  /** A whole number in [from, to]. */
  whole(from: number, to: number): number;
  pick<T>(from: readonly T[]): T;
  chance(probability: number): boolean;
}

export const createSeededRandom = (seed: number): SeededRandom => {
  let state = (seed >>> 0) ^ 0x5bd1e995 || 1;
  let weyl = 0;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    weyl = (weyl + 0x61c88647) >>> 0;
    return ((state + weyl) >>> 0) / 2 ** 32;
  };
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    whole,
    pick: (from) => {
      const picked = from[whole(0, from.length - 1)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
    chance: (probability) => next() < probability,
  };
};
