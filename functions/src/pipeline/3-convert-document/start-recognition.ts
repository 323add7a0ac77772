/** Cuts the pages without text into shards and sends each to text recognition. */
import type { Conversion, OcrShard } from '../../contracts/conversion.ts';
import type { Document } from '../../contracts/document.ts';
import { conversionObject } from '../../contracts/storage-paths.ts';
import type { StoredObject } from '../../contracts/work.ts';
import { AppError } from '../../errors.ts';
import type { PageExtract } from '../../ports.ts';
import { mapBounded } from '../map-bounded.ts';
import type { PipelineDeps } from '../pipeline-deps.ts';
import { queuedDueAt, secondsAfter } from '../tries.ts';
import { writeOnce } from '../write-once.ts';
import { holdsConversion } from './hold-conversion.ts';
import { enqueueShard } from './ocr-shard.ts';

type Deps = Pick<PipelineDeps, 'conversions' | 'objects' | 'queue' | 'converter' | 'clock' | 'settings'>;

/** A conversion whose upload is claimed. */
export type ClaimedConversion = Conversion & { source: StoredObject };

interface Upload {
  bytes: Uint8Array;
  document: Document;
}

const ENQUEUED_AT_ONCE = 8;
/** When the sweep looks whether all shards of a scan are settled though nobody said so. */
const RECOGNITION_PATIENCE_SECONDS = 300;

const groupsOf = (pageNumbers: readonly number[], maxPages: number): number[][] =>
  Array.from({ length: Math.ceil(pageNumbers.length / maxPages) }, (_, index) =>
    pageNumbers.slice(index * maxPages, (index + 1) * maxPages),
  );

const isDamaged = (thrown: unknown): boolean => thrown instanceof AppError && thrown.reason === 'FILE_DAMAGED';

type Extract = PageExtract & { pageNumbers: number[] };

/** One page that cannot be taken out must not cost the others their text: it stays among the pages without. */
const extractReadable = async (
  { converter }: Pick<Deps, 'converter'>,
  request: { bytes: Uint8Array; fileName: string },
  pageNumbers: number[],
): Promise<Extract | null> => {
  try {
    return { ...(await converter.extractPages({ ...request, pageNumbers })), pageNumbers };
  } catch (thrown) {
    if (!isDamaged(thrown)) throw thrown;
    if (pageNumbers.length === 1) return null;
  }
  const readable: number[] = [];
  for (const pageNumber of pageNumbers) {
    if ((await extractReadable({ converter }, request, [pageNumber])) !== null) readable.push(pageNumber);
  }
  if (readable.length === 0) return null;
  return { ...(await converter.extractPages({ ...request, pageNumbers: readable })), pageNumbers: readable };
};

const newShard = (
  { orgId, conversionId, attempt, expiresAt }: ClaimedConversion,
  index: number,
  now: Date,
): Omit<OcrShard, 'pageNumbers' | 'mediaType' | 'bucket' | 'input'> => ({
  shardId: `${attempt}-${index}`,
  orgId,
  conversionId,
  ocrAttempt: attempt,
  index,
  state: 'queued',
  attempt: 1,
  tries: 1,
  dueAt: queuedDueAt(now),
  expiresAt,
});

/** An image that goes whole is sent as it was uploaded; all else is stored as files of a few pages each. */
const inputOf = async (
  deps: Deps,
  { orgId, conversionId, attempt, source }: ClaimedConversion,
  { bytes, mediaType, pageNumbers }: Extract,
  { index, pages }: { index: number; pages: number },
): Promise<Pick<OcrShard, 'bucket' | 'input'>> => {
  if (mediaType !== 'application/pdf' && pageNumbers.length === pages) return { bucket: 'uploads', input: source };
  const extension = mediaType.slice(mediaType.indexOf('/') + 1);
  const object = conversionObject(orgId, conversionId, attempt, `ocr/${index}.${extension}`);
  return { bucket: 'processed', input: await writeOnce(deps, { object, bytes, contentType: mediaType }) };
};

const shardsOf = async (
  deps: Deps,
  conversion: ClaimedConversion,
  { bytes, document }: Upload,
  maxPages: number,
): Promise<OcrShard[]> => {
  const shards: OcrShard[] = [];
  for (const group of groupsOf(document.pagesNeedingOcr, maxPages)) {
    const extract = await extractReadable(deps, { bytes, fileName: conversion.fileName }, group);
    if (extract === null) continue;
    const { pageNumbers, mediaType, pageSizes } = extract;
    const index = shards.length;
    shards.push({
      ...newShard(conversion, index, deps.clock.now()),
      pageNumbers,
      ...(pageSizes.length === pageNumbers.length ? { pageSizes } : {}),
      mediaType,
      ...(await inputOf(deps, conversion, extract, { index, pages: document.pages.length })),
    });
  }
  return shards;
};

const dropInputs = async ({ objects, settings }: Deps, shards: readonly OcrShard[]): Promise<void> => {
  for (const { bucket, input } of shards) {
    if (bucket === 'processed') await objects.delete({ bucket: settings.buckets.processed, ...input });
  }
};

/** `unreadable`: none of the pages can be taken out of the file. `stale`: the conversion is another's by now, or gone. */
export const startRecognition = async (
  deps: Deps,
  conversion: ClaimedConversion,
  upload: Upload,
  maxPages: number,
): Promise<'started' | 'unreadable' | 'stale'> => {
  const shards = await shardsOf(deps, conversion, upload, maxPages);
  if (shards.length === 0) return 'unreadable';
  await deps.conversions.createShards(shards);
  const { attempt } = conversion;
  const now = deps.clock.now();
  const updated = await deps.conversions.update(conversion, (current) =>
    holdsConversion(current, { phase: 'read', attempt })
      ? {
          next: {
            ...current,
            phase: 'recognise',
            ocr: { attempt, shards: shards.length },
            tries: 1,
            dueAt: secondsAfter(now, RECOGNITION_PATIENCE_SECONDS),
            updatedAt: now.toISOString(),
          },
        }
      : null,
  );
  // A transaction whose answer was lost finds its own work done when it is tried again.
  const begun = updated.outcome !== 'missing' && updated.value.ocr?.attempt === attempt;
  if (!begun) {
    await dropInputs(deps, shards);
    return 'stale';
  }
  await mapBounded(shards, ENQUEUED_AT_ONCE, (shard) => enqueueShard(deps, shard, conversion.trace));
  return 'started';
};
