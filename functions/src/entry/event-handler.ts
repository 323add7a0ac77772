/** The event that an upload is finished, from Eventarc to the step that claims it. */
import type { CloudEvent, CloudEventFunction } from '@google-cloud/functions-framework';
import * as z from 'zod';
import type { Trace } from '../contracts/work.ts';
import { asAppError } from '../errors.ts';
import type { Clock, ErrorReporter, IdSource, Logger } from '../ports.ts';
import { reportUnforeseen } from './report-unforeseen.ts';
import { traceOf } from './trace.ts';

const FINALIZED = 'google.cloud.storage.object.v1.finalized';

/** Fields of the object that are read: https://cloud.google.com/storage/docs/json_api/v1/objects#resource. int64 is text. */
const StorageObjectSchema = z.object({
  bucket: z.string().min(1),
  name: z.string().min(1),
  generation: z.coerce.string().regex(/^\d+$/),
  size: z.coerce.number().int().nonnegative(),
  contentType: z.string().default('application/octet-stream'),
});

export interface FinishedUpload {
  bucket: string;
  object: string;
  generation: string;
  sizeBytes: number;
  contentType: string;
}

/** `outcome`: in a word. `conversion`: whose upload it was, and the trace that began when it was asked for. */
export interface ClaimedUpload {
  outcome: string;
  conversion?: { orgId: string; conversionId: string; trace: Trace };
}

export interface EventHandlerDeps {
  claim(upload: FinishedUpload, logger: Logger): Promise<ClaimedUpload>;
  logger: Logger;
  reporter: ErrorReporter;
  clock: Clock;
  ids: IdSource;
}

const COMPONENT = 'on-upload';

/** Throws, and is delivered again for a day, only where another time may help; the rest is written to the log and done with. */
export const createEventHandler =
  (deps: EventHandlerDeps): CloudEventFunction =>
  async (event: CloudEvent<unknown>) => {
    const began = deps.clock.now().getTime();
    const trace = traceOf({ traceparent: String(event.traceparent ?? '') }, deps.ids);
    const logger = deps.logger.with({ ...trace, labels: { function: COMPONENT } });
    const eventId = event.id;
    const parsed = StorageObjectSchema.safeParse(event.data);
    if (event.type !== FINALIZED || !parsed.success) {
      const invalid = new TypeError('An event is not that of a finished upload');
      logger.error('An event was dropped: it is not that of a finished upload', invalid, { eventId });
      await reportUnforeseen(deps.reporter, invalid, { component: COMPONENT, ...trace });
      return;
    }
    const { name: object, size: sizeBytes, bucket, generation, contentType } = parsed.data;
    const fields = { eventId, bucket, generation, sizeBytes };
    try {
      const { outcome, conversion } = await deps.claim({ bucket, object, generation, sizeBytes, contentType }, logger);
      const durationMs = deps.clock.now().getTime() - began;
      const ids = conversion && { orgId: conversion.orgId, conversionId: conversion.conversionId };
      logger
        .with(conversion?.trace ?? {})
        .log('INFO', 'An event was handled', { ...fields, ...ids, outcome, durationMs });
    } catch (thrown) {
      const error = asAppError(thrown);
      logger.error('An upload was not claimed', thrown, fields);
      await reportUnforeseen(deps.reporter, error, { component: COMPONENT, ...trace });
      // The framework writes the message of what it catches to the log and into the answer.
      if (error.reason === 'INTERNAL' || error.retry === 'later')
        throw new Error(`${error.reason}: the event is to be delivered again`);
    }
  };
