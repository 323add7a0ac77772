import { describe, expect, test } from '@jest/globals';
import { longScriptTasks, scriptTasks, type TraceEvent } from '../../support/script-tasks.ts';

const PAGE = { pid: 10, tid: 11 };
const WORKER = { pid: 10, tid: 12 };

const named = (thread: typeof PAGE, name: string): TraceEvent => ({
  ...{ ...thread, ph: 'M', ts: 0, name: 'thread_name' },
  args: { name },
});
const lasting = (name: string, ts: number, dur: number, tdur: number, thread = PAGE): TraceEvent => ({
  ...{ ...thread, ph: 'X', name, ts, dur, tdur },
});
const THREADS = [named(PAGE, 'CrRendererMain'), named(WORKER, 'DedicatedWorker thread')];

describe('script tasks of a trace', () => {
  test('are counted in processor time, the longest first, with what ran in them', () => {
    const click = lasting('FunctionCall', 2_100, 60_000, 51_000);
    click.args = { data: { functionName: 'onClick', url: 'https://mdraft.example/assets/index.js' } };
    const events = [
      ...THREADS,
      lasting('RunTask', 0, 1_500, 1_200),
      lasting('TimerFire', 100, 1_000, 900),
      lasting('RunTask', 2_000, 80_000, 52_000),
      lasting('EventDispatch', 2_050, 70_000, 51_500),
      click,
    ];
    expect(scriptTasks(events)).toEqual([
      { cpuMs: 52, wallMs: 80, within: 'EventDispatch 52 ms, FunctionCall (onClick index.js) 51 ms' },
      { cpuMs: 1.2, wallMs: 1.5, within: 'TimerFire 1 ms' },
    ]);
  });

  test('leave out tasks without script, and threads that are no page', () => {
    const events = [
      ...THREADS,
      lasting('RunTask', 0, 90_000, 90_000),
      lasting('Layout', 10, 80_000, 80_000),
      lasting('RunTask', 0, 90_000, 90_000, WORKER),
      lasting('FunctionCall', 10, 80_000, 80_000, WORKER),
      lasting('FunctionCall', 95_000, 5, 5),
    ];
    expect(scriptTasks(events)).toEqual([]);
  });

  test('do not depend on the order in which the events were written', () => {
    const events = [
      ...THREADS,
      lasting('RunTask', 0, 100, 100),
      lasting('FunctionCall', 0, 100, 90),
      lasting('RunTask', 100, 50, 50),
      lasting('FunctionCall', 110, 10, 10),
    ];
    expect(scriptTasks(events.toReversed())).toEqual(scriptTasks(events));
    expect(scriptTasks(events)).toHaveLength(2);
  });

  test('are told when they are over the limit, and so is a trace that can prove nothing', () => {
    const task = (tdur: number) => [
      ...THREADS,
      lasting('RunTask', 0, 99_000, tdur),
      lasting('TimerFire', 1, 90_000, tdur),
    ];
    expect(longScriptTasks(task(50_000), 50)).toEqual([]);
    expect(longScriptTasks(task(50_100), 50)).toEqual(['50.1 ms (99.0 ms on the clock): TimerFire 50 ms']);
    expect(longScriptTasks(task(0), 50)).toEqual(['The trace holds no processor times.']);
    expect(longScriptTasks(THREADS, 50)).toEqual(['The trace holds no task with script.']);
  });
});
