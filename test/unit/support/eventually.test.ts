import { expect, test } from '@jest/globals';
import { eventually, lastingFaults, settled } from '../../support/eventually.ts';

const SHORT_MS = 50;

/** Answers one value after the other, and the last one from then on. */
const inTurn = <T>(...values: [T, ...T[]]): (() => Promise<T>) => {
  const waiting = [...values];
  return async () => (waiting.length > 1 ? waiting.shift() : waiting[0]) as T;
};

test('An assertion that comes to hold passes, with what it answers', async () => {
  const look = inTurn(1, 2, 3);
  const rows = await eventually(async () => {
    const seen = await look();
    expect(seen).toBe(3);
    return seen;
  });
  expect(rows).toBe(3);
});

test('An assertion that never holds fails with its last failure, and not before three looks however long each takes', async () => {
  let looks = 0;
  const never = async (): Promise<void> => {
    looks += 1;
    await new Promise((resolve) => setTimeout(resolve, 2 * SHORT_MS));
    throw new Error(`look ${looks}`);
  };
  await expect(eventually(never, SHORT_MS)).rejects.toThrow('look 3');
});

test('What changes is taken as it is when two looks see the same', async () => {
  expect(await settled(inTurn(['a'], ['a', 'b'], ['a', 'b', 'c'], ['a', 'b', 'c']))).toEqual(['a', 'b', 'c']);
});

test('Faults that pass are none, and those that stay are told', async () => {
  expect(await lastingFaults(inTurn(['too wide'], []), SHORT_MS)).toEqual([]);
  expect(await lastingFaults(inTurn(['too wide', 'no name'], ['no name']), SHORT_MS)).toEqual(['no name']);
});
