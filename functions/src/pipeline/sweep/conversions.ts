/** Conversions that nobody works on any more: lost events, lost tasks, dead workers, runs that did not begin, erasures cut short. */
import type { Conversion } from '../../contracts/conversion.ts';
import type { Change, Updated } from '../../repositories.ts';
import { claimUpload } from '../2-claim-upload.ts';
import {
  type ConvertPhase,
  convertPayload,
  enqueueConversion,
  heldConversion,
} from '../3-convert-document/hold-conversion.ts';
import { assembleWhenSettled } from '../3-convert-document/ocr-shard.ts';
import { startFollowingRun } from '../4-store-markdown.ts';
import { eraseConversion } from '../erase-work.ts';
import type { PipelineDeps } from '../pipeline-deps.ts';
import { reclaimWork } from '../reclaim-work.ts';
import { isDue, queuedDueAt } from '../tries.ts';
import { addCounts, type RepairOutcome, repairAll } from './repair-all.ts';
import { sweepShards } from './shards.ts';
import type { SweepCounts } from './sweep-counts.ts';

/** Changes the conversion only if it is still as it was found. */
const change = (
  { conversions, clock }: PipelineDeps,
  found: Conversion,
  make: (current: Conversion) => Change<Conversion>,
): Promise<Updated<Conversion>> => {
  const now = clock.now();
  return conversions.update(found, (current) => {
    const { attempt, state, phase, deletedAt } = current;
    const isAsFound =
      attempt === found.attempt && state === found.state && phase === found.phase && deletedAt === found.deletedAt;
    return isAsFound && isDue(current, now) ? make(current) : null;
  });
};

const postpone = (deps: PipelineDeps, conversion: Conversion): Promise<Updated<Conversion>> =>
  change(deps, conversion, (current) => ({ next: { ...current, dueAt: queuedDueAt(deps.clock.now()) } }));

const close = async (deps: PipelineDeps, conversion: Conversion): Promise<RepairOutcome> => {
  await change(deps, conversion, (current) => ({ next: { ...current, dueAt: null } }));
  return 'settled';
};

/** An upload that is there although no event came is taken as if one had. */
const lateUpload = async (deps: PipelineDeps, conversion: Conversion): Promise<RepairOutcome> => {
  const bucket = deps.settings.buckets.uploads;
  const object = conversion.uploadObject;
  const found = await deps.objects.stat({ bucket, object });
  if (found !== null) {
    const { outcome } = await claimUpload(deps, { bucket, object, ...found });
    return outcome === 'claimed' || outcome === 'repeated' ? 'enqueued' : 'settled';
  }
  const updatedAt = deps.clock.now().toISOString();
  await change(deps, conversion, (current) => ({ next: { ...current, state: 'expired', dueAt: null, updatedAt } }));
  return 'settled';
};

const queuedTooLong = async (deps: PipelineDeps, conversion: Conversion): Promise<RepairOutcome> => {
  if ((await postpone(deps, conversion)).outcome !== 'changed') return 'postponed';
  await enqueueConversion(deps, conversion, 'read');
  return 'enqueued';
};

const recognisedTooLong = async (deps: PipelineDeps, conversion: Conversion): Promise<RepairOutcome> => {
  if ((await postpone(deps, conversion)).outcome !== 'changed') return 'postponed';
  const { orgId, conversionId, attempt, ocr } = conversion;
  const outcome = await assembleWhenSettled(deps, { orgId, conversionId, ocrAttempt: ocr?.attempt ?? attempt });
  return outcome === 'enqueued' ? 'enqueued' : 'postponed';
};

/** The lease is over: whoever held it is dead. */
const lost = async (deps: PipelineDeps, conversion: Conversion, phase: ConvertPhase): Promise<RepairOutcome> => {
  const outcome = await reclaimWork(deps, heldConversion(deps, convertPayload(conversion, phase)));
  return outcome === 'stale' ? 'postponed' : outcome;
};

const followingRun = async (deps: PipelineDeps, conversion: Conversion): Promise<RepairOutcome> => {
  if (conversion.runId === undefined) return close(deps, conversion);
  if ((await startFollowingRun(deps, conversion)) === 'done') return 'enqueued';
  await postpone(deps, conversion);
  return 'postponed';
};

const repair = async (deps: PipelineDeps, conversion: Conversion): Promise<RepairOutcome> => {
  if (conversion.deletedAt !== undefined) {
    await eraseConversion(deps, conversion);
    return 'settled';
  }
  switch (conversion.state) {
    case 'awaiting_upload':
      return lateUpload(deps, conversion);
    case 'queued':
      return queuedTooLong(deps, conversion);
    case 'converting':
      if (conversion.phase === 'recognise') return recognisedTooLong(deps, conversion);
      return lost(deps, conversion, conversion.phase);
    case 'completed':
    case 'partial':
      return followingRun(deps, conversion);
    case 'failed':
    case 'expired':
      return close(deps, conversion);
  }
};

/** At most `limit` conversions and as many shards. @throws AppError STATE_UNAVAILABLE when what is due cannot be read. */
export const sweepConversions = async (deps: PipelineDeps, limit: number): Promise<SweepCounts> => {
  const due = await deps.conversions.due(deps.clock.now().toISOString(), limit);
  const conversions = await repairAll(deps, due, {
    repair: (conversion) => repair(deps, conversion),
    postpone: (conversion) => postpone(deps, conversion),
    logFields: ({ orgId, conversionId, state, attempt }) => ({ orgId, conversionId, state, attempt }),
  });
  return addCounts(conversions, await sweepShards(deps, limit));
};
