/** Who may work on a conversion: the task that its state, phase and attempt wait for, and nobody else. */
import type { Conversion } from '../../contracts/conversion.ts';
import type { TaskPayload } from '../../contracts/tasks.ts';
import type { Failure } from '../../contracts/work.ts';
import { enqueueTask } from '../enqueue-task.ts';
import type { PipelineDeps } from '../pipeline-deps.ts';
import type { HeldWork } from '../reclaim-work.ts';
import { leaseEnd, type Work } from '../tries.ts';

export type ConvertPayload = TaskPayload<'convert-document'>;
export type ConvertPhase = ConvertPayload['phase'];

const isOpen = ({ deletedAt, attempt }: Conversion, payload: Pick<ConvertPayload, 'attempt'>): boolean =>
  deletedAt === undefined && attempt === payload.attempt;

const isWaiting = ({ state, phase }: Conversion, wanted: ConvertPhase): boolean =>
  wanted === 'read' ? state === 'queued' && phase === 'read' : state === 'converting' && phase === 'recognise';

const isBeingDone = ({ state, phase }: Conversion, wanted: ConvertPhase): boolean =>
  state === 'converting' && phase === wanted;

/** Whether the claimed work is still this task's to finish. */
export const holdsConversion = (current: Conversion, payload: Pick<ConvertPayload, 'phase' | 'attempt'>): boolean =>
  isOpen(current, payload) && isBeingDone(current, payload.phase);

/** Whether a failure of this task concerns it: it may have failed before the claim, or because the claim's answer was lost. */
export const concernsConversion = (current: Conversion, payload: ConvertPayload): boolean =>
  isOpen(current, payload) && (isWaiting(current, payload.phase) || isBeingDone(current, payload.phase));

/** Null when the task comes too late, or again. */
export const claimConversion = async (
  { conversions, clock }: Pick<PipelineDeps, 'conversions' | 'clock'>,
  payload: ConvertPayload,
): Promise<Conversion | null> => {
  const now = clock.now();
  const updated = await conversions.update(payload, (current) => {
    if (!isOpen(current, payload) || !isWaiting(current, payload.phase)) return null;
    const dueAt = leaseEnd('convert-document', now);
    return { next: { ...current, state: 'converting', phase: payload.phase, dueAt, updatedAt: now.toISOString() } };
  });
  return updated.outcome === 'changed' ? updated.value : null;
};

/** Waiting again for a task of that phase. */
const requeuedConversion = (current: Conversion, phase: ConvertPhase, work: Work, now: Date): Conversion => ({
  ...current,
  ...work,
  updatedAt: now.toISOString(),
  ...(phase === 'read' ? { state: 'queued', phase: 'read' } : { state: 'converting', phase: 'recognise' }),
});

const failedConversion = (current: Conversion, failure: Failure, now: Date): Conversion => ({
  ...current,
  state: 'failed',
  failure,
  dueAt: null,
  updatedAt: now.toISOString(),
});

/** A conversion that the task's attempt is at work on. */
export const heldConversion = (
  { conversions, clock }: Pick<PipelineDeps, 'conversions' | 'clock'>,
  payload: ConvertPayload,
): HeldWork<Conversion, 'convert-document'> => ({
  queue: 'convert-document',
  payload,
  update: (change) => conversions.update(payload, change),
  holds: (current) => holdsConversion(current, payload),
  requeue: (current, work) => requeuedConversion(current, payload.phase, work, clock.now()),
  settle: (current, failure) => failedConversion(current, failure, clock.now()),
});

export const convertPayload = (
  { orgId, conversionId, attempt, trace }: Conversion,
  phase: ConvertPhase,
): ConvertPayload => ({ orgId, conversionId, phase, attempt, trace });

export const enqueueConversion = (
  deps: Pick<PipelineDeps, 'queue'>,
  conversion: Conversion,
  phase: ConvertPhase,
): Promise<'created' | 'exists'> => enqueueTask(deps, 'convert-document', convertPayload(conversion, phase));
