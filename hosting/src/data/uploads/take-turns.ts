/** At most `most` pieces of work at once; the others wait in the order in which they came. */
export const createTurns = (most: number) => {
  let free = most;
  const waiting: (() => void)[] = [];
  const take = (): Promise<void> | void => {
    if (free === 0) return new Promise((resolve) => waiting.push(resolve));
    free -= 1;
  };
  const give = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return async <T>(work: () => Promise<T>): Promise<T> => {
    await take();
    try {
      return await work();
    } finally {
      give();
    }
  };
};
