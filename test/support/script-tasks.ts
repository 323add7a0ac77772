/** Reads from a trace of Chromium which tasks of pages' main threads ran script, and how much processor time each took. Pure. */

/** https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU, as far as it is read here. Times in µs. */
export interface TraceEvent {
  name: string;
  /** `X`: has a duration. `M`: metadata. */
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  /** Of the processor: without the time in which other threads or programs had it. */
  tdur?: number;
  args?: { name?: string; data?: { functionName?: string; url?: string; type?: string } };
}

export interface ScriptTask {
  cpuMs: number;
  wallMs: number;
  /** What in it took longest, for a message: events with their functions. */
  within: string;
}

/** What a browser has to record for this. */
export const SCRIPT_TASK_CATEGORIES = [
  '__metadata',
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'v8.execute',
];

const TASK = 'RunTask';
const MAIN_THREAD = 'CrRendererMain';
const SCRIPT: ReadonlySet<string> = new Set([
  'EvaluateScript',
  'v8.evaluateModule',
  'FunctionCall',
  'v8.callFunction',
  'RunMicrotasks',
  'TimerFire',
  'FireAnimationFrame',
  'EventDispatch',
]);
const MOST_NAMED = 4;

const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}:${tid}`;

const describe = ({ name, tdur = 0, args }: TraceEvent): string => {
  const { functionName, url, type } = args?.data ?? {};
  const where = [type, functionName, url?.split('/').at(-1)].filter(Boolean).join(' ');
  return `${name}${where && ` (${where})`} ${Math.round(tdur / 1000)} ms`;
};

/** Tasks with script in them, the one that used the processor longest first; tasks do not nest. */
export const scriptTasks = (events: readonly TraceEvent[]): ScriptTask[] => {
  const mainThreads = new Set(
    events
      .filter(({ ph, name, args }) => ph === 'M' && name === 'thread_name' && args?.name === MAIN_THREAD)
      .map(threadOf),
  );
  const tasks: { event: TraceEvent; scripts: TraceEvent[] }[] = [];
  const ordered = events
    .filter(
      (event) =>
        event.ph === 'X' && mainThreads.has(threadOf(event)) && (event.name === TASK || SCRIPT.has(event.name)),
    )
    .toSorted((a, b) => a.ts - b.ts || Number(b.name === TASK) - Number(a.name === TASK));
  const open = new Map<string, (typeof tasks)[number]>();
  for (const event of ordered) {
    const thread = threadOf(event);
    if (event.name === TASK) {
      const task = { event, scripts: [] };
      open.set(thread, task);
      tasks.push(task);
    } else {
      const task = open.get(thread);
      if (task && event.ts < task.event.ts + (task.event.dur ?? 0)) task.scripts.push(event);
    }
  }
  return tasks
    .filter(({ scripts }) => scripts.length > 0)
    .map(({ event, scripts }) => ({
      cpuMs: (event.tdur ?? 0) / 1000,
      wallMs: (event.dur ?? 0) / 1000,
      within: scripts
        .toSorted((a, b) => (b.tdur ?? 0) - (a.tdur ?? 0))
        .slice(0, MOST_NAMED)
        .map(describe)
        .join(', '),
    }))
    .toSorted((a, b) => b.cpuMs - a.cpuMs);
};

/** The tasks over the limit, a line each; and a line when a trace holds no script at all, as it then proves nothing. */
export const longScriptTasks = (events: readonly TraceEvent[], limitMs: number): string[] => {
  const tasks = scriptTasks(events);
  if (tasks.length === 0) return ['The trace holds no task with script.'];
  if (tasks.every(({ cpuMs }) => cpuMs === 0)) return ['The trace holds no processor times.'];
  return tasks
    .filter(({ cpuMs }) => cpuMs > limitMs)
    .map(({ cpuMs, wallMs, within }) => `${cpuMs.toFixed(1)} ms (${wallMs.toFixed(1)} ms on the clock): ${within}`);
};
