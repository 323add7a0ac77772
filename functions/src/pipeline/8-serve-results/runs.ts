/** Step 8 for runs: all of an organisation, how one stands, and stopping it. */
import type { Caller, OperationRequest, OperationResponse } from '../../contracts/operations.ts';
import type { Run } from '../../contracts/run.ts';
import { AppError } from '../../errors.ts';
import { countProgress } from '../count-progress.ts';
import type { PipelineDeps } from '../pipeline-deps.ts';
import { toRunView, visibleRun } from '../run-view.ts';
import { decodeNewest, encodeCursor, type ListScope } from './cursor.ts';

/** @throws AppError RUN_NOT_FOUND. */
export const getRun = async (
  deps: Pick<PipelineDeps, 'runs'>,
  { principal: { orgId } }: Caller<'getRun'>,
  { runId }: OperationRequest<'getRun'>,
): Promise<OperationResponse<'getRun'>> => ({ run: toRunView(await visibleRun(deps, { orgId, runId })) });

const positionOf = (scope: ListScope, cursor: string): { createdAt: string; runId: string } => {
  const { createdAt, id } = decodeNewest(scope, cursor);
  return { createdAt, runId: id };
};

/** @throws AppError CURSOR_INVALID. */
export const listRuns = async (
  { runs }: Pick<PipelineDeps, 'runs'>,
  { principal: { orgId } }: Caller<'listRuns'>,
  { pageSize, cursor }: OperationRequest<'listRuns'>,
): Promise<OperationResponse<'listRuns'>> => {
  const scope = ['listRuns', orgId];
  const after = cursor === undefined ? {} : { after: positionOf(scope, cursor) };
  // One more than is shown tells whether there is a next page.
  const found = await runs.list(orgId, { limit: pageSize + 1, ...after });
  const shown = found.slice(0, pageSize);
  const last = shown.at(-1);
  return {
    runs: shown.map(toRunView),
    ...(last !== undefined && found.length > pageSize
      ? { nextCursor: encodeCursor(scope, [last.createdAt, last.runId]) }
      : {}),
  };
};

const isSettled = ({ state }: Run): boolean =>
  state === 'completed' || state === 'partial' || state === 'failed' || state === 'cancelled';

/**
 * A run that is settled already is answered as it is. The sweep closes the windows that wait, and counts those that were under way.
 * @throws AppError RUN_NOT_FOUND.
 */
export const cancelRun = async (
  { runs, clock }: Pick<PipelineDeps, 'runs' | 'clock'>,
  { principal: { orgId } }: Caller<'cancelRun'>,
  { runId }: OperationRequest<'cancelRun'>,
): Promise<OperationResponse<'cancelRun'>> => {
  const now = clock.now().toISOString();
  const key = { orgId, runId };
  const found = await visibleRun({ runs }, key);
  const windows = isSettled(found) ? [] : await runs.listWindows(key);
  const updated = await runs.update(key, (run) => {
    if (isSettled(run) || run.deletedAt !== undefined) return null;
    const work = { attempt: run.attempt + 1, dueAt: now, updatedAt: now };
    return { next: { ...run, state: 'cancelled', ...work, progress: countProgress(run, windows) } };
  });
  if (updated.outcome === 'missing' || updated.value.deletedAt !== undefined) throw new AppError('RUN_NOT_FOUND');
  return { run: toRunView(updated.value) };
};
