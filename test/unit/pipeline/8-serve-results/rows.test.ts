import { describe, expect, test } from '@jest/globals';
import { listRows } from '../../../../functions/src/pipeline/8-serve-results/rows.ts';
import { createTestDeps, type TestDeps } from '../../../support/pipeline-deps.ts';
import { CALLER, STRANGER } from '../../../support/run-of-package.ts';
import { sampleRow, sampleRun } from '../../../support/sample-items.ts';

const runWithRows = async (count: number, fields: Parameters<typeof sampleRun>[0] = {}): Promise<TestDeps> => {
  const deps = createTestDeps();
  const run = sampleRun({ state: 'completed', ...fields });
  await deps.runs.create(run);
  const rows = Array.from({ length: count }, (_, position) =>
    sampleRow(position, { orgId: run.orgId, obligation: position % 2 === 0 ? 'mandatory' : 'desired' }),
  );
  await deps.runs.replaceRows(run, rows);
  return deps;
};

const ANALYSIS = { object: 'analysis.json', generation: '1', sizeBytes: 2 };
const request = { runId: 'run-1', pageSize: 2 };
const pageOf = async (deps: TestDeps, more: Partial<Parameters<typeof listRows>[2]> = {}) => {
  const { rows, nextCursor } = await listRows(deps, CALLER, { ...request, ...more });
  return { ids: rows.map(({ rowId }) => rowId), nextCursor };
};

describe('listRows', () => {
  test('gives every row once, in package order, page by page', async () => {
    const deps = await runWithRows(5);
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await pageOf(deps, { cursor });
      ids.push(...page.ids);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(ids).toEqual(['row-0', 'row-1', 'row-2', 'row-3', 'row-4']);
  });

  test('says that a page is the last one when nothing follows, also when it is full', async () => {
    const deps = await runWithRows(2);
    expect(await pageOf(deps)).toEqual({ ids: ['row-0', 'row-1'], nextCursor: undefined });
  });

  test('filters by one field, and goes on with the same filter', async () => {
    const deps = await runWithRows(6);
    const first = await pageOf(deps, { obligation: 'desired' });
    expect(first.ids).toEqual(['row-1', 'row-3']);
    expect(await pageOf(deps, { obligation: 'desired', cursor: first.nextCursor })).toEqual({
      ids: ['row-5'],
      nextCursor: undefined,
    });
  });

  test('refuses two filters at a time, and names the second', async () => {
    const deps = await runWithRows(1);
    await expect(pageOf(deps, { actor: 'offeror', obligation: 'desired' })).rejects.toMatchObject({
      reason: 'REQUEST_INVALID',
      details: { field: 'actor' },
    });
  });

  test('refuses a cursor of another filter, another run, another organisation, or nobody’s', async () => {
    const deps = await runWithRows(6);
    await deps.runs.create(sampleRun({ runId: 'run-2', state: 'completed' }));
    await deps.runs.create(sampleRun({ orgId: 'org-2', state: 'completed' }));
    const { nextCursor: cursor } = await pageOf(deps);
    const refused = { reason: 'CURSOR_INVALID' };
    await expect(pageOf(deps, { cursor, obligation: 'desired' })).rejects.toMatchObject(refused);
    await expect(pageOf(deps, { cursor, runId: 'run-2' })).rejects.toMatchObject(refused);
    await expect(listRows(deps, STRANGER, { ...request, cursor })).rejects.toMatchObject(refused);
    await expect(pageOf(deps, { cursor: 'MTIzNDU' })).rejects.toMatchObject(refused);
    expect((await pageOf(deps, { cursor })).ids).toEqual(['row-2', 'row-3']);
  });

  test('refuses the cursor of a run that was worked on since: its rows may stand elsewhere', async () => {
    const deps = await runWithRows(6);
    const { nextCursor: cursor } = await pageOf(deps);
    await deps.runs.update({ orgId: 'org-1', runId: 'run-1' }, (run) => ({ next: { ...run, attempt: 2 } }));
    await expect(pageOf(deps, { cursor })).rejects.toMatchObject({ reason: 'CURSOR_INVALID' });
  });

  test.each([
    ['completed', 'completed', {}],
    ['partial', 'partial', {}],
    ['tried again and not yet merged anew', 'analyzing', { analysis: ANALYSIS }],
  ] as const)('shows the rows of a run that is %s', async (_, state, fields) => {
    const deps = await runWithRows(2, { state, ...fields });
    expect((await pageOf(deps)).ids).toEqual(['row-0', 'row-1']);
  });

  test.each([
    ['queued', {}, 'Wait until it is completed.'],
    ['planning', {}, 'Wait until it is completed.'],
    ['analyzing', {}, 'Wait until it is completed.'],
    ['merging', { analysis: ANALYSIS }, 'Wait until it is completed.'],
    ['failed', {}, 'Retry it, or start the analysis again.'],
    ['cancelled', { analysis: ANALYSIS }, 'Retry it, or start the analysis again.'],
  ] as const)(
    'shows no row of a run that is %s, whatever is stored, and says what can be done',
    async (state, fields, instead) => {
      const deps = await runWithRows(2, { state, ...fields });
      await expect(pageOf(deps)).rejects.toMatchObject({
        reason: 'RUN_NOT_READY',
        message: `The run is ${state}. ${instead}`,
      });
    },
  );

  test('shows no row of another organisation’s run', async () => {
    const deps = await runWithRows(2, { orgId: 'org-2' });
    await expect(pageOf(deps)).rejects.toMatchObject({ reason: 'RUN_NOT_FOUND' });
    expect((await listRows(deps, STRANGER, request)).rows).toHaveLength(2);
  });
});
