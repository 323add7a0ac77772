/** Fields that requests and answers of several operations have in common. */
import * as z from 'zod';
import { NotReadSchema } from './run.ts';
import { TimeSchema } from './work.ts';

export const idempotencyKey = z
  .string()
  .regex(/^[\w-]{8,64}$/, 'it must be 8 to 64 letters, digits, "_" or "-"')
  .optional()
  .describe(
    'Chosen by the client for one intent, best at random: the same key sent again gives the same answer and makes nothing twice.',
  );
export const id = z.string().regex(/^[\w-]{1,64}$/, 'it must be an id: at most 64 letters, digits, "_" or "-"');
export const cursor = z
  .string()
  .max(500)
  .optional()
  .describe('`nextCursor` of the page before, unchanged and with the same filters. Without it the list begins anew.');
export const nextCursor = z.string().optional().describe('Where the next page begins. Absent: this was the last one.');
/** As text in a query, as a number in a body. Entries of one page. */
export const pageSize = (most: number, usual: number) => z.coerce.number().int().min(1).max(most).default(usual);

/** As many as a package may have documents. */
const MOST_NOT_READ = 200;
export const notRead = z
  .array(NotReadSchema)
  .max(MOST_NOT_READ)
  .optional()
  .describe('Files of the package that could not be read, each with its reason. With any the run is partial.');

export const UploadGrantSchema = z
  .object({
    url: z.string().describe('Signed: it needs no token. Whoever has it may upload this one file.'),
    method: z.enum(['PUT', 'POST']),
    headers: z.record(z.string(), z.string()).describe('To be sent exactly as they are.'),
    resumable: z.boolean().describe('True for files of more than 32 MB.'),
    expiresAt: TimeSchema.describe('The end of the right to begin the upload.'),
  })
  .describe(
    'Not resumable: PUT the file to `url` with `headers`, once; a second PUT is refused. Resumable: POST to `url` with `headers` and no body, then PUT the file, whole or in parts of a multiple of 256 KiB with Content-Range, to the Location of the answer; an upload that broke off goes on there (https://cloud.google.com/storage/docs/performing-resumable-uploads). The conversion begins by itself when the file is there.',
  );

export const SignedUrlSchema = z.object({ url: z.string(), fileName: z.string(), expiresAt: TimeSchema });

export const byConversion = z.strictObject({ conversionId: id });
export const byRun = z.strictObject({ runId: id });
