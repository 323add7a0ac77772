/** Step 4: Markdown and block index become objects, the conversion is settled, and the run that was asked for begins. */
import { sha256Hex } from '../analyze/source-ref.ts';
import type { Conversion, ConversionResult } from '../contracts/conversion.ts';
import { blockIndexOf, type Document } from '../contracts/document.ts';
import { conversionObject } from '../contracts/storage-paths.ts';
import type { StoredObject } from '../contracts/work.ts';
import type { ConversionKey } from '../repositories.ts';
import { holdsConversion } from './3-convert-document/hold-conversion.ts';
import { startRunForConversion } from './5-start-analysis.ts';
import { eraseRun } from './erase-work.ts';
import type { PipelineDeps } from './pipeline-deps.ts';
import { queuedDueAt } from './tries.ts';
import { formatNameOf } from './upload-formats.ts';
import { writeOnce } from './write-once.ts';

interface StoredFiles {
  markdown: StoredObject;
  blockIndex: StoredObject;
}

export const runIdOf = (conversionId: string): string => sha256Hex(`run:${conversionId}`).slice(0, 20);

const writeFiles = async (
  deps: PipelineDeps,
  { orgId, conversionId, attempt }: Conversion,
  document: Document,
): Promise<StoredFiles> => {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const [markdownObject, blockIndex] = await Promise.all([
    writeOnce(deps, {
      object: conversionObject(orgId, conversionId, attempt, 'document.md'),
      bytes: encode(document.markdown),
      contentType: 'text/markdown; charset=utf-8',
    }),
    writeOnce(deps, {
      object: conversionObject(orgId, conversionId, attempt, 'blocks.json'),
      bytes: encode(JSON.stringify(blockIndexOf(document))),
      contentType: 'application/json',
    }),
  ]);
  return { markdown: markdownObject, blockIndex };
};

/** A document without pages counts as one. */
const countPages = async ({ usage, clock }: PipelineDeps, conversion: Conversion, pages: number): Promise<void> => {
  const { orgId, conversionId } = conversion;
  await usage.record({
    usageId: sha256Hex(JSON.stringify(['pages_converted', conversionId])).slice(0, 32),
    orgId,
    kind: 'pages_converted',
    quantity: Math.max(1, pages),
    subject: { conversionId },
    createdAt: clock.now().toISOString(),
  });
};

const resultOf = (document: Document, files: StoredFiles): ConversionResult => {
  const { documentId, mediaType, title, pages, blocks, markdown, messages, pagesNeedingOcr } = document;
  const isRecognised = pages.some(({ source }) => source === 'ocr');
  return {
    documentId,
    mediaType,
    ...(title === undefined ? {} : { title }),
    engine: `${formatNameOf(mediaType)}${isRecognised ? '+ocr' : ''}`,
    pages: pages.length,
    blocks: blocks.length,
    characters: markdown.length,
    pagesWithoutText: pagesNeedingOcr,
    warnings: messages.filter(({ level }) => level !== 'info').length,
    ...files,
  };
};

const settled = (current: Conversion, result: ConversionResult, now: Date): Conversion => {
  const { conversionId, kinds } = current;
  return {
    ...current,
    state: result.pagesWithoutText.length === 0 ? 'completed' : 'partial',
    result,
    updatedAt: now.toISOString(),
    ...(kinds.length === 0 ? { dueAt: null } : { runId: runIdOf(conversionId), dueAt: queuedDueAt(now) }),
  };
};

const dropFiles = async ({ objects, settings }: PipelineDeps, files: StoredFiles): Promise<void> => {
  for (const { object, generation } of [files.markdown, files.blockIndex]) {
    await objects.delete({ bucket: settings.buckets.processed, object, generation });
  }
};

/**
 * Begins the run of a conversion that was settled with one, and closes the conversion. Doing it again changes nothing.
 * `waiting`: a file in it is not settled yet, and it stays open.
 */
export const startFollowingRun = async (deps: PipelineDeps, conversion: Conversion): Promise<'done' | 'waiting'> => {
  const { orgId, runId } = conversion;
  if (runId === undefined) return 'done';
  if ((await startRunForConversion(deps, conversion)) === 'waiting') return 'waiting';
  const closed = await deps.conversions.update(conversion, (current) =>
    current.deletedAt === undefined && current.runId === runId ? { next: { ...current, dueAt: null } } : null,
  );
  // Deleted meanwhile: whoever erased it may have looked for runs before this one was there.
  if (closed.outcome === 'missing' || closed.value.deletedAt !== undefined) await eraseRun(deps, { orgId, runId });
  return 'done';
};

/** For a conversion that is settled: begins the run of the upload it was in, if that waits for nothing more. */
export const startRunOfContainer = async (
  deps: PipelineDeps,
  { orgId, conversionId }: ConversionKey,
): Promise<void> => {
  let found = await deps.conversions.get({ orgId, conversionId });
  if (found?.container === undefined) return;
  while (found?.container !== undefined) {
    found = await deps.conversions.get({ orgId, conversionId: found.container.conversionId });
  }
  if (found === null || found.deletedAt !== undefined || found.dueAt === null || found.result === undefined) return;
  await startFollowingRun(deps, found);
};

/**
 * `conversion` as it was claimed. When it was deleted or taken over since, what was written is removed again.
 * @throws AppError STORAGE_UNAVAILABLE, STATE_UNAVAILABLE, QUEUE_UNAVAILABLE.
 */
export const storeMarkdown = async (
  deps: PipelineDeps,
  conversion: Conversion,
  document: Document,
): Promise<'stored' | 'stale'> => {
  const { attempt } = conversion;
  const phase = conversion.phase === 'assemble' ? 'assemble' : 'read';
  const files = await writeFiles(deps, conversion, document);
  await countPages(deps, conversion, document.pages.length);
  const result = resultOf(document, files);
  const updated = await deps.conversions.update(conversion, (current) =>
    holdsConversion(current, { phase, attempt }) ? { next: settled(current, result, deps.clock.now()) } : null,
  );
  // A transaction whose answer was lost finds its own work done when it is tried again: these files are then in use.
  const isMine =
    updated.outcome !== 'missing' &&
    updated.value.deletedAt === undefined &&
    updated.value.result?.markdown.object === files.markdown.object;
  if (!isMine) {
    await dropFiles(deps, files);
    return 'stale';
  }
  deps.logger.log('INFO', 'A document was converted.', {
    orgId: conversion.orgId,
    conversionId: conversion.conversionId,
    documentId: result.documentId,
    state: updated.value.state,
    format: result.engine,
    attempt,
    pages: result.pages,
    blocks: result.blocks,
    messages: result.warnings,
  });
  await startFollowingRun(deps, updated.value);
  await startRunOfContainer(deps, updated.value);
  return 'stored';
};
