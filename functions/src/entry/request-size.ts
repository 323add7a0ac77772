import type { Request } from '@google-cloud/functions-framework';
import { AppError } from '../errors.ts';

/** Files go to Cloud Storage: a request carries names and numbers. */
const LIMIT_BYTES = 1024 * 1024;

/** Bytes of the body. @throws AppError REQUEST_TOO_LARGE. */
export const checkSize = (req: Request): number => {
  const sizeBytes = req.rawBody?.byteLength ?? 0;
  if (sizeBytes > LIMIT_BYTES) throw new AppError('REQUEST_TOO_LARGE', { sizeBytes, limitBytes: LIMIT_BYTES });
  return sizeBytes;
};
