import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ApiError } from '../../../../functions/src/contracts/client.ts';
import type { FindingPreview, RunWindow, WindowFindings } from '../../../../functions/src/contracts/run.ts';
import {
  addFound,
  chooseWindows,
  createFoundList,
  type Found,
  MOST_SHOWN,
  MOST_WINDOWS,
} from '../../../../hosting/src/data/findings.ts';

const windowOf = (ordinal: number, state: RunWindow['state'], findings?: number): RunWindow => ({
  windowId: `compliance-matrix-${String(ordinal).padStart(5, '0')}`,
  orgId: 'org1',
  runId: 'run1',
  kind: 'compliance-matrix',
  ordinal,
  documentId: 'doc1',
  chunks: 1,
  state,
  attempt: 1,
  tries: 1,
  dueAt: null,
  expiresAt: '2026-12-20T09:00:00.000Z',
  ...(findings === undefined ? {} : { findings }),
});
const doneOf = (count: number, findings = 2) =>
  Array.from({ length: count }, (_, ordinal) => windowOf(ordinal, 'done', findings));

const preview: FindingPreview = {
  text: 'The Contractor shall report.',
  obligation: 'mandatory',
  actor: 'contractor',
  kind: 'performance',
  needsReview: false,
  blockId: 'b1',
  charStart: 0,
  charEnd: 5,
  sectionRef: 'C.1',
};
const answerOf = (windowId: string, findings: number): WindowFindings => ({
  windowId,
  ordinal: Number(windowId.slice(-5)),
  documentId: 'doc1',
  findings: Array.from({ length: findings }, (_, at) => ({ ...preview, text: `${windowId} ${at}` })),
});
const nothing: Found = { items: [], batch: 0, problem: null };

describe('chooseWindows', () => {
  test('takes windows that are done and have found something, in the order of the plan', () => {
    const windows = [windowOf(0, 'done', 3), windowOf(1, 'working'), windowOf(2, 'done', 0), windowOf(3, 'done', 1)];
    const { ask, passed } = chooseWindows(windows, new Set());
    expect(ask).toEqual(['compliance-matrix-00000', 'compliance-matrix-00003']);
    expect(passed).toEqual(['compliance-matrix-00000', 'compliance-matrix-00002', 'compliance-matrix-00003']);
  });

  test('never asks for a window twice', () => {
    expect(chooseWindows(doneOf(2), new Set(doneOf(2).map(({ windowId }) => windowId)))).toEqual({
      ask: [],
      passed: [],
    });
  });

  test('of 2,000 windows that are done it asks once, for no more than one request takes', () => {
    const { ask, passed } = chooseWindows(doneOf(2000), new Set());
    expect(ask).toHaveLength(MOST_WINDOWS);
    expect(ask.at(-1)).toBe('compliance-matrix-01999');
    expect(passed).toHaveLength(2000);
  });

  test('asks for no window whose findings would be pushed out of the list at once', () => {
    expect(chooseWindows(doneOf(50, MOST_SHOWN / 2), new Set()).ask).toEqual([
      'compliance-matrix-00048',
      'compliance-matrix-00049',
    ]);
  });
});

describe('addFound', () => {
  test('puts the newest window first and marks what came last', () => {
    const first = addFound(nothing, [answerOf('compliance-matrix-00000', 1)]);
    const second = addFound(first, [answerOf('compliance-matrix-00001', 2), answerOf('compliance-matrix-00002', 1)]);
    expect(second.items.map(({ id, batch }) => [id, batch])).toEqual([
      ['compliance-matrix-00002:0', 2],
      ['compliance-matrix-00001:0', 2],
      ['compliance-matrix-00001:1', 2],
      ['compliance-matrix-00000:0', 1],
    ]);
  });

  test('keeps no more than are shown', () => {
    expect(addFound(nothing, [answerOf('compliance-matrix-00000', 3 * MOST_SHOWN)]).items).toHaveLength(MOST_SHOWN);
  });

  test('an answer without findings changes nothing', () => {
    expect(addFound(nothing, [answerOf('compliance-matrix-00000', 0)])).toBe(nothing);
  });
});

describe('createFoundList', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const answering = (answer: (windowIds: string[]) => WindowFindings[]) => {
    const asked: string[][] = [];
    const listFindings = async ({ windowIds }: { windowIds: string[] }) => {
      asked.push(windowIds);
      return { windows: answer(windowIds) };
    };
    return { asked, api: { listFindings } };
  };

  test('windows that finish meanwhile wait for the next request, two seconds later', async () => {
    const { asked, api } = answering((ids) => ids.map((id) => answerOf(id, 2)));
    const list = createFoundList(api, 'run1');
    for (const count of [1, 2, 3, 4]) {
      list.offer(doneOf(count));
      await jest.advanceTimersByTimeAsync(100);
    }
    expect(asked).toEqual([['compliance-matrix-00000']]);
    await jest.advanceTimersByTimeAsync(2000);
    expect(asked[1]).toEqual(['compliance-matrix-00001', 'compliance-matrix-00002', 'compliance-matrix-00003']);
    expect(list.found.get().items).toHaveLength(8);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(2);
    list.stop();
  });

  test('a run of 2,000 windows costs a visitor at most half of the 60 requests of a minute', async () => {
    const { asked, api } = answering((ids) => ids.map((id) => answerOf(id, 1)));
    const list = createFoundList(api, 'run1');
    for (let second = 1; second < 60; second += 1) {
      list.offer(doneOf(second * 33));
      await jest.advanceTimersByTimeAsync(1000);
    }
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.length).toBeLessThanOrEqual(30);
    list.stop();
  });

  test('a request that failed is made again for the same windows, after as long as the service says', async () => {
    let refusals = 1;
    const { asked, api } = answering((ids) => {
      if (refusals > 0) {
        refusals -= 1;
        throw new ApiError(
          { code: 'resource-exhausted', reason: 'RATE_LIMITED', message: 'Too many requests.', details: {} },
          { status: 429, retryAfterSeconds: 20, requestId: null },
        );
      }
      return ids.map((id) => answerOf(id, 1));
    });
    const list = createFoundList(api, 'run1');
    list.offer(doneOf(1));
    await jest.advanceTimersByTimeAsync(19_000);
    expect(asked).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1100);
    expect(asked).toEqual([['compliance-matrix-00000'], ['compliance-matrix-00000']]);
    expect(list.found.get()).toMatchObject({ problem: null, items: [{ id: 'compliance-matrix-00000:0' }] });
    list.stop();
  });

  test('after three failures in a row it gives up and says so', async () => {
    const { asked, api } = answering(() => {
      throw new Error('no');
    });
    const list = createFoundList(api, 'run1');
    list.offer(doneOf(1));
    await jest.advanceTimersByTimeAsync(60_000);
    list.offer(doneOf(2));
    await jest.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(3);
    expect(list.found.get().problem).toMatchObject({ kind: 'broken' });
    list.stop();
  });

  test('after it was stopped it asks no more and changes no more', async () => {
    const { asked, api } = answering((ids) => ids.map((id) => answerOf(id, 1)));
    const list = createFoundList(api, 'run1');
    list.offer(doneOf(1));
    list.stop();
    await jest.advanceTimersByTimeAsync(5000);
    list.offer(doneOf(3));
    await jest.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveLength(1);
    expect(list.found.get().items).toEqual([]);
  });
});
