/** Step 8 for documents: what the API shows of a conversion, its files, and its end. */
import {
  type Conversion,
  type ConversionResult,
  type ConversionView,
  ConversionViewSchema,
} from '../../contracts/conversion.ts';
import type { Caller, OperationRequest, OperationResponse } from '../../contracts/operations.ts';
import type { StoredObject } from '../../contracts/work.ts';
import { AppError } from '../../errors.ts';
import type { ConversionKey } from '../../repositories.ts';
import { eraseConversion } from '../erase-work.ts';
import { conversionNotReady } from '../not-ready.ts';
import type { PipelineDeps } from '../pipeline-deps.ts';
import { queuedDueAt, secondsAfter } from '../tries.ts';
import { decodeNewest, encodeCursor, type ListScope } from './cursor.ts';

type Repository = Pick<PipelineDeps, 'conversions'>;
type SigningDeps = Repository & Pick<PipelineDeps, 'objects' | 'clock' | 'settings'>;
type SignedUrl = OperationResponse<'getDownloadUrl'>['download'];
type DownloadName = OperationRequest<'getDownloadUrl'>['name'];

/** No leases, no paths. */
export const toConversionView = (conversion: Conversion): ConversionView =>
  ConversionViewSchema.parse({
    ...conversion,
    ...(conversion.source === undefined ? {} : { sizeBytes: conversion.source.sizeBytes }),
  });

/** @throws AppError CONVERSION_NOT_FOUND: missing, deleted and another organisation's look the same. */
const visibleConversion = async ({ conversions }: Repository, key: ConversionKey): Promise<Conversion> => {
  const conversion = await conversions.get(key);
  if (conversion === null || conversion.deletedAt !== undefined) throw new AppError('CONVERSION_NOT_FOUND');
  return conversion;
};

/** @throws AppError CONVERSION_NOT_FOUND. */
export const getConversion = async (
  deps: Repository,
  { principal: { orgId } }: Caller<'getConversion'>,
  { conversionId }: OperationRequest<'getConversion'>,
): Promise<OperationResponse<'getConversion'>> => ({
  conversion: toConversionView(await visibleConversion(deps, { orgId, conversionId })),
});

const positionOf = (scope: ListScope, cursor: string): { createdAt: string; conversionId: string } => {
  const { createdAt, id } = decodeNewest(scope, cursor);
  return { createdAt, conversionId: id };
};

/** @throws AppError CURSOR_INVALID. */
export const listConversions = async (
  { conversions }: Repository,
  { principal: { orgId } }: Caller<'listConversions'>,
  { pageSize, cursor, state }: OperationRequest<'listConversions'>,
): Promise<OperationResponse<'listConversions'>> => {
  const scope = ['listConversions', orgId, state];
  // One more than is shown tells whether there is a next page.
  const found = await conversions.list(orgId, {
    limit: pageSize + 1,
    ...(state === undefined ? {} : { state }),
    ...(cursor === undefined ? {} : { after: positionOf(scope, cursor) }),
  });
  const shown = found.slice(0, pageSize);
  const last = shown.at(-1);
  return {
    conversions: shown.map(toConversionView),
    ...(last !== undefined && found.length > pageSize
      ? { nextCursor: encodeCursor(scope, [last.createdAt, last.conversionId]) }
      : {}),
  };
};

const withoutExtension = (fileName: string): string => fileName.replace(/\.[A-Za-z0-9]{1,10}$/, '') || fileName;

interface StoredFile {
  bucket: string;
  stored: StoredObject;
  /** As a browser saves it. */
  fileName: string;
}

const resultOf = (conversion: Conversion): ConversionResult => {
  const { state, result } = conversion;
  if (result === undefined || (state !== 'completed' && state !== 'partial')) throw conversionNotReady(conversion);
  return result;
};

const fileOf = ({ settings: { buckets } }: SigningDeps, conversion: Conversion, name: DownloadName): StoredFile => {
  const { fileName, source } = conversion;
  if (name === 'original') {
    if (source === undefined) throw conversionNotReady(conversion);
    return { bucket: buckets.uploads, stored: source, fileName };
  }
  const { markdown, blockIndex } = resultOf(conversion);
  const base = withoutExtension(fileName);
  return name === 'markdown'
    ? { bucket: buckets.processed, stored: markdown, fileName: `${base}.md` }
    : { bucket: buckets.processed, stored: blockIndex, fileName: `${base}.blocks.json` };
};

const sign = async (deps: SigningDeps, conversion: Conversion, name: DownloadName): Promise<SignedUrl> => {
  const { bucket, stored, fileName } = fileOf(deps, conversion, name);
  const { object, generation } = stored;
  const { downloadSeconds } = deps.settings;
  const expiresAt = secondsAfter(deps.clock.now(), downloadSeconds);
  const request = { bucket, object, generation, fileName, expiresInSeconds: downloadSeconds };
  return { url: await deps.objects.grantDownload(request), fileName, expiresAt };
};

/** @throws AppError CONVERSION_NOT_FOUND, CONVERSION_NOT_READY. */
export const getDownloadUrl = async (
  deps: SigningDeps,
  { principal: { orgId } }: Caller<'getDownloadUrl'>,
  { conversionId, name }: OperationRequest<'getDownloadUrl'>,
): Promise<OperationResponse<'getDownloadUrl'>> => ({
  download: await sign(deps, await visibleConversion(deps, { orgId, conversionId }), name),
});

/** @throws AppError CONVERSION_NOT_FOUND, CONVERSION_NOT_READY. */
export const openDocument = async (
  deps: SigningDeps,
  { principal: { orgId } }: Caller<'openDocument'>,
  { conversionId }: OperationRequest<'openDocument'>,
): Promise<OperationResponse<'openDocument'>> => {
  const conversion = await visibleConversion(deps, { orgId, conversionId });
  const [markdown, blocks, original] = await Promise.all([
    sign(deps, conversion, 'markdown'),
    sign(deps, conversion, 'blocks'),
    sign(deps, conversion, 'original'),
  ]);
  return { conversion: toConversionView(conversion), markdown, blocks, original };
};

/** From the first write on it is gone for everyone; erasing goes on in the sweep if it is cut short. @throws AppError CONVERSION_NOT_FOUND. */
export const deleteConversion = async (
  deps: SigningDeps & Pick<PipelineDeps, 'runs'>,
  { principal: { orgId } }: Caller<'deleteConversion'>,
  { conversionId }: OperationRequest<'deleteConversion'>,
): Promise<OperationResponse<'deleteConversion'>> => {
  const now = deps.clock.now();
  const marked = await deps.conversions.update({ orgId, conversionId }, (current) =>
    current.deletedAt === undefined
      ? { next: { ...current, deletedAt: now.toISOString(), updatedAt: now.toISOString(), dueAt: queuedDueAt(now) } }
      : null,
  );
  if (marked.outcome !== 'changed') throw new AppError('CONVERSION_NOT_FOUND');
  await eraseConversion(deps, { orgId, conversionId });
  return { conversionId };
};
