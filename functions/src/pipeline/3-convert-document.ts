/** Step 3: the claimed upload becomes a Document; pages without text go to text recognition first. */
import type { Conversion } from '../contracts/conversion.ts';
import { AppError } from '../errors.ts';
import { beginContainedFiles, isLeftBehind } from './3-convert-document/contained-files.ts';
import {
  type ConvertPayload,
  claimConversion,
  concernsConversion,
  heldConversion,
} from './3-convert-document/hold-conversion.ts';
import { readRecognised } from './3-convert-document/read-recognised.ts';
import { type ClaimedConversion, startRecognition } from './3-convert-document/start-recognition.ts';
import { startRunOfContainer, storeMarkdown } from './4-store-markdown.ts';
import { eraseConversion } from './erase-work.ts';
import { type FailOutcome, failWork } from './fail-work.ts';
import type { PipelineDeps } from './pipeline-deps.ts';
import { leaveOrTakeOver, type UnclaimedOutcome } from './reclaim-work.ts';

/** `recognising`: its pages were sent to text recognition. `stale`: also what was taken over or deleted while it was worked on. */
export type ConvertOutcome = 'stored' | 'recognising' | UnclaimedOutcome;

/** Exactly the generation that was claimed. */
const readUpload = async ({ objects, settings }: PipelineDeps, conversion: ClaimedConversion): Promise<Uint8Array> => {
  const { object, generation } = conversion.source;
  const { maxBytes } = conversion;
  const bytes = await objects.read({ bucket: settings.buckets.uploads, object, generation, maxBytes });
  if (bytes === null) throw new AppError('UPLOAD_MISSING');
  return bytes;
};

const hasUpload = (conversion: Conversion): conversion is ClaimedConversion => conversion.source !== undefined;

const convertUpload = async (deps: PipelineDeps, conversion: ClaimedConversion): Promise<ConvertOutcome> => {
  const bytes = await readUpload(deps, conversion);
  const document = await deps.converter.convert({ bytes, fileName: conversion.fileName });
  if (document.pagesNeedingOcr.length > 0 && deps.ocr !== null) {
    const begun = await startRecognition(deps, conversion, { bytes, document }, deps.ocr.maxPages);
    if (begun !== 'unreadable') return begun === 'started' ? 'recognising' : 'stale';
  }
  if ((await beginContainedFiles(deps, conversion, { bytes, document })) === 'stale') return 'stale';
  return storeMarkdown(deps, conversion, document);
};

const assembleScan = async (deps: PipelineDeps, conversion: ClaimedConversion): Promise<ConvertOutcome> => {
  const bytes = await readUpload(deps, conversion);
  const { ocrPages, messages } = await readRecognised(deps, conversion);
  const { fileName } = conversion;
  const document = await deps.converter.convert({ bytes, fileName, ...(ocrPages.length === 0 ? {} : { ocrPages }) });
  return storeMarkdown(deps, conversion, { ...document, messages: [...document.messages, ...messages] });
};

/**
 * Handler of the queue convert-document. `deliveries` counts this one.
 * @throws AppError UPLOAD_MISSING, what the converter refuses with, STORAGE_UNAVAILABLE, STATE_UNAVAILABLE, QUEUE_UNAVAILABLE.
 */
export const convertDocument = async (
  deps: PipelineDeps,
  payload: ConvertPayload,
  deliveries = 1,
): Promise<ConvertOutcome> => {
  const conversion = await claimConversion(deps, payload);
  if (conversion === null) return leaveOrTakeOver(deps, heldConversion(deps, payload), deliveries);
  if (!hasUpload(conversion)) throw new AppError('UPLOAD_MISSING');
  if (await isLeftBehind(deps, conversion)) {
    await eraseConversion(deps, conversion);
    return 'stale';
  }
  return payload.phase === 'read' ? convertUpload(deps, conversion) : assembleScan(deps, conversion);
};

/** What becomes of a task that threw. */
export const convertDocumentFailed = async (
  deps: PipelineDeps,
  payload: ConvertPayload,
  error: AppError,
  deliveries: number,
): Promise<FailOutcome> => {
  const outcome = await failWork<Conversion, 'convert-document'>(deps, {
    ...heldConversion(deps, payload),
    holds: (current) => concernsConversion(current, payload),
    error,
    deliveries,
  });
  if (outcome === 'settled') await startRunOfContainer(deps, payload);
  return outcome;
};
