import { expect, test } from '@jest/globals';
import { allOf, type Listen, type Live } from '../../../../hosting/src/data/live-value.ts';

/** A value of which the test says when it comes. */
const heldBack = () => {
  let tellNow: (value: Live<string | null>) => void = () => undefined;
  let isStopped = false;
  const listen: Listen<string | null> = (tell) => {
    tellNow = tell;
    return () => {
      isStopped = true;
    };
  };
  return { listen, tell: (value: Live<string | null>) => tellNow(value), isStopped: () => isStopped };
};
const ready = (value: string | null, isStale = false): Live<string | null> => ({ state: 'ready', value, isStale });

test('several values are one, in their order, as soon as the first is known; it is stale while one of them is', () => {
  const [a, b] = [heldBack(), heldBack()];
  const told: Live<(string | null)[]>[] = [];
  const stop = allOf([a.listen, b.listen])((value) => told.push(value));
  b.tell(ready('b', true));
  a.tell({ state: 'loading' });
  a.tell(ready('a'));
  b.tell(ready('b'));
  expect(told).toEqual([
    { state: 'ready', value: [null, 'b'], isStale: true },
    { state: 'ready', value: ['a', 'b'], isStale: true },
    { state: 'ready', value: ['a', 'b'], isStale: false },
  ]);
  stop();
  expect([a.isStopped(), b.isStopped()]).toEqual([true, true]);
});

test('one that cannot be listened to stays unknown, and the others come', () => {
  const [a, b] = [heldBack(), heldBack()];
  const told: Live<(string | null)[]>[] = [];
  allOf([a.listen, b.listen])((value) => told.push(value));
  a.tell({ state: 'failed', problem: { kind: 'notHere', message: 'gone', reason: 'NOT_HERE' } });
  b.tell(ready('b'));
  expect(told.at(-1)).toEqual({ state: 'ready', value: [null, 'b'], isStale: false });
});
