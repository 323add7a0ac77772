/** Several recognisers as one. */
import type { Recogniser } from './recognise.ts';

/** A page goes to whichever has the fewest before it; so requests that send one page after another take turns, and use a core each. */
export const sharePages = (recognisers: readonly [Recogniser, ...Recogniser[]]): Recogniser => {
  const waiting = new Map(recognisers.map((recogniser) => [recogniser, 0]));
  const count = (recogniser: Recogniser): number => waiting.get(recogniser) ?? 0;
  return {
    async recognise(image, pageNumber) {
      const chosen = recognisers.reduce((best, each) => (count(each) < count(best) ? each : best));
      waiting.set(chosen, count(chosen) + 1);
      try {
        return await chosen.recognise(image, pageNumber);
      } finally {
        waiting.set(chosen, count(chosen) - 1);
      }
    },
    async close() {
      await Promise.all(recognisers.map((recogniser) => recogniser.close()));
    },
  };
};
