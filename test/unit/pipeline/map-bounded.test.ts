import { describe, expect, test } from '@jest/globals';
import { mapBounded } from '../../../functions/src/pipeline/map-bounded.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('bounded work', () => {
  test('keeps the order of the items, and never does more at once than allowed', async () => {
    let running = 0;
    let most = 0;
    const results = await mapBounded([3, 1, 2, 5, 4], 2, async (turns, index) => {
      running += 1;
      most = Math.max(most, running);
      for (let count = 0; count < turns; count++) await turn();
      running -= 1;
      return `${index}:${turns}`;
    });
    expect(results).toEqual(['0:3', '1:1', '2:2', '3:5', '4:4']);
    expect(most).toBe(2);
  });

  test('begins nothing new after an error', async () => {
    const begun: number[] = [];
    const work = mapBounded([0, 1, 2, 3, 4, 5], 2, async (item) => {
      begun.push(item);
      await turn();
      if (item === 1) throw new Error('one failed');
      await turn();
    });
    await expect(work).rejects.toThrow('one failed');
    for (let count = 0; count < 10; count++) await turn();
    expect(begun).toEqual([0, 1]);
  });

  test('of nothing is nothing', async () => {
    await expect(mapBounded([], 4, async () => 1)).resolves.toEqual([]);
  });
});
