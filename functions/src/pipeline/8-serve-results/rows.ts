/** Step 8: the rows of a run, page by page. */
import type { Caller, OperationRequest, OperationResponse } from '../../contracts/operations.ts';
import type { Run } from '../../contracts/run.ts';
import { AppError } from '../../errors.ts';
import type { RowFilter } from '../../repositories.ts';
import { runNotReady } from '../not-ready.ts';
import type { PipelineDeps } from '../pipeline-deps.ts';
import { hasResult, visibleRun } from '../run-view.ts';
import { type CursorPosition, decodeCursor, encodeCursor, type ListScope } from './cursor.ts';

type Request = OperationRequest<'listRows'>;

const filterOf = ({ functionalRole, obligation, actor, verification }: Request): RowFilter => {
  const fields = Object.entries({ functionalRole, obligation, actor, verification }).filter(
    (field): field is [string, NonNullable<(typeof field)[1]>] => field[1] !== undefined,
  );
  const [, second] = fields;
  if (second !== undefined) {
    throw new AppError('REQUEST_INVALID', { field: second[0], problem: 'rows can be filtered by one field at a time' });
  }
  return Object.fromEntries(fields);
};

/** Rows change with the run's attempt, so a cursor does not outlive it. */
const scopeOf = ({ orgId, runId, attempt }: Run, filter: RowFilter): ListScope => [
  'rows',
  orgId,
  runId,
  attempt,
  ...Object.entries(filter).flat(),
];

const positionOf = ([position]: CursorPosition): number => {
  if (typeof position !== 'number') throw new AppError('CURSOR_INVALID');
  return position;
};

/** @throws AppError RUN_NOT_FOUND, RUN_NOT_READY while it has no result, REQUEST_INVALID for more than one filter, CURSOR_INVALID. */
export const listRows = async (
  deps: Pick<PipelineDeps, 'runs'>,
  { principal: { orgId } }: Caller<'listRows'>,
  request: Request,
): Promise<OperationResponse<'listRows'>> => {
  const { runId, pageSize, cursor } = request;
  const filter = filterOf(request);
  const run = await visibleRun(deps, { orgId, runId });
  if (!hasResult(run)) throw runNotReady(run);
  const scope = scopeOf(run, filter);
  const after = cursor === undefined ? {} : { after: positionOf(decodeCursor(scope, cursor)) };
  const found = await deps.runs.listRows({ orgId, runId }, { limit: pageSize + 1, filter, ...after });
  const page = found.slice(0, pageSize);
  const last = page.at(-1);
  return {
    rows: page.map(({ body }) => body),
    ...(found.length > pageSize && last !== undefined ? { nextCursor: encodeCursor(scope, [last.position]) } : {}),
  };
};
