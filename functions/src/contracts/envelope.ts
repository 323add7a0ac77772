/** What every REST answer is wrapped in. */
import * as z from 'zod';
import { FailureSchema, TimeSchema } from './work.ts';

export const ErrorEnvelopeSchema = z.object({
  success: z.literal(false),
  error: FailureSchema,
  timestamp: TimeSchema,
});
export type ErrorEnvelope = z.infer<typeof ErrorEnvelopeSchema>;

export const successEnvelopeOf = <Data extends z.ZodObject>(data: Data) =>
  z.object({ success: z.literal(true), data, message: z.string().optional(), timestamp: TimeSchema });
export interface SuccessEnvelope {
  success: true;
  data: unknown;
  message?: string;
  timestamp: string;
}
