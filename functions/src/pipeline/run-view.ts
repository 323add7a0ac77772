/** A run as the API shows it, and who gets to see one. */
import { type Run, type RunView, RunViewSchema } from '../contracts/run.ts';
import { AppError } from '../errors.ts';
import type { RunKey } from '../repositories.ts';
import type { PipelineDeps } from './pipeline-deps.ts';

/** No leases, no paths. */
export const toRunView = (run: Run): RunView => RunViewSchema.parse(run);

/** @throws AppError RUN_NOT_FOUND: missing, deleted and another organisation's look the same. */
export const visibleRun = async ({ runs }: Pick<PipelineDeps, 'runs'>, key: RunKey): Promise<Run> => {
  const run = await runs.get(key);
  if (run === null || run.deletedAt !== undefined) throw new AppError('RUN_NOT_FOUND');
  return run;
};

/** Until its new merge begins, a run that is tried again has the result it had. */
export const hasResult = ({ state, analysis }: Run): boolean =>
  state === 'completed' || state === 'partial' || (state === 'analyzing' && analysis !== undefined);
