/** Step 2: what becomes of the event that an upload is finished. The first generation that is claimed is the only one ever read. */
import type { Conversion } from '../contracts/conversion.ts';
import { parseUploadObject } from '../contracts/storage-paths.ts';
import { enqueueConversion } from './3-convert-document/hold-conversion.ts';
import type { PipelineDeps } from './pipeline-deps.ts';
import { failureOf, queuedDueAt } from './tries.ts';
import { arrivalError } from './upload-formats.ts';

type ClaimUploadDeps = Pick<PipelineDeps, 'conversions' | 'queue' | 'clock' | 'logger' | 'settings'>;

/** Fields of Cloud Storage's event google.cloud.storage.object.v1.finalized. */
export interface FinalizedObject {
  bucket: string;
  object: string;
  generation: string;
  sizeBytes: number;
  contentType: string;
}

/** `repeated`: this generation was claimed before and still waits. `refused`: claimed, and settled as failed. */
export type ClaimOutcome = 'claimed' | 'repeated' | 'refused' | 'ignored';

/** `conversion`: whose upload it is, where it is anybody's. */
export interface UploadClaim {
  outcome: ClaimOutcome;
  conversion?: Pick<Conversion, 'orgId' | 'conversionId' | 'trace'>;
}

const claim = (current: Conversion, upload: FinalizedObject, now: Date): Conversion | null => {
  const { state, deletedAt, uploadObject, fileName, maxBytes } = current;
  if (deletedAt !== undefined || uploadObject !== upload.object) return null;
  if (state !== 'awaiting_upload' && state !== 'expired') return null;
  const { object, generation, sizeBytes } = upload;
  const claimed = { ...current, source: { object, generation, sizeBytes }, updatedAt: now.toISOString() };
  const error = arrivalError({ fileName, sizeBytes }, maxBytes);
  return error === null
    ? { ...claimed, state: 'queued', phase: 'read', tries: 1, dueAt: queuedDueAt(now) }
    : { ...claimed, state: 'failed', failure: failureOf(error), dueAt: null };
};

const waitsWith = ({ deletedAt, state, phase, source }: Conversion, upload: FinalizedObject): boolean =>
  deletedAt === undefined &&
  state === 'queued' &&
  phase === 'read' &&
  source?.object === upload.object &&
  source.generation === upload.generation;

/** Objects that createUpload did not name, and all that comes after the claim, are left alone. */
export const claimUpload = async (deps: ClaimUploadDeps, upload: FinalizedObject): Promise<UploadClaim> => {
  const key = upload.bucket === deps.settings.buckets.uploads ? parseUploadObject(upload.object) : null;
  if (key === null) return { outcome: 'ignored' };
  const now = deps.clock.now();
  const updated = await deps.conversions.update(key, (current) => {
    const next = claim(current, upload, now);
    return next === null ? null : { next };
  });
  if (updated.outcome === 'missing') return { outcome: 'ignored' };
  const { value: conversion } = updated;
  if (waitsWith(conversion, upload)) {
    await enqueueConversion(deps, conversion, 'read');
    return { outcome: updated.outcome === 'changed' ? 'claimed' : 'repeated', conversion };
  }
  const outcome = updated.outcome === 'changed' ? 'refused' : 'ignored';
  deps.logger.with(conversion.trace).log('INFO', 'An upload was not taken.', {
    ...key,
    outcome,
    state: conversion.state,
    generation: upload.generation,
  });
  return { outcome, conversion };
};
