/** Step 1: the right to upload one file, and the conversion that waits for it. */
import { sha256Hex } from '../analyze/source-ref.ts';
import type { Conversion } from '../contracts/conversion.ts';
import { plainFileName } from '../contracts/file-name.ts';
import type { Caller, OperationRequest, OperationResponse } from '../contracts/operations.ts';
import { uploadObject } from '../contracts/storage-paths.ts';
import { AppError } from '../errors.ts';
import type { ConversionKey } from '../repositories.ts';
import type { PipelineDeps } from './pipeline-deps.ts';
import { secondsAfter } from './tries.ts';
import { checkDeclared } from './upload-formats.ts';

type CreateUploadDeps = Pick<PipelineDeps, 'conversions' | 'objects' | 'clock' | 'ids' | 'settings'>;
type UploadResponse = OperationResponse<'createUpload'>;

/** From here on an upload can be taken up again where it broke off. */
const RESUMABLE_FROM_BYTES = 32 * 1024 * 1024;
/** The event of an upload in the last second needs some time, and so does a slow line. */
const EVENT_PATIENCE_SECONDS = 600;
const SECONDS_PER_DAY = 86_400;

const uploadWindow = ({ clock, settings }: CreateUploadDeps) => {
  const now = clock.now();
  return {
    updatedAt: now.toISOString(),
    uploadUntilAt: secondsAfter(now, settings.uploadSeconds),
    dueAt: secondsAfter(now, settings.uploadSeconds + EVENT_PATIENCE_SECONDS),
  };
};

const newConversion = (
  deps: CreateUploadDeps,
  { principal, trace }: Caller<'createUpload'>,
  request: OperationRequest<'createUpload'>,
): Conversion => {
  const { orgId, uid } = principal;
  const { contentType, sizeBytes, kinds, idempotencyKey } = request;
  const fileName = plainFileName(request.fileName);
  checkDeclared({ fileName, contentType, sizeBytes }, deps.settings.limits);
  const conversionId =
    idempotencyKey === undefined
      ? deps.ids.newId()
      : sha256Hex(JSON.stringify(['upload', orgId, idempotencyKey])).slice(0, 20);
  const now = deps.clock.now();
  return {
    conversionId,
    orgId,
    createdBy: uid,
    fileName,
    contentType,
    maxBytes: sizeBytes,
    uploadObject: uploadObject(orgId, conversionId, fileName),
    kinds: [...new Set(kinds)],
    state: 'awaiting_upload',
    phase: 'read',
    attempt: 1,
    tries: 1,
    createdAt: now.toISOString(),
    expiresAt: secondsAfter(now, deps.settings.retentionDays * SECONDS_PER_DAY),
    trace,
    ...uploadWindow(deps),
  };
};

const isSameUpload = (a: Conversion, b: Conversion): boolean =>
  a.fileName === b.fileName &&
  a.contentType === b.contentType &&
  a.maxBytes === b.maxBytes &&
  a.kinds.join() === b.kinds.join();

const isWaiting = ({ state, deletedAt }: Conversion): boolean =>
  deletedAt === undefined && (state === 'awaiting_upload' || state === 'expired');

/** The conversion that the same key began before, waiting anew for its upload. */
const waitAgain = async (deps: CreateUploadDeps, wanted: Conversion): Promise<Conversion> => {
  const key: ConversionKey = { orgId: wanted.orgId, conversionId: wanted.conversionId };
  const updated = await deps.conversions.update(key, (current) =>
    isWaiting(current) && isSameUpload(current, wanted)
      ? { next: { ...current, state: 'awaiting_upload', ...uploadWindow(deps) } }
      : null,
  );
  if (updated.outcome === 'changed') return updated.value;
  if (updated.outcome === 'missing' || updated.value.deletedAt !== undefined) {
    throw new AppError('CONVERSION_NOT_FOUND');
  }
  if (!isSameUpload(updated.value, wanted)) {
    throw new AppError('REQUEST_INVALID', { field: 'idempotencyKey', problem: 'it was used for another upload' });
  }
  const { conversionId, state } = updated.value;
  throw new AppError('UPLOAD_NOT_AWAITED', { conversionId, state });
};

const grantFor = async (
  { objects, settings }: CreateUploadDeps,
  { uploadObject: object, contentType, maxBytes, uploadUntilAt }: Conversion,
  resumable: boolean,
): Promise<UploadResponse['upload']> => {
  const upload = {
    bucket: settings.buckets.uploads,
    object,
    contentType,
    sizeBytes: maxBytes,
    expiresInSeconds: settings.uploadSeconds,
  };
  const { url, headers } = resumable ? await objects.grantResumableUpload(upload) : await objects.grantUpload(upload);
  return { url, method: resumable ? 'POST' : 'PUT', headers: { ...headers }, resumable, expiresAt: uploadUntilAt };
};

/**
 * Handler of createUpload.
 * @throws AppError FILE_EMPTY, FILE_TOO_LARGE, FORMAT_UNSUPPORTED; with a key that was used: UPLOAD_NOT_AWAITED, REQUEST_INVALID,
 * CONVERSION_NOT_FOUND.
 */
export const createUpload = async (
  deps: CreateUploadDeps,
  caller: Caller<'createUpload'>,
  request: OperationRequest<'createUpload'>,
): Promise<UploadResponse> => {
  const wanted = newConversion(deps, caller, request);
  const created = await deps.conversions.create(wanted);
  const conversion = created === 'created' ? wanted : await waitAgain(deps, wanted);
  const upload = await grantFor(deps, conversion, request.sizeBytes > RESUMABLE_FROM_BYTES);
  return { conversionId: conversion.conversionId, upload };
};
