/** Step 6: analyses one window and saves what came out of it, once. Touches the window's own document only. */
import type { WindowResult } from '../contracts/analysis.ts';
import type { Run, RunWindow } from '../contracts/run.ts';
import { runObject } from '../contracts/storage-paths.ts';
import type { TaskPayload } from '../contracts/tasks.ts';
import type { StoredObject } from '../contracts/work.ts';
import { AppError } from '../errors.ts';
import type { WindowKey } from '../repositories.ts';
import { cancelWindow } from './cancel-windows.ts';
import { dropUnused } from './drop-unused.ts';
import { type FailOutcome, failWork } from './fail-work.ts';
import type { PipelineDeps } from './pipeline-deps.ts';
import { type HeldWork, leaveOrTakeOver, type UnclaimedOutcome } from './reclaim-work.ts';
import { readStoredDocument } from './stored-document.ts';
import { readStoredPlan } from './stored-json.ts';
import { leaseEnd } from './tries.ts';
import { followWindow } from './window-fan-in.ts';
import { resultOf, type WindowInput } from './window-result.ts';
import { writeOnce } from './write-once.ts';

type Payload = TaskPayload<'analyze-window'>;
type Deps = Pick<PipelineDeps, 'runs' | 'usage' | 'objects' | 'queue' | 'model' | 'clock' | 'logger' | 'settings'>;

const holds = (window: RunWindow, attempt: number): boolean => window.state === 'working' && window.attempt === attempt;

/** A window that the task's attempt is at work on. */
export const heldWindow = ({ runs }: Pick<Deps, 'runs'>, payload: Payload): HeldWork<RunWindow, 'analyze-window'> => {
  const { orgId, runId, windowId, attempt } = payload;
  return {
    queue: 'analyze-window',
    payload,
    update: (change) => runs.updateWindow({ orgId, runId, windowId }, change),
    holds: (window) => holds(window, attempt),
    requeue: (window, work) => ({ ...window, ...work, state: 'queued' }),
    settle: (window, failure) => ({ ...window, state: 'failed', failure, dueAt: null }),
  };
};

const claim = async ({ runs, clock }: Deps, key: WindowKey, attempt: number): Promise<RunWindow | null> => {
  const dueAt = leaseEnd('analyze-window', clock.now());
  const updated = await runs.updateWindow(key, (window) =>
    window.state === 'queued' && window.attempt === attempt ? { next: { ...window, state: 'working', dueAt } } : null,
  );
  return updated.outcome === 'changed' ? updated.value : null;
};

/** @throws AppError WINDOW_INVALID, RESULT_MISSING, CONVERSION_NOT_FOUND, STORAGE_UNAVAILABLE. */
const readInput = async (deps: Deps, run: Run, { ordinal: index, documentId }: RunWindow): Promise<WindowInput> => {
  if (run.plan === undefined) throw new AppError('WINDOW_INVALID', { index, problem: 'the run has no plan' });
  const { context, windows } = await readStoredPlan(deps, run.plan);
  const window = windows[index];
  const stored = run.documents.find((document) => document.documentId === documentId);
  if (window === undefined || stored === undefined) {
    throw new AppError('WINDOW_INVALID', { index, problem: 'the plan does not have it' });
  }
  return { context, window, document: await readStoredDocument(deps, stored) };
};

const writeResult = (
  deps: Deps,
  { orgId, runId, windowId, attempt }: RunWindow,
  result: WindowResult,
): Promise<StoredObject> =>
  writeOnce(deps, {
    object: runObject(orgId, runId, attempt, `${windowId}.json`),
    bytes: new TextEncoder().encode(JSON.stringify(result)),
    contentType: 'application/json',
  });

/**
 * Before the window is settled, and under names of their own: never forgotten, never twice. Of a window that was tried more than once the
 * tokens of one try are counted, those of the first that came to a result: our own repetitions are not charged for.
 */
const countUsage = async (
  { usage, clock }: Deps,
  { orgId, runId, windowId }: RunWindow,
  modelTokens: number,
): Promise<void> => {
  const event = { orgId, subject: { runId, windowId }, createdAt: clock.now().toISOString() };
  await usage.record({ ...event, usageId: `${runId}-${windowId}`, kind: 'windows_analysed', quantity: 1 });
  if (modelTokens === 0) return;
  await usage.record({ ...event, usageId: `${runId}-${windowId}-tokens`, kind: 'model_tokens', quantity: modelTokens });
};

/** Null when somebody else has taken the window over, or the run is gone. */
const settle = async (
  deps: Deps,
  claimed: RunWindow,
  output: StoredObject,
  findings: number,
): Promise<RunWindow | null> => {
  const updated = await deps.runs.updateWindow(claimed, (window) => {
    if (!holds(window, claimed.attempt)) return null;
    const { failure: _, ...open } = window;
    return { next: { ...open, state: 'done', dueAt: null, output, findings } };
  });
  if (updated.outcome !== 'missing' && updated.value.output?.object === output.object) return updated.value;
  await dropUnused(deps, claimed, output);
  return null;
};

type FollowDeps = Pick<PipelineDeps, 'runs' | 'queue' | 'clock' | 'settings'>;

/** A window that is given up is settled too: the run goes on without it, and says so at its end. */
const followGivenUp = async (deps: FollowDeps, { orgId, runId, windowId }: WindowKey): Promise<void> => {
  const key = { orgId, runId };
  const [run, window] = await Promise.all([deps.runs.get(key), deps.runs.getWindow({ ...key, windowId })]);
  if (run?.state === 'analyzing' && window !== null) await followWindow(deps, run, window);
};

/**
 * `deliveries` counts this one. `cancelled`: the window was closed with its run. `stale`: also what was taken over while it was worked on.
 * @throws AppError WINDOW_INVALID, RESULT_MISSING, CONVERSION_NOT_FOUND, STORAGE_UNAVAILABLE, MODEL_OVERLOADED, MODEL_TIMEOUT.
 */
export const analyzeWindowStep = async (
  deps: Deps,
  payload: Payload,
  deliveries = 1,
): Promise<'analysed' | 'cancelled' | UnclaimedOutcome> => {
  const { orgId, runId, windowId, attempt } = payload;
  const key = { orgId, runId, windowId };
  const run = await deps.runs.get({ orgId, runId });
  if (run === null || run.deletedAt !== undefined || run.state === 'cancelled') {
    return (await cancelWindow(deps, { ...key, attempt })) ? 'cancelled' : 'stale';
  }
  if (run.state !== 'analyzing') return 'stale';
  const claimed = await claim(deps, key, attempt);
  if (claimed === null) {
    const outcome = await leaveOrTakeOver(deps, heldWindow(deps, payload), deliveries);
    if (outcome === 'givenUp') await followGivenUp(deps, key);
    return outcome;
  }
  const { result, modelTokens } = await resultOf(deps, claimed, await readInput(deps, run, claimed));
  const output = await writeResult(deps, claimed, result);
  await countUsage(deps, claimed, modelTokens);
  const settled = await settle(deps, claimed, output, result.findings.length);
  if (settled === null) return 'stale';
  await followWindow(deps, run, settled);
  return 'analysed';
};

export const analyzeWindowFailed = async (
  deps: FollowDeps & Pick<PipelineDeps, 'ids'>,
  payload: Payload,
  error: AppError,
  deliveries: number,
): Promise<FailOutcome> => {
  const outcome = await failWork(deps, { ...heldWindow(deps, payload), error, deliveries });
  if (outcome === 'settled') await followGivenUp(deps, payload);
  return outcome;
};
