/** The live list of a run: what windows have found, fetched a few windows at a time as they finish. */
import type { Client } from '../../../functions/src/contracts/client.ts';
import type { FindingPreview, RunWindow, WindowFindings } from '../../../functions/src/contracts/run.ts';
import { type Problem, problemOf } from './problem.ts';
import { createStore, type Readable } from './store.ts';

/** Findings that are kept and shown. */
export const MOST_SHOWN = 100;
/** Windows in one request; the operation takes no more. */
export const MOST_WINDOWS = 20;
/** Half of what a visitor may ask per minute, so that the rest of the page can ask too. */
const PAUSE_MS = 2000;
const PAUSE_AFTER_PROBLEM_MS = 6000;
const MOST_PROBLEMS = 3;

export interface FoundItem extends FindingPreview {
  /** `windowId:position`. */
  id: string;
  documentId: string;
  /** Grows with every answer; the items of the newest are marked. */
  batch: number;
}

export interface Found {
  /** The newest windows first, each in the order of its document. */
  items: readonly FoundItem[];
  batch: number;
  /** Set when it was given up; the run goes on without the list. */
  problem: Problem | null;
}

export interface FoundList {
  found: Readable<Found>;
  /** All windows as they are now. Each is asked for once after it is done. */
  offer(windows: readonly RunWindow[]): void;
  stop(): void;
}

type Offered = Pick<RunWindow, 'windowId' | 'state' | 'findings'>;

/**
 * Windows to ask for next, of those that are done and new. A window that would be pushed out of the list at once is passed over, so
 * a page that is opened late asks once and not for everything. `passed`: all that need not be looked at again.
 */
export const chooseWindows = (
  windows: readonly Offered[],
  asked: ReadonlySet<string>,
): { ask: string[]; passed: string[] } => {
  const fresh = windows.filter(({ windowId, state }) => state === 'done' && !asked.has(windowId));
  const ask: string[] = [];
  let expected = 0;
  for (const { windowId, findings = 0 } of fresh.toReversed()) {
    if (findings === 0 || ask.length === MOST_WINDOWS || expected >= MOST_SHOWN) continue;
    ask.push(windowId);
    expected += findings;
  }
  return { ask: ask.reverse(), passed: fresh.map(({ windowId }) => windowId) };
};

export const addFound = (before: Found, answered: readonly WindowFindings[]): Found => {
  const batch = before.batch + 1;
  const added = answered
    .toReversed()
    .flatMap(({ windowId, documentId, findings }) =>
      findings.map((finding, position) => ({ ...finding, id: `${windowId}:${position}`, documentId, batch })),
    );
  if (added.length === 0) return before;
  return { items: [...added, ...before.items].slice(0, MOST_SHOWN), batch, problem: null };
};

export const createFoundList = (api: Pick<Client, 'listFindings'>, runId: string): FoundList => {
  const found = createStore<Found>({ items: [], batch: 0, problem: null });
  const gone = new AbortController();
  const asked = new Set<string>();
  let windows: readonly RunWindow[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isAsking = false;
  let problems = 0;

  const wait = (milliseconds: number): void => {
    timer = setTimeout(() => {
      timer = null;
      void askNext();
    }, milliseconds);
  };

  const askNext = async (): Promise<void> => {
    if (isAsking || timer !== null || gone.signal.aborted || problems >= MOST_PROBLEMS) return;
    const { ask, passed } = chooseWindows(windows, asked);
    for (const windowId of passed) asked.add(windowId);
    if (ask.length === 0) return;
    isAsking = true;
    let pause = PAUSE_MS;
    try {
      const { windows: answered } = await api.listFindings({ runId, windowIds: ask }, { signal: gone.signal });
      problems = 0;
      if (!gone.signal.aborted) found.update((before) => addFound(before, answered));
    } catch (thrown) {
      if (gone.signal.aborted) return;
      for (const windowId of ask) asked.delete(windowId);
      const problem = problemOf(thrown);
      pause = Math.max(PAUSE_AFTER_PROBLEM_MS, (problem.retryAfterSeconds ?? 0) * 1000);
      problems += 1;
      if (problems >= MOST_PROBLEMS) found.update((before) => ({ ...before, problem }));
    } finally {
      isAsking = false;
    }
    wait(pause);
  };

  return {
    found,
    offer(all) {
      windows = all;
      void askNext();
    },
    stop() {
      gone.abort();
      if (timer !== null) clearTimeout(timer);
    },
  };
};
