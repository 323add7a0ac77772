import { expect, test } from '@jest/globals';
import type { RunWindow } from '../../../../../functions/src/contracts/run.ts';
import { groupWindows, MOST_CELLS } from '../../../../../hosting/src/views/run/window-cells.ts';

type State = RunWindow['state'];
const documents = [
  { documentId: 'a', fileName: 'a.pdf' },
  { documentId: 'b', fileName: 'b.pdf' },
];
const windowsOf = (states: readonly State[], documentOf: (ordinal: number) => string = () => 'a') =>
  states.map((state, ordinal) => ({
    documentId: documentOf(ordinal),
    ordinal,
    state,
    ...(state === 'done' ? { findings: ordinal } : {}),
  }));

test('a small run has one cell for each window, by document and numbered through the run', () => {
  const windows = windowsOf(['done', 'failed', 'working'], (ordinal) => (ordinal === 2 ? 'b' : 'a'));
  expect(groupWindows(windows, documents)).toEqual([
    {
      documentId: 'a',
      fileName: 'a.pdf',
      planned: 2,
      done: 1,
      failed: 1,
      cells: [
        { first: 1, last: 1, state: 'done', done: 1, failed: 0, found: 0 },
        { first: 2, last: 2, state: 'failed', done: 0, failed: 1, found: undefined },
      ],
    },
    {
      documentId: 'b',
      fileName: 'b.pdf',
      planned: 1,
      done: 0,
      failed: 0,
      cells: [{ first: 3, last: 3, state: 'working', done: 0, failed: 0, found: undefined }],
    },
  ]);
});

test('2,000 windows take no more cells than are drawn, and every window is in one of them', () => {
  const [group] = groupWindows(windowsOf(Array.from({ length: 2000 }, () => 'done' as const)), documents);
  expect(group?.cells).toHaveLength(MOST_CELLS);
  expect(group?.cells.reduce((sum, { first, last }) => sum + last - first + 1, 0)).toBe(2000);
  expect(group?.cells.every(({ first }, at, all) => at === 0 || first === (all[at - 1]?.last ?? 0) + 1)).toBe(true);
});

test('one failed window among neighbours that are drawn together is seen', () => {
  const states = Array.from({ length: 2000 }, (_, ordinal): State => (ordinal === 777 ? 'failed' : 'done'));
  const [group] = groupWindows(windowsOf(states), documents);
  expect(group?.cells.filter(({ state }) => state === 'failed')).toEqual([
    { first: 776, last: 780, state: 'failed', done: 4, failed: 1, found: undefined },
  ]);
});

test('neighbours of which some are done and some wait are being read', () => {
  const states = Array.from({ length: 800 }, (_, ordinal): State => (ordinal % 2 === 0 ? 'done' : 'queued'));
  expect(groupWindows(windowsOf(states), documents)[0]?.cells[0]?.state).toBe('working');
});

test('a run without windows has no groups', () => {
  expect(groupWindows([], documents)).toEqual([]);
});
