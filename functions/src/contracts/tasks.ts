/** Every queue, once: what its tasks carry, for the side that enqueues and the side that handles. Ids and attempts, never document text. */
import * as z from 'zod';
import { ConversionPhaseSchema } from './conversion.ts';
import { TraceSchema } from './work.ts';

const id = z.string().regex(/^[\w-]{1,64}$/);
const attempt = z.int().positive();

/** The name of a queue is the name of the function that handles it. */
export const TASKS = {
  'convert-document': z.object({
    orgId: id,
    conversionId: id,
    phase: ConversionPhaseSchema.exclude(['recognise']),
    attempt,
    trace: TraceSchema,
  }),
  'ocr-shard': z.object({ orgId: id, conversionId: id, shardId: id, attempt, trace: TraceSchema }),
  'plan-run': z.object({ orgId: id, runId: id, attempt, trace: TraceSchema }),
  'analyze-window': z.object({ orgId: id, runId: id, windowId: id, attempt, trace: TraceSchema }),
  'merge-analysis': z.object({ orgId: id, runId: id, attempt, trace: TraceSchema }),
} as const;

export type QueueName = keyof typeof TASKS;
export type TaskPayload<Q extends QueueName> = z.infer<(typeof TASKS)[Q]>;

export const QUEUE_NAMES = Object.keys(TASKS) as QueueName[];

/** Seconds after which the platform ends the function. A lease is this and a minute more. */
export const HANDLER_TIMEOUT_SECONDS: Readonly<Record<QueueName, number>> = {
  'convert-document': 540,
  'ocr-shard': 180,
  'plan-run': 180,
  'analyze-window': 180,
  'merge-analysis': 300,
};
