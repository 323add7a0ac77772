/** The files in a mail or an archive: each becomes a conversion of its own, under an id that follows from its place, so that doing it again makes none twice. */
import { sha256Hex } from '../../analyze/source-ref.ts';
import { isContainer } from '../../contracts/container.ts';
import type { Conversion } from '../../contracts/conversion.ts';
import type { Document } from '../../contracts/document.ts';
import { uploadObject } from '../../contracts/storage-paths.ts';
import { AppError } from '../../errors.ts';
import { mapBounded } from '../map-bounded.ts';
import type { PipelineDeps } from '../pipeline-deps.ts';
import { failureOf, queuedDueAt } from '../tries.ts';
import { checkDeclared } from '../upload-formats.ts';
import { writeOnce } from '../write-once.ts';
import { enqueueConversion, holdsConversion } from './hold-conversion.ts';

type Deps = Pick<PipelineDeps, 'conversions' | 'objects' | 'queue' | 'clock' | 'settings' | 'converter'>;

interface ContainedFile {
  fileName: string;
  bytes: Uint8Array;
}

/** In an upload, in a container in it, in a container in that one. */
const MOST_FILES = [50, 10, 0] as const;
const BEGUN_AT_ONCE = 4;
const CONTENT_TYPE = 'application/octet-stream';

/** 20 characters, as all ids of conversions; `ordinal` from 0. */
export const containedId = ({ orgId, conversionId }: Conversion, ordinal: number): string =>
  sha256Hex(JSON.stringify(['contained', orgId, conversionId, ordinal])).slice(0, 20);

/**
 * Begins the conversions of what is in `document`, if it is one that holds files. `stale`: it was deleted or taken over meanwhile.
 *
 * @throws AppError FORMAT_UNSUPPORTED when it holds too many; what the unpacker refuses with; STORAGE_UNAVAILABLE and the like.
 */
export const beginContainedFiles = async (
  deps: Deps,
  conversion: Conversion,
  { bytes, document }: { bytes: Uint8Array; document: Document },
): Promise<'begun' | 'stale'> => {
  if (!isContainer(document.mediaType)) return 'begun';
  const { fileName, attempt } = conversion;
  const files = await deps.converter.unpack({ bytes, fileName });
  checkCount(files.length, conversion);
  if (files.length === 0) return 'begun';
  const children = files.map((_, ordinal) => containedId(conversion, ordinal));
  // Noted first: whoever erases the container from now on finds them.
  const noted = await deps.conversions.update(conversion, (current) =>
    holdsConversion(current, { phase: 'read', attempt }) ? { next: { ...current, children } } : null,
  );
  if (noted.outcome !== 'changed') return 'stale';
  await mapBounded(files, BEGUN_AT_ONCE, (file, ordinal) => beginFile(deps, conversion, file, ordinal));
  return 'begun';
};

const depthOf = ({ container }: Conversion): number => container?.depth ?? 0;

const checkCount = (count: number, conversion: Conversion): void => {
  const most = MOST_FILES[depthOf(conversion)] ?? 0;
  if (count <= most) return;
  const problem = `it holds ${count} file${count === 1 ? '' : 's'}`;
  const supported = most === 0 ? 'such files when they are uploaded by themselves' : `up to ${most} there; split it`;
  throw new AppError('FORMAT_UNSUPPORTED', { fileName: conversion.fileName, problem, supported });
};

/** Why the file would be refused; a name without an ending says nothing, and the converter looks at the bytes. */
const refusalOf = ({ settings }: Deps, { fileName, bytes }: ContainedFile): AppError | null => {
  if (bytes.length > 0 && !/\.[A-Za-z][A-Za-z0-9]*$/.test(fileName)) return null;
  try {
    checkDeclared({ fileName, contentType: CONTENT_TYPE, sizeBytes: bytes.length }, settings.limits);
    return null;
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
};

const newConversion = (deps: Deps, container: Conversion, file: ContainedFile, ordinal: number): Conversion => {
  const { orgId, createdBy, expiresAt, trace } = container;
  const conversionId = containedId(container, ordinal);
  const now = deps.clock.now();
  return {
    conversionId,
    orgId,
    createdBy,
    fileName: file.fileName,
    contentType: CONTENT_TYPE,
    maxBytes: Math.max(1, file.bytes.length),
    uploadObject: uploadObject(orgId, conversionId, file.fileName),
    kinds: [],
    container: { conversionId: container.conversionId, depth: depthOf(container) + 1 },
    state: 'queued',
    phase: 'read',
    attempt: 1,
    tries: 1,
    dueAt: queuedDueAt(now),
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    uploadUntilAt: now.toISOString(),
    expiresAt,
    trace,
  };
};

const beginFile = async (deps: Deps, container: Conversion, file: ContainedFile, ordinal: number): Promise<void> => {
  const conversion = newConversion(deps, container, file, ordinal);
  const refusal = refusalOf(deps, file);
  if (refusal !== null) {
    await deps.conversions.create({ ...conversion, state: 'failed', failure: failureOf(refusal), dueAt: null });
    return;
  }
  const { uploadObject: object, contentType } = conversion;
  const source = await writeOnce(deps, { bucket: 'uploads', object, bytes: file.bytes, contentType });
  const queued = { ...conversion, source };
  const begun = (await deps.conversions.create(queued)) === 'created' ? queued : await deps.conversions.get(queued);
  if (begun?.state === 'queued' && begun.deletedAt === undefined) await enqueueConversion(deps, begun, 'read');
};

/** Whether the container is gone: then it was deleted while its files were begun, and nobody else will erase this one. */
export const isLeftBehind = async (
  { conversions }: Pick<PipelineDeps, 'conversions'>,
  { orgId, container }: Conversion,
): Promise<boolean> => {
  if (container === undefined) return false;
  const found = await conversions.get({ orgId, conversionId: container.conversionId });
  return found === null || found.deletedAt !== undefined;
};
