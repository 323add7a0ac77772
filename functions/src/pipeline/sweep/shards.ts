/** Shards of scans that nobody works on any more. */
import type { Conversion, OcrShard } from '../../contracts/conversion.ts';
import type { Change, Updated } from '../../repositories.ts';
import {
  assembleWhenSettled,
  awaitsShards,
  enqueueShard,
  failedShard,
  heldShard,
  isShardOpen,
  shardPayload,
} from '../3-convert-document/ocr-shard.ts';
import type { PipelineDeps } from '../pipeline-deps.ts';
import { reclaimWork } from '../reclaim-work.ts';
import { isDue, queuedDueAt } from '../tries.ts';
import { type RepairOutcome, repairAll } from './repair-all.ts';
import type { SweepCounts } from './sweep-counts.ts';

type Deps = Pick<PipelineDeps, 'conversions' | 'queue' | 'clock' | 'logger'>;

/** Changes the shard only if it is still as it was found. */
const change = (
  { conversions, clock }: Deps,
  found: OcrShard,
  make: (current: OcrShard) => Change<OcrShard>,
): Promise<Updated<OcrShard>> => {
  const now = clock.now();
  return conversions.updateShard(found, (current) =>
    current.attempt === found.attempt && current.state === found.state && isDue(current, now) ? make(current) : null,
  );
};

const postpone = (deps: Deps, shard: OcrShard): Promise<Updated<OcrShard>> =>
  change(deps, shard, (current) => ({ next: { ...current, dueAt: queuedDueAt(deps.clock.now()) } }));

/** Shards are written before their conversion says that it waits for them. */
const isBeingCut = (conversion: Conversion | null, { ocrAttempt }: OcrShard): boolean =>
  conversion !== null &&
  conversion.deletedAt === undefined &&
  conversion.state === 'converting' &&
  conversion.phase === 'read' &&
  conversion.attempt === ocrAttempt;

/** The lease is over: whoever held it is dead. */
const lost = async (deps: Deps, shard: OcrShard, { trace }: Conversion): Promise<RepairOutcome> => {
  const outcome = await reclaimWork(deps, heldShard(deps, shardPayload(shard, trace)));
  if (outcome === 'givenUp') await assembleWhenSettled(deps, shard);
  return outcome === 'stale' ? 'postponed' : outcome;
};

const repair = async (deps: Deps, shard: OcrShard): Promise<RepairOutcome> => {
  const conversion = await deps.conversions.get(shard);
  if (isBeingCut(conversion, shard)) {
    await postpone(deps, shard);
    return 'postponed';
  }
  if (!isShardOpen(shard) || !awaitsShards(conversion, shard.ocrAttempt)) {
    await change(deps, shard, (current) => ({
      next: isShardOpen(current) ? failedShard(current) : { ...current, dueAt: null },
    }));
    return 'settled';
  }
  if (shard.state === 'working') return lost(deps, shard, conversion);
  const pushed = await postpone(deps, shard);
  if (pushed.outcome !== 'changed') return 'postponed';
  await enqueueShard(deps, shard, conversion.trace);
  return 'enqueued';
};

export const sweepShards = async (deps: Deps, limit: number): Promise<SweepCounts> => {
  const due = await deps.conversions.dueShards(deps.clock.now().toISOString(), limit);
  return repairAll(deps, due, {
    repair: (shard) => repair(deps, shard),
    postpone: (shard) => postpone(deps, shard),
    logFields: ({ orgId, conversionId, state, attempt }) => ({
      orgId,
      conversionId,
      state,
      attempt,
      step: 'ocr-shard',
    }),
  });
};
