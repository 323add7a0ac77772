/** Step 5, first half: begins a run over converted documents, asked for by a user or by an upload that named kinds. */
import { sha256Hex } from '../analyze/source-ref.ts';
import type { AnalysisKind } from '../contracts/analysis.ts';
import type { Conversion, ConversionResult } from '../contracts/conversion.ts';
import { plainFileName } from '../contracts/file-name.ts';
import type { Caller, OperationRequest, OperationResponse } from '../contracts/operations.ts';
import type { NotRead, Run } from '../contracts/run.ts';
import type { Trace } from '../contracts/work.ts';
import { AppError } from '../errors.ts';
import { enqueueTask } from './enqueue-task.ts';
import { contentsNotReady, conversionNotReady } from './not-ready.ts';
import type { PipelineDeps } from './pipeline-deps.ts';
import { toRunView } from './run-view.ts';
import { queuedDueAt } from './tries.ts';

type Deps = Pick<PipelineDeps, 'conversions' | 'runs' | 'queue' | 'clock' | 'ids'>;

type Converted = Conversion & { result: ConversionResult };

interface RunRequest {
  runId: string;
  orgId: string;
  createdBy: string;
  conversions: readonly [Converted, ...Converted[]];
  kinds: readonly AnalysisKind[];
  notRead?: readonly NotRead[];
  trace: Trace;
}

const isConverted = (conversion: Conversion): conversion is Converted =>
  (conversion.state === 'completed' || conversion.state === 'partial') && conversion.result !== undefined;

/** What it shows is the list of its files. */
const isArchive = ({ result }: Converted): boolean => result.mediaType === 'application/zip';

/** One document for the same bytes, however often they were uploaded. Archives only where there is nothing else. */
const documentsOf = (conversions: readonly Converted[]): Run['documents'] => {
  const byId = new Map<string, Run['documents'][number]>();
  const isListOnly = conversions.every(isArchive);
  for (const { conversionId, fileName, result } of conversions.filter((each) => isListOnly || !isArchive(each))) {
    const { documentId, markdown, blockIndex } = result;
    if (!byId.has(documentId)) byId.set(documentId, { conversionId, documentId, fileName, markdown, blockIndex });
  }
  return [...byId.values()];
};

const newRun = ({ runId, orgId, createdBy, conversions, kinds, notRead = [], trace }: RunRequest, now: Date): Run => ({
  runId,
  orgId,
  createdBy,
  conversionIds: conversions.map(({ conversionId }) => conversionId),
  documents: documentsOf(conversions),
  ...(notRead.length > 0 && {
    notRead: notRead.map(({ fileName, reason }) => ({ fileName: plainFileName(fileName), reason })),
  }),
  kinds: [...new Set(kinds)],
  readers: [],
  state: 'queued',
  attempt: 1,
  tries: 1,
  dueAt: queuedDueAt(now),
  createdAt: now.toISOString(),
  updatedAt: now.toISOString(),
  // No result outlives a document it quotes.
  expiresAt: conversions.map(({ expiresAt }) => expiresAt).sort()[0] ?? conversions[0].expiresAt,
  trace,
  progress: { planned: 0, done: 0, failed: 0 },
});

/** Enqueues the planning of a run that waits for it; a run that is further on is left alone. */
const enqueuePlanning = async (deps: Deps, { orgId, runId, state, attempt, trace, deletedAt }: Run): Promise<void> => {
  if (state !== 'queued' || deletedAt !== undefined) return;
  await enqueueTask(deps, 'plan-run', { orgId, runId, attempt, trace });
};

/** The run of that id, made now or found; null when it was deleted. */
const beginRun = async (deps: Deps, request: RunRequest): Promise<Run | null> => {
  const run = newRun(request, deps.clock.now());
  const begun = (await deps.runs.create(run)) === 'created' ? run : await deps.runs.get(run);
  if (begun === null || begun.deletedAt !== undefined) return null;
  await enqueuePlanning(deps, begun);
  return begun;
};

const convertedOf = async (deps: Deps, orgId: string, conversionId: string): Promise<Converted> => {
  const conversion = await deps.conversions.get({ orgId, conversionId });
  if (conversion === null || conversion.deletedAt !== undefined) throw new AppError('CONVERSION_NOT_FOUND');
  if (!isConverted(conversion)) throw conversionNotReady(conversion);
  return conversion;
};

interface Package {
  conversions: [Converted, ...Converted[]];
  notRead: NotRead[];
}

/** Each conversion with what is in it, and in that. Files that failed are not read; those that the user deleted are not missed. */
const packageOf = async (deps: Deps, given: readonly [Converted, ...Converted[]]): Promise<Package> => {
  const found = new Map<string, Converted>();
  const notRead: NotRead[] = [];
  const take = async (conversion: Converted): Promise<void> => {
    const { orgId, conversionId, children = [] } = conversion;
    if (found.has(conversionId)) return;
    found.set(conversionId, conversion);
    const inside = await Promise.all(children.map((child) => deps.conversions.get({ orgId, conversionId: child })));
    for (const child of inside) {
      if (child === null || child.deletedAt !== undefined) continue;
      if (isConverted(child)) await take(child);
      else if (child.state !== 'failed') throw contentsNotReady(conversion);
      else notRead.push({ fileName: child.fileName, reason: child.failure?.reason ?? 'INTERNAL' });
    }
  };
  for (const conversion of given) await take(conversion);
  const [first, ...others] = found.values();
  return { conversions: [first ?? given[0], ...others], notRead };
};

/** @throws AppError CONVERSION_NOT_FOUND, CONVERSION_NOT_READY, CONTENTS_NOT_READY; RUN_NOT_FOUND when the run of that idempotency key was deleted. */
export const startAnalysis = async (
  deps: Deps,
  { principal, trace }: Caller<'startAnalysis'>,
  { conversionIds, kinds, notRead, idempotencyKey }: OperationRequest<'startAnalysis'>,
): Promise<OperationResponse<'startAnalysis'>> => {
  const { orgId, uid: createdBy } = principal;
  const runId =
    idempotencyKey === undefined
      ? deps.ids.newId()
      : sha256Hex(JSON.stringify(['run', orgId, idempotencyKey])).slice(0, 32);
  const known = idempotencyKey === undefined ? null : await deps.runs.get({ orgId, runId });
  if (known !== null && known.deletedAt === undefined) {
    await enqueuePlanning(deps, known);
    return { run: toRunView(known) };
  }
  const [first, ...others] = await Promise.all([...new Set(conversionIds)].map((id) => convertedOf(deps, orgId, id)));
  if (first === undefined) throw new AppError('REQUEST_INVALID', { field: 'conversionIds', problem: 'it is empty' });
  const whole = await packageOf(deps, [first, ...others]);
  const run = await beginRun(deps, {
    runId,
    orgId,
    createdBy,
    conversions: whole.conversions,
    kinds,
    notRead: [...(notRead ?? []), ...whole.notRead],
    trace,
  });
  if (run === null) throw new AppError('RUN_NOT_FOUND');
  return { run: toRunView(run) };
};

/**
 * The run of an upload that named kinds, under the id that its conversion was settled with. Doing it again changes nothing.
 * `waiting`: a file in it is not settled yet.
 */
export const startRunForConversion = async (deps: Deps, conversion: Conversion): Promise<'done' | 'waiting'> => {
  const { runId, orgId, createdBy, kinds, trace, deletedAt } = conversion;
  if (runId === undefined || kinds.length === 0 || deletedAt !== undefined || !isConverted(conversion)) return 'done';
  try {
    const whole = await packageOf(deps, [conversion]);
    await beginRun(deps, { runId, orgId, createdBy, ...whole, kinds, trace });
    return 'done';
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.reason === 'CONTENTS_NOT_READY') return 'waiting';
    throw thrown;
  }
};
