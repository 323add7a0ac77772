/** What holds for a run's progress, windows and rows. */
import { describe, expect, test } from '@jest/globals';
import type { Run, RunRow } from '../../../functions/src/contracts/run.ts';
import { sampleComplianceRow, sampleRow, sampleRun, sampleWindow } from '../sample-items.ts';
import type { Subject } from './under-test.ts';

const WINDOWS = 2000;

export const describeRuns = (subject: Subject): void => {
  const runs = () => subject().runs;
  const key = (orgId: string) => ({ orgId, runId: 'run-1' });
  const idsOf = (rows: readonly RunRow[]): string[] => rows.map(({ rowId }) => rowId);

  describe('A run', () => {
    test('is found by each conversion that it reads, in its own organisation', async () => {
      const orgId = 'runs-by-conversion';
      await runs().create(sampleRun({ orgId, runId: 'r1', conversionIds: ['a', 'b'] }));
      await runs().create(sampleRun({ orgId, runId: 'r2', conversionIds: ['b'] }));
      await runs().create(sampleRun({ orgId: 'runs-other', runId: 'r3', conversionIds: ['b'] }));
      const found = async (conversionId: string) =>
        (await runs().listByConversion({ orgId, conversionId })).map(({ runId }) => runId).sort();
      expect(await found('b')).toEqual(['r1', 'r2']);
      expect(await found('a')).toEqual(['r1']);
      expect(await found('c')).toEqual([]);
    });

    test('has its progress noted while it is analyzing, and nothing else of it changes', async () => {
      const orgId = 'runs-progress';
      await runs().create(sampleRun({ orgId, state: 'analyzing' }));
      const before = await runs().get(key(orgId));
      await runs().noteProgress(key(orgId), { planned: 9, done: 3, failed: 1 });
      expect(await runs().get(key(orgId))).toEqual({ ...before, progress: { planned: 9, done: 3, failed: 1 } });
    });

    test('that is settled or gone takes no note of progress any more', async () => {
      const orgId = 'runs-settled';
      const progress = { planned: 9, done: 9, failed: 0 };
      await runs().create(sampleRun({ orgId, state: 'completed', progress }));
      await runs().noteProgress(key(orgId), { planned: 9, done: 8, failed: 0 });
      expect(await runs().get(key(orgId))).toMatchObject({ state: 'completed', progress });
      await runs().noteProgress(key('runs-gone'), progress);
      expect(await runs().get(key('runs-gone'))).toBeNull();
    });

    test('keeps every change though its progress is noted all the while', async () => {
      const orgId = 'runs-noted';
      await runs().create(sampleRun({ orgId, state: 'analyzing' }));
      await Promise.all(
        Array.from({ length: 10 }, async (_, index) => {
          await runs().noteProgress(key(orgId), { planned: 10, done: index, failed: 0 });
          await runs().update(key(orgId), (run) => ({ next: { ...run, attempt: run.attempt + 1 } }));
        }),
      );
      expect(await runs().get(key(orgId))).toMatchObject({ attempt: 11, state: 'analyzing' });
    });

    test('is removed with its windows and rows, and no other is', async () => {
      const orgId = 'runs-remove';
      for (const runId of ['run-1', 'run-2']) {
        await runs().create(sampleRun({ orgId, runId }));
        await runs().createWindows([0, 1].map((ordinal) => sampleWindow(ordinal, { orgId, runId })));
        await runs().replaceRows({ orgId, runId }, [sampleRow(0, { orgId, runId })]);
      }
      await runs().remove(key(orgId));
      await runs().remove(key(orgId));
      const left = async (runId: string) => [
        await runs().get({ orgId, runId }),
        await runs().listWindows({ orgId, runId }),
        await runs().listRows({ orgId, runId }, { limit: 9, filter: {} }),
      ];
      expect(await left('run-1')).toEqual([null, [], []]);
      expect(await left('run-2')).toEqual([expect.anything(), expect.any(Array), [expect.anything()]]);
      expect(await runs().countOpenWindows({ orgId, runId: 'run-2' })).toBe(2);
    });
  });

  describe('The list of runs', () => {
    const at = (second: number): string => `2026-11-20T09:00:${String(second).padStart(2, '0')}.000Z`;
    const put = async (orgId: string, items: Partial<Run>[]): Promise<void> => {
      for (const each of items) await runs().create(sampleRun({ orgId, ...each }));
    };
    const pagesOf = async (orgId: string, limit: number): Promise<string[][]> => {
      const pages: string[][] = [];
      let after: Run | undefined;
      for (;;) {
        const page = await runs().list(orgId, { limit, ...(after ? { after } : {}) });
        if (page.length === 0) return pages;
        pages.push(page.map(({ runId }) => runId));
        after = page.at(-1);
      }
    };

    test('is newest first, by id where the time is the same, and pages hold each of them once', async () => {
      const orgId = 'runs-list-order';
      await put(orgId, [
        { runId: 'b', createdAt: at(5) },
        { runId: 'e', createdAt: at(1) },
        { runId: 'a', createdAt: at(5) },
        { runId: 'd', createdAt: at(9) },
        { runId: 'c', createdAt: at(5) },
      ]);
      expect(await pagesOf(orgId, 2)).toEqual([['d', 'c'], ['b', 'a'], ['e']]);
    });

    test('leaves out what was deleted, and fills its pages all the same', async () => {
      const orgId = 'runs-list-deleted';
      await put(
        orgId,
        [1, 2, 3, 4, 5].map((second) => ({
          runId: `r${second}`,
          createdAt: at(second),
          ...([5, 3].includes(second) ? { deletedAt: at(59) } : {}),
        })),
      );
      expect(await pagesOf(orgId, 2)).toEqual([['r4', 'r2'], ['r1']]);
    });

    test('never has another organisation’s, whatever the cursor', async () => {
      await put('runs-list-mine', [{ runId: 'm', createdAt: at(1) }]);
      await put('runs-list-theirs', [{ runId: 't', createdAt: at(2) }]);
      const after = { createdAt: at(3), runId: 'zzz' };
      expect((await runs().list('runs-list-mine', { limit: 10, after })).map(({ runId }) => runId)).toEqual(['m']);
      expect(await runs().list('runs-list-nobody', { limit: 10 })).toEqual([]);
    });
  });

  describe('The windows of a run', () => {
    test(`are created and listed by ordinal, ${WINDOWS} of them in less than 15 s`, async () => {
      const orgId = 'windows-many';
      const windows = Array.from({ length: WINDOWS }, (_, ordinal) => sampleWindow(ordinal, { orgId }));
      const started = performance.now();
      await runs().createWindows(windows.toReversed());
      expect((performance.now() - started) / 1000).toBeLessThan(15);
      expect(await runs().listWindows(key(orgId))).toEqual(windows);
      expect(await runs().countOpenWindows(key(orgId))).toBe(WINDOWS);
    });

    test('that exist stay as they are when all are created again, and the missing ones are added', async () => {
      const orgId = 'windows-again';
      const windows = [0, 1, 2, 3, 4].map((ordinal) => sampleWindow(ordinal, { orgId }));
      await runs().createWindows(windows.slice(1, 4));
      const windowId = windows[2]?.windowId ?? '';
      await runs().updateWindow({ ...key(orgId), windowId }, (current) => ({ next: { ...current, state: 'done' } }));
      await runs().createWindows(windows);
      const states = (await runs().listWindows(key(orgId))).map(({ state }) => state);
      expect(states).toEqual(['queued', 'queued', 'done', 'queued', 'queued']);
    });

    test('are open while they are queued or working', async () => {
      const orgId = 'windows-open';
      const states = ['queued', 'working', 'done', 'failed', 'cancelled', 'working'] as const;
      await runs().createWindows(states.map((state, ordinal) => sampleWindow(ordinal, { orgId, state })));
      await runs().createWindows([sampleWindow(0, { orgId, runId: 'run-2' })]);
      expect(await runs().countOpenWindows(key(orgId))).toBe(3);
      expect(await runs().countOpenWindows(key('windows-none'))).toBe(0);
    });
  });

  describe('The rows of a run', () => {
    const all = (orgId: string) => runs().listRows(key(orgId), { limit: 100, filter: {} });

    test('come back as they were stored, a date of the document as the document says it', async () => {
      const orgId = 'rows-whole';
      const row = sampleRow(0, { orgId, body: sampleComplianceRow({ dueAt: '2026-13-45T99:00Z' }) });
      await runs().replaceRows(key(orgId), [row]);
      expect(await all(orgId)).toEqual([row]);
    });

    test('are exactly those given last; giving them twice changes nothing', async () => {
      const orgId = 'rows-replace';
      const rows = [0, 1, 2, 3].map((position) => sampleRow(position, { orgId }));
      await runs().replaceRows(key('rows-kept'), [sampleRow(9, { orgId: 'rows-kept' })]);
      await runs().replaceRows(key(orgId), rows);
      await runs().replaceRows(key(orgId), rows);
      expect(await all(orgId)).toEqual(rows);
      const moved = sampleRow(0, { orgId, rowId: 'row-3', obligation: 'desired' });
      await runs().replaceRows(key(orgId), [moved, sampleRow(1, { orgId, rowId: 'row-new' })]);
      expect(idsOf(await all(orgId))).toEqual(['row-3', 'row-new']);
      expect((await all(orgId))[0]).toEqual(moved);
      await runs().replaceRows(key(orgId), []);
      expect(await all(orgId)).toEqual([]);
      expect(idsOf(await all('rows-kept'))).toEqual(['row-9']);
    });

    test('are listed by position in pages that hold each of them once', async () => {
      const orgId = 'rows-pages';
      const rows = [3, 0, 10, 2, 1].map((position) => sampleRow(position, { orgId }));
      await runs().replaceRows(key(orgId), rows);
      const page = async (limit: number, after?: number) =>
        (await runs().listRows(key(orgId), { limit, filter: {}, ...(after === undefined ? {} : { after }) })).map(
          ({ position }) => position,
        );
      expect(await page(2)).toEqual([0, 1]);
      expect(await page(2, 0)).toEqual([1, 2]);
      expect(await page(2, 2)).toEqual([3, 10]);
      expect(await page(2, 10)).toEqual([]);
    });

    test('are those that match every field of the filter', async () => {
      const orgId = 'rows-filter';
      await runs().replaceRows(key(orgId), [
        sampleRow(0, { orgId }),
        sampleRow(1, { orgId, functionalRole: 'evaluation' }),
        sampleRow(2, { orgId, functionalRole: 'evaluation', actor: 'government' }),
        sampleRow(3, { orgId, functionalRole: 'evaluation', obligation: 'desired', verification: 'needs_review' }),
      ]);
      const matching = async (filter: Parameters<ReturnType<typeof runs>['listRows']>[1]['filter'], after = -1) =>
        (await runs().listRows(key(orgId), { limit: 9, after, filter })).map(({ position }) => position);
      expect(await matching({ functionalRole: 'evaluation' })).toEqual([1, 2, 3]);
      expect(await matching({ functionalRole: 'evaluation' }, 1)).toEqual([2, 3]);
      expect(await matching({ functionalRole: 'evaluation', actor: 'offeror' })).toEqual([1, 3]);
      expect(await matching({ obligation: 'desired', verification: 'needs_review', actor: 'offeror' })).toEqual([3]);
      expect(await matching({ functionalRole: 'price' })).toEqual([]);
    });
  });
};
