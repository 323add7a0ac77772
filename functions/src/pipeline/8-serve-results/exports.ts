/** Step 8: the results of a run as a file, rendered once and read through a signed URL. */
import type { Analysis } from '../../contracts/analysis.ts';
import type { Caller, OperationRequest, OperationResponse } from '../../contracts/operations.ts';
import type { Run } from '../../contracts/run.ts';
import { LEDGER_FILE, runObject } from '../../contracts/storage-paths.ts';
import type { StoredObject } from '../../contracts/work.ts';
import { AppError } from '../../errors.ts';
import { EXPORTERS, type ExportFormat } from '../../export/index.ts';
import { dropUnused } from '../drop-unused.ts';
import { ledgerNotWritten, runNotReady } from '../not-ready.ts';
import type { PipelineDeps } from '../pipeline-deps.ts';
import { hasResult, visibleRun } from '../run-view.ts';
import { readStoredJson } from '../stored-json.ts';
import { secondsAfter } from '../tries.ts';
import { writeOnce } from '../write-once.ts';

type Deps = Pick<PipelineDeps, 'runs' | 'objects' | 'clock' | 'settings'>;

const CONTENT_TYPES: Readonly<Record<ExportFormat, string>> = {
  json: 'application/json',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
};

type FoundObject = Pick<StoredObject, 'object' | 'generation'>;

/** Written once for each attempt of the run: its analysis does not change any more. */
const exported = async (deps: Deps, run: Run, analysis: StoredObject, format: ExportFormat): Promise<FoundObject> => {
  if (format === 'json') return analysis;
  const { orgId, runId, attempt } = run;
  const { fileName, render } = EXPORTERS[format];
  const object = runObject(orgId, runId, attempt, fileName);
  const present = await deps.objects.stat({ bucket: deps.settings.buckets.processed, object });
  if (present !== null) return { object, generation: present.generation };
  const rendered = render(await readStoredJson<Analysis>(deps, analysis));
  const bytes = typeof rendered === 'string' ? new TextEncoder().encode(rendered) : rendered;
  const written = await writeOnce(deps, { object, bytes, contentType: CONTENT_TYPES[format] });
  const current = await deps.runs.get({ orgId, runId });
  if (current !== null && current.deletedAt === undefined) return written;
  await dropUnused(deps, { orgId, runId }, written);
  throw new AppError('RUN_NOT_FOUND');
};

type SignedUrl = OperationResponse<'exportRun'>['download'];

const sign = async (deps: Deps, { object, generation }: FoundObject, fileName: string): Promise<SignedUrl> => {
  const { buckets, downloadSeconds: expiresInSeconds } = deps.settings;
  const expiresAt = secondsAfter(deps.clock.now(), expiresInSeconds);
  const ref = { bucket: buckets.processed, object, generation };
  const url = await deps.objects.grantDownload({ ...ref, fileName, expiresInSeconds });
  return { url, fileName, expiresAt };
};

/** @throws AppError RUN_NOT_FOUND; RUN_NOT_READY while it has no result; RESULT_MISSING, STORAGE_UNAVAILABLE. */
export const exportRun = async (
  deps: Deps,
  { principal: { orgId } }: Caller<'exportRun'>,
  { runId, format }: OperationRequest<'exportRun'>,
): Promise<OperationResponse<'exportRun'>> => {
  const run = await visibleRun(deps, { orgId, runId });
  const { state, analysis } = run;
  if ((state !== 'completed' && state !== 'partial') || analysis === undefined) throw runNotReady(run);
  const found = await exported(deps, run, analysis, format);
  return { download: await sign(deps, found, EXPORTERS[format].fileName) };
};

/** @throws AppError RUN_NOT_FOUND; RUN_NOT_READY while it has no result, and for a run from before there were ledgers. */
export const getLedger = async (
  deps: Deps,
  { principal: { orgId } }: Caller<'getLedger'>,
  { runId }: OperationRequest<'getLedger'>,
): Promise<OperationResponse<'getLedger'>> => {
  const run = await visibleRun(deps, { orgId, runId });
  if (!hasResult(run)) throw runNotReady(run);
  if (run.ledger === undefined) throw ledgerNotWritten(run);
  return { download: await sign(deps, run.ledger, LEDGER_FILE) };
};
