/** Step 8: what windows of a run have found, before merge makes rows of it. */
import { previewFindings } from '../../analyze/preview-findings.ts';
import type { PackageContext, WindowResult } from '../../contracts/analysis.ts';
import type { Caller, OperationRequest, OperationResponse } from '../../contracts/operations.ts';
import type { Run, RunWindow, WindowFindings } from '../../contracts/run.ts';
import type { StoredObject } from '../../contracts/work.ts';
import { mapBounded } from '../map-bounded.ts';
import type { PipelineDeps } from '../pipeline-deps.ts';
import { visibleRun } from '../run-view.ts';
import { readStoredDocument } from '../stored-document.ts';
import { readStoredJson, readStoredPlan } from '../stored-json.ts';

type Deps = Pick<PipelineDeps, 'runs' | 'objects' | 'settings'>;
type DoneWindow = RunWindow & { output: StoredObject };

const READ_AT_ONCE = 5;

const isDone = (window: RunWindow | null): window is DoneWindow =>
  window?.state === 'done' && window.output !== undefined;

const findingsOf = async (
  deps: Deps,
  { documents }: Run,
  context: PackageContext,
  { windowId, ordinal, documentId, output }: DoneWindow,
): Promise<WindowFindings[]> => {
  const stored = documents.find((document) => document.documentId === documentId);
  if (stored === undefined) return [];
  const [document, { findings }] = await Promise.all([
    readStoredDocument(deps, stored),
    readStoredJson<WindowResult>(deps, output),
  ]);
  return [{ windowId, ordinal, documentId, findings: previewFindings(context, document, findings) }];
};

/**
 * Windows that are not done, or that the run does not have, are absent.
 * @throws AppError RUN_NOT_FOUND; RESULT_MISSING, CONVERSION_NOT_FOUND when a stored part is gone; STORAGE_UNAVAILABLE.
 */
export const listFindings = async (
  deps: Deps,
  { principal: { orgId } }: Caller<'listFindings'>,
  { runId, windowIds }: OperationRequest<'listFindings'>,
): Promise<OperationResponse<'listFindings'>> => {
  const run = await visibleRun(deps, { orgId, runId });
  if (run.plan === undefined) return { windows: [] };
  const asked = await mapBounded([...new Set(windowIds)], READ_AT_ONCE, (windowId) =>
    deps.runs.getWindow({ orgId, runId, windowId }),
  );
  const done = asked.filter(isDone).sort((a, b) => a.ordinal - b.ordinal);
  if (done.length === 0) return { windows: [] };
  const { context } = await readStoredPlan(deps, run.plan);
  const found = await mapBounded(done, READ_AT_ONCE, (window) => findingsOf(deps, run, context, window));
  return { windows: found.flat() };
};
