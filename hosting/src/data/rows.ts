/** All rows of a run's matrix, page after page, in memory and nowhere else. */
import { ApiError, type Client } from '../../../functions/src/contracts/client.ts';
import type { ComplianceRow } from '../../../functions/src/contracts/rfp.ts';
import { type Problem, problemOf } from './problem.ts';

/** A row, and all its words that a search looks at, in small letters: prepared once, as it arrives. */
export interface MatrixRow {
  row: ComplianceRow;
  searchText: string;
}

export interface LoadedRows {
  /** In package order; while more come, the beginning. */
  rows: readonly MatrixRow[];
  /** `waiting`: for a rate limit to pass. `failed`: `problem` says why, and the rows so far stay. */
  state: 'loading' | 'waiting' | 'whole' | 'failed';
  problem?: Problem;
}

export interface RowsSource {
  api: Pick<Client, 'listRows'>;
  /** Waits, unless the signal ends it first. */
  wait: (seconds: number, signal: AbortSignal) => Promise<void>;
}

const PAGE_SIZE = 500;
/** A run is not merged more often than this while somebody reads it; more restarts are a fault of ours. */
const MOST_RESTARTS = 3;
const SECONDS_UNTOLD = 5;

export const waitSeconds = (seconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

const searchTextOf = ({ displayId, leadIn = '', requirementText, source }: ComplianceRow): string =>
  [displayId, source.sectionRef, source.sectionPath.at(-1) ?? '', leadIn, requirementText, source.quote]
    .join('\n')
    .toLowerCase();

export const toMatrixRow = (row: ComplianceRow): MatrixRow => ({ row, searchText: searchTextOf(row) });

/**
 * Tells the rows so far after every page of 500. Goes on by itself after a rate limit, and begins anew when the rows were replaced in
 * the meantime. Says nothing any more once `signal` is aborted. Never throws: a problem is told.
 */
export const loadRows = async (
  { api, wait }: RowsSource,
  runId: string,
  tell: (loaded: LoadedRows) => void,
  signal: AbortSignal,
): Promise<void> => {
  let rows: readonly MatrixRow[] = [];
  let cursor: string | undefined;
  let restarts = 0;
  /** Whether trying again makes sense; what does not is told. */
  const recover = async (thrown: unknown): Promise<boolean> => {
    if (signal.aborted) return false;
    const problem = problemOf(thrown);
    if (problem.kind === 'busy') {
      tell({ rows, state: 'waiting', problem });
      await wait(problem.retryAfterSeconds ?? SECONDS_UNTOLD, signal);
      return !signal.aborted;
    }
    if (thrown instanceof ApiError && thrown.reason === 'CURSOR_INVALID' && restarts < MOST_RESTARTS) {
      restarts += 1;
      rows = [];
      cursor = undefined;
      return true;
    }
    tell({ rows, state: 'failed', problem });
    return false;
  };
  for (;;) {
    try {
      const page = await api.listRows(
        { runId, pageSize: PAGE_SIZE, ...(cursor !== undefined && { cursor }) },
        { signal },
      );
      if (signal.aborted) return;
      rows = [...rows, ...page.rows.map(toMatrixRow)];
      cursor = page.nextCursor;
      tell({ rows, state: cursor === undefined ? 'whole' : 'loading' });
      if (cursor === undefined) return;
    } catch (thrown) {
      if (!(await recover(thrown))) return;
    }
  }
};
