import { describe, expect, test } from '@jest/globals';
import { ApiError } from '../../../../functions/src/contracts/client.ts';
import type { OperationResponse } from '../../../../functions/src/contracts/operations.ts';
import { type LoadedRows, loadRows, toMatrixRow, waitSeconds } from '../../../../hosting/src/data/rows.ts';
import { sampleComplianceRow } from '../../../support/sample-items.ts';

type Page = OperationResponse<'listRows'>;

const page = (ids: readonly string[], nextCursor?: string): Page => ({
  rows: ids.map((rowId) => sampleComplianceRow({ rowId })),
  ...(nextCursor !== undefined && { nextCursor }),
});

const refusal = (reason: string, retryAfterSeconds: number | null = null): ApiError =>
  new ApiError(
    { code: 'resource-exhausted', reason, message: reason, details: {} },
    { status: 429, retryAfterSeconds, requestId: null },
  );

/** Answers one after the other; asked once more than there are answers, it fails the test. */
const load = async (answers: readonly (Page | Error | (() => Page))[], gone = new AbortController()) => {
  const asked: { pageSize?: unknown; cursor?: string | undefined }[] = [];
  const waited: number[] = [];
  const told: LoadedRows[] = [];
  const listRows = async (request: { runId: string; pageSize?: unknown; cursor?: string | undefined }) => {
    const answer = answers[asked.length];
    const { pageSize, cursor } = request;
    asked.push({ pageSize, cursor });
    if (answer === undefined) throw new Error('It was asked too often.');
    if (answer instanceof Error) throw answer;
    return typeof answer === 'function' ? answer() : answer;
  };
  const wait = async (seconds: number) => {
    waited.push(seconds);
  };
  await loadRows({ api: { listRows }, wait }, 'run-1', (loaded) => told.push(loaded), gone.signal);
  return { asked, waited, told, ids: told.at(-1)?.rows.map(({ row }) => row.rowId) };
};

describe('loading the rows of a run', () => {
  test('tells the rows so far after every page, and says which page was the last', async () => {
    const { told, asked } = await load([page(['a', 'b'], 'next'), page(['c'])]);
    expect(told.map(({ rows, state }) => [rows.length, state])).toEqual([
      [2, 'loading'],
      [3, 'whole'],
    ]);
    expect(asked).toEqual([
      { pageSize: 500, cursor: undefined },
      { pageSize: 500, cursor: 'next' },
    ]);
  });

  test('waits as long as a rate limit says, tells so, and goes on where it was', async () => {
    const { waited, told, ids, asked } = await load([page(['a'], 'next'), refusal('RATE_LIMITED', 7), page(['b'])]);
    expect(waited).toEqual([7]);
    expect(told.map(({ state }) => state)).toEqual(['loading', 'waiting', 'whole']);
    expect(ids).toEqual(['a', 'b']);
    expect(asked.at(-1)?.cursor).toBe('next');
  });

  test('begins anew without the old rows when they were replaced in the meantime', async () => {
    const { ids, asked } = await load([page(['old'], 'next'), refusal('CURSOR_INVALID'), page(['new'])]);
    expect(ids).toEqual(['new']);
    expect(asked.at(-1)?.cursor).toBeUndefined();
  });

  test('gives up when they are replaced again and again', async () => {
    const round = [page(['a'], 'next'), refusal('CURSOR_INVALID')];
    const { told } = await load([...round, ...round, ...round, ...round]);
    expect(told.at(-1)).toMatchObject({ state: 'failed', problem: { reason: 'CURSOR_INVALID' } });
  });

  test('keeps the rows that it has when another page fails, and tells the problem', async () => {
    const { told, ids } = await load([page(['a'], 'next'), refusal('RUN_NOT_FOUND')]);
    expect(told.at(-1)).toMatchObject({ state: 'failed', problem: { reason: 'RUN_NOT_FOUND' } });
    expect(ids).toEqual(['a']);
  });

  test('says nothing any more once it is aborted, be it in an answer, in an error or in a wait', async () => {
    const abortedBy = (end: (gone: AbortController) => Page): Promise<{ told: LoadedRows[] }> => {
      const gone = new AbortController();
      return load([() => end(gone)], gone);
    };
    const answered = await abortedBy((gone) => {
      gone.abort();
      return page(['a']);
    });
    const thrown = await abortedBy((gone) => {
      gone.abort();
      throw refusal('RATE_LIMITED', 1);
    });
    expect([...answered.told, ...thrown.told]).toEqual([]);
  });
});

test('A wait ends at once when it is aborted', async () => {
  const gone = new AbortController();
  const waiting = waitSeconds(600, gone.signal);
  gone.abort();
  await expect(waiting).resolves.toBeUndefined();
});

test('A row is searched by its ID, section, heading, lead-in, text and quote, in small letters', () => {
  const row = sampleComplianceRow({
    displayId: 'L-014',
    leadIn: 'The Offeror SHALL:',
    requirementText: 'Submit Volume I',
  });
  const { searchText } = toMatrixRow({
    ...row,
    source: { ...row.source, sectionRef: 'L.4.2(b)', sectionPath: ['Part IV', 'Instructions'], quote: '**Submit**' },
  });
  for (const words of ['l-014', 'l.4.2(b)', 'instructions', 'the offeror shall:', 'submit volume i', '**submit**']) {
    expect(searchText).toContain(words);
  }
  expect(searchText).not.toContain('part iv');
});
