/** The only reader of process.env. Everything else receives plain values. */
import * as z from 'zod';
import { AppError } from './errors.ts';

const megabytes = (fallback: number) =>
  z.coerce
    .number()
    .positive()
    .max(4096)
    .default(fallback)
    .transform((value) => Math.round(value * 1024 * 1024));

/** Limits are those of the free plan unless set (FEATURES: PDF 25 MB, Office 20, text 5, other 10). */
const EnvironmentSchema = z.object({
  MAX_UPLOAD_PDF_MB: megabytes(25),
  MAX_UPLOAD_OFFICE_MB: megabytes(20),
  MAX_UPLOAD_TEXT_MB: megabytes(5),
  MAX_UPLOAD_BINARY_MB: megabytes(10),
  /** What one ZIP-based file may unpack to. */
  MAX_UNPACKED_MB: megabytes(512),
  CONVERSION_TIMEOUT_SECONDS: z.coerce.number().positive().max(3600).default(300),
  /** JavaScript heap of one conversion process; wasm memory has the same limit of its own. */
  CONVERSION_MEMORY_MB: z.coerce.number().int().min(64).max(16_384).default(512),
});

export interface Config {
  limits: { pdfBytes: number; officeBytes: number; textBytes: number; otherBytes: number; unpackedBytes: number };
  conversionTimeoutSeconds: number;
  conversionMemoryMb: number;
}

/** Reads and checks the environment. Throws CONFIG_INVALID that names the first setting that is wrong. */
export const readConfig = (environment: Record<string, string | undefined> = process.env): Config => {
  const parsed = EnvironmentSchema.safeParse(environment);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new AppError('CONFIG_INVALID', { setting: String(issue?.path[0]), problem: String(issue?.message) });
  }
  const env = parsed.data;
  return {
    limits: {
      pdfBytes: env.MAX_UPLOAD_PDF_MB,
      officeBytes: env.MAX_UPLOAD_OFFICE_MB,
      textBytes: env.MAX_UPLOAD_TEXT_MB,
      otherBytes: env.MAX_UPLOAD_BINARY_MB,
      unpackedBytes: env.MAX_UNPACKED_MB,
    },
    conversionTimeoutSeconds: env.CONVERSION_TIMEOUT_SECONDS,
    conversionMemoryMb: env.CONVERSION_MEMORY_MB,
  };
};
