/** What every unit of work carries, so that it is claimed once, tried again, and found by the sweep when nobody else would. */
import * as z from 'zod';

/** UTC, milliseconds: "2026-11-20T09:00:00.000Z". In Firestore a field whose name ends in `At` is a Timestamp. */
export const TimeSchema = z.iso.datetime({ precision: 3 });

export const WorkFieldsShape = {
  /** Fence. Grows with every new try and never falls; who holds an older one may write nothing any more. From 1. */
  attempt: z.int().positive(),
  /** Tries of the present phase, this one included. */
  tries: z.int().positive(),
  /** When the sweep has to look at it: a lease that ends, a task that should have come. Null when nothing is open. */
  dueAt: TimeSchema.nullable(),
} as const;

/** As an error travels: ids, codes and a text that may be shown. Never document text. */
export const FailureSchema = z.object({
  code: z.string(),
  reason: z.string(),
  message: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type Failure = z.infer<typeof FailureSchema>;

/** Carried from the browser to the last task. W3C Trace Context, https://www.w3.org/TR/trace-context/ */
export const TraceSchema = z.object({
  requestId: z.string().regex(/^[\w-]{1,64}$/),
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
});
export type Trace = z.infer<typeof TraceSchema>;

/** A stored object as it was when it was written or claimed; every later read names this generation. */
export const StoredObjectSchema = z.object({
  object: z.string(),
  generation: z.string(),
  sizeBytes: z.int().nonnegative(),
});
export type StoredObject = z.infer<typeof StoredObjectSchema>;

/** `deadLetters/{id}`: work that was given up, with all that a replay needs. */
export const DeadLetterSchema = z.object({
  /** hash(queue, task name): one letter for one task, however often it is written. */
  deadLetterId: z.string(),
  orgId: z.string(),
  queue: z.string(),
  payload: z.record(z.string(), z.unknown()),
  failure: FailureSchema,
  tries: z.int().positive(),
  createdAt: TimeSchema,
  expiresAt: TimeSchema,
});
export type DeadLetter = z.infer<typeof DeadLetterSchema>;
