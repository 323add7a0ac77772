/** Step 3, the part of one shard: recognises its pages, and starts the assembly when no other shard is open. */
import { sha256Hex } from '../../analyze/source-ref.ts';
import type { Conversion, OcrShard } from '../../contracts/conversion.ts';
import type { OcrPage } from '../../contracts/ocr.ts';
import { conversionObject } from '../../contracts/storage-paths.ts';
import type { TaskPayload } from '../../contracts/tasks.ts';
import type { Failure, StoredObject, Trace } from '../../contracts/work.ts';
import { AppError } from '../../errors.ts';
import { enqueueTask } from '../enqueue-task.ts';
import { type FailOutcome, failWork } from '../fail-work.ts';
import type { PipelineDeps } from '../pipeline-deps.ts';
import { type HeldWork, leaveOrTakeOver, type UnclaimedOutcome } from '../reclaim-work.ts';
import { leaseEnd } from '../tries.ts';
import { writeOnce } from '../write-once.ts';
import { enqueueConversion } from './hold-conversion.ts';

export type ShardPayload = TaskPayload<'ocr-shard'>;
type FanInDeps = Pick<PipelineDeps, 'conversions' | 'queue'>;
type Deps = FanInDeps & Pick<PipelineDeps, 'objects' | 'usage' | 'ocr' | 'clock' | 'logger' | 'settings'>;

export const shardPayload = ({ orgId, conversionId, shardId, attempt }: OcrShard, trace: Trace): ShardPayload => ({
  orgId,
  conversionId,
  shardId,
  attempt,
  trace,
});

export const enqueueShard = (
  deps: Pick<PipelineDeps, 'queue'>,
  shard: OcrShard,
  trace: Trace,
): Promise<'created' | 'exists'> => enqueueTask(deps, 'ocr-shard', shardPayload(shard, trace));

export const isShardOpen = ({ state }: OcrShard): boolean => state === 'queued' || state === 'working';

const isWorking = ({ state, attempt }: OcrShard, payload: ShardPayload): boolean =>
  state === 'working' && attempt === payload.attempt;

/** Whether the conversion waits for the shards of this recognition. */
export const awaitsShards = (conversion: Conversion | null, ocrAttempt: number): conversion is Conversion =>
  conversion !== null &&
  conversion.deletedAt === undefined &&
  conversion.state === 'converting' &&
  conversion.phase === 'recognise' &&
  conversion.ocr?.attempt === ocrAttempt;

/** Settled without a result: given up, or nobody waits for it any more (then without a failure). */
export const failedShard = (current: OcrShard, failure?: Failure): OcrShard => ({
  ...current,
  state: 'failed',
  dueAt: null,
  ...(failure === undefined ? {} : { failure }),
});

/** A shard that the task's attempt is at work on. */
export const heldShard = (
  { conversions }: Pick<PipelineDeps, 'conversions'>,
  payload: ShardPayload,
): HeldWork<OcrShard, 'ocr-shard'> => ({
  queue: 'ocr-shard',
  payload,
  update: (change) => conversions.updateShard(payload, change),
  holds: (current) => isWorking(current, payload),
  requeue: (current, work) => ({ ...current, ...work, state: 'queued' }),
  settle: failedShard,
});

/** Enqueues the assembly when every shard is settled. Doing it again changes nothing. */
export const assembleWhenSettled = async (
  deps: FanInDeps,
  { orgId, conversionId, ocrAttempt }: Pick<OcrShard, 'orgId' | 'conversionId' | 'ocrAttempt'>,
): Promise<'enqueued' | 'open' | 'stale'> => {
  const key = { orgId, conversionId };
  if ((await deps.conversions.countOpenShards(key, ocrAttempt)) > 0) return 'open';
  const conversion = await deps.conversions.get(key);
  if (!awaitsShards(conversion, ocrAttempt)) return 'stale';
  await enqueueConversion(deps, conversion, 'assemble');
  return 'enqueued';
};

/** After a shard was given up: its pages stay without text, and the others go on. */
const followGivenUp = async (deps: FanInDeps, payload: ShardPayload): Promise<void> => {
  const shard = await deps.conversions.getShard(payload);
  if (shard !== null) await assembleWhenSettled(deps, shard);
};

const claimShard = async (deps: Deps, payload: ShardPayload): Promise<OcrShard | null> => {
  const dueAt = leaseEnd('ocr-shard', deps.clock.now());
  const updated = await deps.conversions.updateShard(payload, (current) =>
    current.state === 'queued' && current.attempt === payload.attempt
      ? { next: { ...current, state: 'working', dueAt } }
      : null,
  );
  return updated.outcome === 'changed' ? updated.value : null;
};

const recognise = async (deps: Deps, shard: OcrShard): Promise<OcrPage[]> => {
  const { input, mediaType, pageNumbers, pageSizes } = shard;
  if (deps.ocr === null) throw new AppError('OCR_FAILED', { problem: 'no text recognition is set up' });
  const bytes = await deps.objects.read({
    bucket: deps.settings.buckets[shard.bucket],
    object: input.object,
    generation: input.generation,
    maxBytes: input.sizeBytes,
  });
  if (bytes === null) throw new AppError('UPLOAD_MISSING');
  return deps.ocr.recognise({ bytes, mediaType, pageNumbers, ...(pageSizes === undefined ? {} : { pageSizes }) });
};

const storePages = (deps: Deps, shard: OcrShard, pages: readonly OcrPage[]): Promise<StoredObject> => {
  const { orgId, conversionId, ocrAttempt, index, attempt } = shard;
  return writeOnce(deps, {
    object: conversionObject(orgId, conversionId, ocrAttempt, `ocr/${index}-${attempt}.json`),
    bytes: new TextEncoder().encode(JSON.stringify(pages)),
    contentType: 'application/json',
  });
};

/** The same pages of the same document are charged once, whoever recognises them how often. */
const countPages = async ({ usage, clock }: Deps, shard: OcrShard): Promise<void> => {
  const { orgId, conversionId, pageNumbers } = shard;
  await usage.record({
    usageId: sha256Hex(JSON.stringify(['pages_recognised', conversionId, pageNumbers])).slice(0, 32),
    orgId,
    kind: 'pages_recognised',
    quantity: pageNumbers.length,
    subject: { conversionId },
    createdAt: clock.now().toISOString(),
  });
};

/**
 * `deliveries` counts this one. `stale`: also what nobody waits for any more, or was taken over while it was worked on.
 * @throws AppError OCR_OVERLOADED, OCR_FAILED, UPLOAD_MISSING, STORAGE_UNAVAILABLE, STATE_UNAVAILABLE, QUEUE_UNAVAILABLE.
 */
export const recogniseShard = async (
  deps: Deps,
  payload: ShardPayload,
  deliveries = 1,
): Promise<'recognised' | UnclaimedOutcome> => {
  const shard = await claimShard(deps, payload);
  if (shard === null) {
    const outcome = await leaveOrTakeOver(deps, heldShard(deps, payload), deliveries);
    if (outcome === 'givenUp') await followGivenUp(deps, payload);
    return outcome;
  }
  if (!awaitsShards(await deps.conversions.get(payload), shard.ocrAttempt)) {
    await deps.conversions.updateShard(payload, (current) =>
      isWorking(current, payload) ? { next: failedShard(current) } : null,
    );
    return 'stale';
  }
  const output = await storePages(deps, shard, await recognise(deps, shard));
  await countPages(deps, shard);
  const settled = await deps.conversions.updateShard(payload, (current) =>
    isWorking(current, payload) ? { next: { ...current, state: 'done', output, dueAt: null } } : null,
  );
  const isMine = settled.outcome !== 'missing' && settled.value.output?.object === output.object;
  if (!isMine) {
    const { object, generation } = output;
    await deps.objects.delete({ bucket: deps.settings.buckets.processed, object, generation });
    return 'stale';
  }
  await assembleWhenSettled(deps, shard);
  return 'recognised';
};

/** A shard that is given up counts as settled. */
export const recogniseShardFailed = async (
  deps: FanInDeps & Pick<PipelineDeps, 'clock' | 'ids'>,
  payload: ShardPayload,
  error: AppError,
  deliveries: number,
): Promise<FailOutcome> => {
  const outcome = await failWork<OcrShard, 'ocr-shard'>(deps, {
    ...heldShard(deps, payload),
    holds: (current) => isShardOpen(current) && current.attempt === payload.attempt,
    error,
    deliveries,
  });
  if (outcome === 'settled') await followGivenUp(deps, payload);
  return outcome;
};
