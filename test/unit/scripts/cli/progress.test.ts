import { expect, test } from '@jest/globals';
import { progressLine, progressOf } from '../../../../scripts/cli/progress.ts';

const state = { label: 'Reading rfp.pdf', done: 30, total: 120, unit: 'pages' };

test('The bar shows the share, the figures and what is going on', () => {
  expect(progressLine(state, 80)).toBe('Reading rfp.pdf  ██████░░░░░░░░░░░░░░░░░░  30/120 pages');
});

test('The line stays shorter than the terminal', () => {
  const long = { ...state, label: 'Reading a file with a very long name indeed, longer than most.pdf' };
  for (const columns of [20, 40, 60]) expect(progressLine(long, columns).length).toBeLessThan(columns);
});

test('Nothing is drawn into a pipe, or when told to be quiet', () => {
  const written: string[] = [];
  const stderr = { write: (text: string) => void written.push(text) };
  let clock = 0;
  const elapsedMs = () => {
    clock += 1000;
    return clock;
  };
  progressOf({ quiet: false }, { stderr, terminalColumns: null, elapsedMs }).update(state);
  progressOf({ quiet: true }, { stderr, terminalColumns: 80, elapsedMs }).update(state);
  expect(written).toEqual([]);
  const shown = progressOf({ quiet: false }, { stderr, terminalColumns: 80, elapsedMs });
  shown.update(state);
  shown.clear();
  expect(written).toHaveLength(2);
  expect(written[1]).toBe('\r\u001b[K');
});
